"""From a message to its sentences, each a row of plain words with the edges of its clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.care.screening.patterns import BEGIN, COMMA, END
from bot.care.screening.spelling import INVISIBLE, Spelling

# A word keeps the marks that people put inside it (don't, k!ll, su*cide); everything else that is seen stands alone.
_MARKS: Final = "'’`´@$!*|"
_TOKEN: Final = re.compile(
    rf"(?P<word>[^\W_](?:[^\W_]|[{INVISIBLE}\u0300-\u036f]|[{_MARKS}](?=[^\W_]))*)"
    r"|(?P<sentence>[.!?…\n\r]+)"
    r"|(?P<comma>[,;:()\[\]—–]+)"
    r"|(?P<symbol>(?P<one>[^\w\s])(?P=one)*)"
)
_SELF_APART: Final = re.compile(r"(?i)\b(my|him|her|your|them|our) (self|selves)\b")
# k.m.s, k m s, s-u-i-c-i-d-e: single letters that stand apart.
_SPELLED_OUT: Final = re.compile(r"(?<![^\W_])[^\W_](?:[.\-_* ][^\W_]){2,}(?![^\W_])")

# A sentence that goes on and on is cut: what it says at its end is not about its beginning.
_LONGEST: Final = 80


@dataclass(slots=True)
class Sentence:
    """Plain words with the edges of clauses among them, and where in the message each stood."""

    words: list[str] = field(default_factory=lambda: [BEGIN])
    places: list[tuple[int, int]] = field(default_factory=lambda: [(0, 0)])

    def add(self, word: str, place: tuple[int, int]) -> None:
        """Adds a word; a third in a row of the same says nothing more than two."""
        words = self.words
        if words[-1] != word or len(words) < 2 or words[-2] != word:
            words.append(word)
            self.places.append(place)

    def close(self) -> bool:
        """Ends the sentence. False if nothing stands in it."""
        if len(self.words) == 1:
            return False
        self.words.append(END)
        self.places.append(self.places[-1])
        return True

    def followed_by(self, other: "Sentence") -> "Sentence":
        """Both in one row, with a comma between."""
        return Sentence(
            [*self.words[:-1], COMMA, *other.words[1:]], [*self.places[:-1], other.places[0], *other.places[1:]]
        )


def sentences(text: str, spelling: Spelling) -> Iterator[Sentence]:
    """The sentences of a message, one by one."""
    text = _SPELLED_OUT.sub(lambda found: _joined(found[0], spelling), text)
    if "sel" in text.lower():
        text = _SELF_APART.sub(r"\1\2 ", text)
    sentence = Sentence()
    plain: dict[str, tuple[str, ...]] = {}  # a word is often said twice
    for token in _TOKEN.finditer(text):
        group = token.lastgroup
        if group == "sentence" or len(sentence.words) > _LONGEST:
            if sentence.close():
                yield sentence
            sentence = Sentence()
        if group == "word":
            typed = token[0]
            if (found := plain.get(typed)) is None:
                found = plain[typed] = spelling.plain(typed)
            for word in found:
                sentence.add(word, token.span())
        elif group == "comma":
            sentence.add(COMMA, token.span())
        elif group == "symbol":
            for word in spelling.plain(token[0][0]):
                sentence.add(word, token.span())
    if sentence.close():
        yield sentence


def _joined(letters: str, spelling: Spelling) -> str:
    """The word that single letters spell, in the same room; the letters as they were if they spell none."""
    word = "".join(letters[::2]).lower()
    return word.ljust(len(letters)) if spelling.knows(word) else letters
