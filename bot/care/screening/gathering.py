"""Finds words that stand together in any order: a rope, something to tie it to, and tying.

A rule of this kind says what a message speaks of, not how it is put, and so it hears what nobody thought to write
down. Its first element is the key: the others must stand within reach of it, in the same sentence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final, Generic, TypeAlias, TypeVar

from bot.care.screening.automaton import Match
from bot.care.screening.patterns import Element, Pattern, PatternError

T = TypeVar("T")
REACH: Final = 12
"""Words to either side of the key."""
PHRASE: Final = "_"
"""Joins the words of a phrase that counts as one: do_it."""
_BESIDE: Final = "~"

Phrases: TypeAlias = frozenset[tuple[str, ...]]
"""An element: words or phrases that stand for one another."""


@dataclass(frozen=True, slots=True)
class Gathering(Generic[T]):
    """What must stand together: a number for each element, its key first."""

    key: int
    others: tuple[int, ...]
    needed: int
    reach: int
    pattern: Pattern
    owner: T


def compile_gathering(line: str, classes: Mapping[str, frozenset[str]]) -> tuple[int, list[Phrases]]:
    """The reach and the elements of a line: `CORD TIE ANCHOR`, or `~4 CORD TIE` for a shorter reach."""
    pieces = line.split()
    reach = int(pieces.pop(0).removeprefix(_BESIDE)) if line.startswith(_BESIDE) else REACH
    if len(pieces) < 2:
        raise PatternError(f"words that stand together are two at least: {line}")
    return reach, [_element(piece, classes) for piece in pieces]


def _element(piece: str, classes: Mapping[str, frozenset[str]]) -> Phrases:
    words: set[str] = set()
    for word in piece.split("/"):
        if word.isupper() and len(word) > 1:
            if word not in classes:
                raise PatternError(f"nobody has said what {word} means")
            words |= classes[word]
        else:
            words.add(word)
    return frozenset(tuple(word.split(PHRASE)) for word in words)


class Gatherings(Generic[T]):
    """Words that stand together, each with what they belong to, made ready for finding."""

    def __init__(self, rules: Sequence[tuple[int, list[Phrases], T]]) -> None:
        numbers: dict[Phrases, int] = {}
        self._words: dict[str, int] = {}
        self._phrases: dict[str, dict[str, dict[tuple[str, ...], int]]] = {}
        self._by_key: dict[int, list[Gathering[T]]] = {}
        self._keys = 0
        for reach, elements, owner in rules:
            key, *others = [numbers.setdefault(element, len(numbers)) for element in elements]
            pattern = tuple(Element(frozenset(phrase[0] for phrase in one if len(phrase) == 1)) for one in elements)
            needed = sum(1 << number for number in {key, *others})
            self._by_key.setdefault(key, []).append(Gathering(key, tuple(others), needed, reach, pattern, owner))
            self._keys |= 1 << key
        for element, number in numbers.items():
            for first, *rest in element:
                if rest:
                    same = self._phrases.setdefault(first, {}).setdefault(rest[0], {})
                    same[tuple(rest)] = same.get(tuple(rest), 0) | 1 << number
                else:
                    self._words[first] = self._words.get(first, 0) | 1 << number

    @property
    def words(self) -> frozenset[str]:
        """Every word that some rule names."""
        rests = [
            (first, rest) for first, seconds in self._phrases.items() for same in seconds.values() for rest in same
        ]
        return frozenset(self._words).union(*((first, *rest) for first, rest in rests))

    def find(self, words: Sequence[str]) -> Iterator[Match[T]]:
        """Every place where all that a rule names stands together."""
        places = self._places(words)
        spoken = reduce(or_, places, 0)
        keys = spoken & self._keys
        while keys:
            key = keys.bit_length() - 1
            keys ^= 1 << key
            for rule in self._by_key[key]:
                if not rule.needed & ~spoken:
                    yield from _standing(rule, places)

    def _places(self, words: Sequence[str]) -> list[int]:
        """For each word, the numbers of the elements that begin there."""
        single, phrases = self._words, self._phrases
        places = [single.get(word, 0) for word in words]
        for index, word in enumerate(words[:-1]):
            if word in phrases and (same := phrases[word].get(words[index + 1])) is not None:
                for rest, bits in same.items():
                    if len(rest) == 1 or tuple(words[index + 1 : index + 1 + len(rest)]) == rest:
                        places[index] |= bits
        return places


def _standing(rule: Gathering[T], places: Sequence[int]) -> Iterator[Match[T]]:
    """Where the rule's words stand together, one place after another."""
    after = 0
    for index, here in enumerate(places):
        if index < after or not here >> rule.key & 1:
            continue
        taken = {index}
        for other in rule.others:
            near = _nearest(other, index, places, rule.reach, taken)
            if near is None:
                break
            taken.add(near)
        else:
            after = max(taken) + 1
            yield Match(rule.owner, rule.pattern, min(taken), after, heart=index)


def _nearest(element: int, index: int, places: Sequence[int], reach: int, taken: set[int]) -> int | None:
    for step in range(1, reach + 1):
        for place in (index + step, index - step):
            if 0 <= place < len(places) and places[place] >> element & 1 and place not in taken:
                return place
    return None
