"""Finds every pattern in a row of words at once (Shift-And: each place of each pattern is a bit of one integer).

Each word costs the same few operations on that integer, however many patterns begin, and whatever came before:
there is no backtracking, and so nothing anybody can write makes it slow.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.care.screening.patterns import EDGES, Pattern

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A pattern stood at words[start:end]."""

    owner: T
    pattern: Pattern
    start: int
    end: int
    heart: int | None = None
    """Where a denial must speak for it, if that is one word of it only."""


class Automaton(Generic[T]):
    """Patterns, each with what it belongs to, made ready for matching."""

    def __init__(self, patterns: Sequence[tuple[Pattern, T]]) -> None:
        self._masks: dict[str, int] = {}
        self._first = 0
        self._last = 0
        self._any = 0
        self._telling: frozenset[str] = frozenset()
        self._before_optional = 0
        self._owners: dict[int, tuple[Pattern, T]] = {}
        barred: dict[str, int] = {}
        named = Counter(word for pattern, _ in patterns for element in pattern for word in element.words or ())
        place = 0
        for pattern, owner in patterns:
            self._first |= 1 << place
            self._telling |= _most_telling(pattern, named)
            for element in pattern:
                bit = 1 << place
                if element.optional:
                    self._before_optional |= bit >> 1
                if element.words is None:
                    self._any |= bit
                for word in element.unless:
                    barred[word] = barred.get(word, 0) | bit
                for word in element.words or ():
                    self._masks[word] = self._masks.get(word, 0) | bit
                place += 1
            self._last |= 1 << (place - 1)
            self._owners[place] = (pattern, owner)
        edges = {edge: self._masks.get(edge, 0) for edge in EDGES}
        self._masks = {
            word: (self._masks.get(word, 0) | self._any) & ~barred.get(word, 0) for word in {*self._masks, *barred}
        } | edges
        # Words of one class share their place in every pattern: they share the integers, too, a kilobyte each.
        steps = {mask: (mask, mask & self._first) for mask in set(self._masks.values())}
        self._steps = {word: steps[mask] for word, mask in self._masks.items()}
        self._masks = {word: mask for word, (mask, _) in self._steps.items()}

    @property
    def words(self) -> frozenset[str]:
        """Every word that some pattern names."""
        return frozenset(self._masks)

    def find(self, words: Sequence[str]) -> list[Match[T]]:
        """Every place where an owner's pattern ends, and the nearest place where it may have begun."""
        if self._telling.isdisjoint(words):
            return []
        found: dict[tuple[int, int, int], Match[T]] = {}
        for last, bit in self._endings(words):
            pattern, owner = self._owners[bit]
            begin = _beginning(pattern, words, last)
            found.setdefault((id(owner), begin, last), Match(owner, pattern, begin, last + 1))
        return list(found.values())

    def _endings(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """At which word which pattern (by the place of its last element) ends."""
        steps, otherwise = self._steps, (self._any, self._any & self._first)
        before_optional, last = self._before_optional, self._last
        reached = 0
        for index, word in enumerate(words):
            # Where nothing is under way, only the words that begin something matter: most words stop there.
            goes_on, begins = steps.get(word, otherwise)
            reached = (reached << 1) & goes_on | begins if reached else begins
            if not reached:
                continue
            skipped = reached & before_optional
            while skipped:
                skipped <<= 1
                reached |= skipped
                skipped &= before_optional
            ended = reached & last
            while ended:
                bit = ended.bit_length()
                ended ^= 1 << (bit - 1)
                yield index, bit


def _most_telling(pattern: Pattern, named: Mapping[str, int]) -> frozenset[str]:
    """Words of which the pattern needs one, chosen to be rare: a row of words without any needs no search.

    What many patterns name is taken for common (not, the, my), and every row has edges.
    """
    needed = [element.words for element in pattern if element.words is not None and not element.optional]
    return min(
        needed, key=lambda words: (not EDGES.isdisjoint(words), max(map(named.__getitem__, words)), len(words))
    )


def _beginning(pattern: Pattern, words: Sequence[str], last: int) -> int:
    """Where the pattern that ends with words[last] begins, going back the nearest way."""
    places = {last + 1}  # where the elements not yet walked must end
    for element in reversed(pattern):
        before = {place - 1 for place in places if place > 0 and element.holds(words[place - 1])}
        places = before | places if element.optional else before
    return max(places)
