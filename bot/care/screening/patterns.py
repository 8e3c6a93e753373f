"""The notation in which rules are written: words in a row.

    i WANT to die           a class of words in capitals (see rules/words.*.yaml)
    took all/both my pills  one of several words
    he is? not breathing    a word that may be missing
    call ..2 ambulance      up to two words between
    !i/we not waking up     any word but these
    (going|about) to jump   one of several phrases
    < goodbye >             the clause begins here, ends here; << and >> for the sentence

It has no repetition, so a pattern is as long as it looks, and matching takes the same time whatever is written.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

COMMA: Final = ","
BEGIN: Final = "<<"
END: Final = ">>"
_EDGES: Final[Mapping[str, frozenset[str]]] = {
    "<": frozenset({BEGIN, COMMA}),
    ">": frozenset({END, COMMA}),
    "<<": frozenset({BEGIN}),
    ">>": frozenset({END}),
    ",": frozenset({COMMA}),
}
EDGES: Final = frozenset({BEGIN, END, COMMA})
_PIECE: Final = re.compile(r"[()|]\??|[^\s()|]+")


class PatternError(ValueError):
    """A rule is not written as rules are."""


class Element(NamedTuple):
    """One place in a pattern. `words` None stands for any word (never a clause's edge).

    A tuple, because merging compares patterns a million times, and a tuple is compared without running Python.
    """

    words: frozenset[str] | None
    optional: bool = False
    unless: frozenset[str] = frozenset()
    """Where any word may stand, those that may not."""

    def holds(self, word: str) -> bool:
        """Whether that word may stand here."""
        return word not in EDGES | self.unless if self.words is None else word in self.words


Pattern = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the rules may name."""

    classes: Mapping[str, frozenset[str]]
    """Words that stand for one another, by their name in capitals."""
    respelled: Mapping[str, tuple[str, ...]]
    """What messages never hold as it stands, and what they hold instead (nothing: a filler); so do rules."""


def compile_patterns(line: str, lexicon: Lexicon) -> Iterator[Pattern]:
    """The patterns that one line of a rule stands for: one for each way through its phrases."""
    ways, rest = _ways(_PIECE.findall(line), lexicon)
    if rest:
        raise PatternError(f"brackets don't match: {line}")
    elements = {piece: _elements(piece, lexicon) for piece in {piece for way in ways for piece in way}}
    for way in ways:
        pattern = tuple(element for piece in way for element in elements[piece])
        if all(element.optional for element in pattern):
            raise PatternError(f"a pattern needs a word that must be there: {line}")
        yield _trimmed(pattern)


def _trimmed(pattern: Pattern) -> Pattern:
    """The pattern from its first to its last word that must be there: what may be missing at an end says nothing."""
    needed = [index for index, element in enumerate(pattern) if not element.optional]
    return pattern[needed[0] : needed[-1] + 1]


def _ways(pieces: list[str], lexicon: Lexicon) -> tuple[list[list[str]], list[str]]:
    """Every way through the pieces up to a closing bracket or bar, and the pieces that follow it."""
    ways: list[list[str]] = [[]]
    while pieces:
        piece, *pieces = pieces
        if piece == "(":
            inner: list[list[str]] = []
            stop = "|"
            while stop == "|":
                some, pieces = _ways(pieces, lexicon)
                inner += some
                if not pieces:
                    raise PatternError("a bracket is not closed")
                stop, *pieces = pieces
            inner = _merged(inner, lexicon)
            if stop == ")?":
                inner.append([])
            ways = [way + more for way in ways for more in inner]
        elif piece in {"|", ")", ")?"}:
            return ways, [piece, *pieces]
        else:
            ways = [[*way, piece] for way in ways]
    return ways, []


def _merged(ways: list[list[str]], lexicon: Lexicon) -> list[list[str]]:
    """The same ways without those that are only fillers, and with those of one word made one."""
    ways = [way for way in ways if any(lexicon.respelled.get(piece.removesuffix("?"), piece) for piece in way)]
    single = [way[0] for way in ways if len(way) == 1 and _is_one_word(way[0], lexicon)]
    others = [way for way in ways if not (len(way) == 1 and _is_one_word(way[0], lexicon))]
    return ([["/".join(single)]] if single else []) + others


def _is_one_word(piece: str, lexicon: Lexicon) -> bool:
    return not piece.endswith("?") and not piece.startswith(("..", "!")) and piece not in lexicon.respelled


def _elements(piece: str, lexicon: Lexicon) -> list[Element]:
    if piece.startswith(".."):
        return [Element(None, optional=True)] * int(piece[2:] or 2)
    if piece.startswith("!"):
        return [Element(None, unless=_words(piece[1:], lexicon))]
    optional = piece.endswith("?")
    name = piece.removesuffix("?")
    if name in lexicon.respelled:
        return [Element(frozenset({word}), optional) for word in lexicon.respelled[name]]
    return [Element(_words(name, lexicon), optional)]


def _words(name: str, lexicon: Lexicon) -> frozenset[str]:
    words: set[str] = set()
    for word in name.split("/"):
        if word in _EDGES:
            words |= _EDGES[word]
        elif word.isupper() and len(word) > 1:
            if word not in lexicon.classes:
                raise PatternError(f"nobody has said what {word} means")
            words |= lexicon.classes[word]
        else:
            words.add(word)
    return frozenset(words)
