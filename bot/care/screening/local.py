"""Words that mean something of their own in one house: asked about there, or ordinary there. Pure.

They reach the heavy tier alone. What the rules call a crisis stays one, whatever a house writes down.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from bot.care.screening.patterns import EDGES
from bot.care.screening.rulebook import rulebook
from bot.care.screening.screening import screen
from bot.care.screening.verdict import NOTHING, Language, Verdict
from bot.care.screening.words import sentences

MOST_WORDS: Final = 6
"""A phrase is no longer; a whole sentence is hardly ever written twice."""

_SHORTEST: Final = 3  # letters; "it", or "so", would stand in every other message

ASK_RULE: Final = "house.ask"
"""The rule that a house's own words stand for in a verdict."""


@lru_cache(maxsize=2048)
def plain(phrase: str) -> tuple[str, ...]:
    """A phrase as screening reads it: slips and spellings mended. Empty for what is no phrase of a few words."""
    said = list(sentences(phrase, rulebook().spelling))
    if len(said) != 1:
        return ()
    words = tuple(word for word in said[0].words if word not in EDGES)
    telling = any(len(word) >= _SHORTEST for word in words)
    return words if telling and len(words) <= MOST_WORDS else ()


def screen_in_house(
    text: str, *, lang: Language | None, ask: Sequence[str] = (), ordinary: Sequence[str] = ()
) -> Verdict:
    """What a message may mean, in a house with words of its own."""
    verdict = screen(text, lang=lang)
    if verdict.tier == "crisis":
        return verdict
    if verdict.tier == "heavy":
        without = _without(text, ordinary)
        # Only a message of which nothing is left is let go: what is taken out can take a "not" along.
        if without == text or screen(without, lang=lang).tier != "none":
            return verdict
    place = next(_places(text, ask), None)
    if place is None:
        return NOTHING
    return Verdict(tier="heavy", kind="ambiguous", rule=ASK_RULE, words=place)


def _without(text: str, phrases: Sequence[str]) -> str:
    for start, end in _places(text, phrases):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _places(text: str, phrases: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where in the text these phrases stand, however they are spelled there."""
    wanted = [words for phrase in phrases if (words := plain(phrase))]
    if not wanted:
        return
    for sentence in sentences(text, rulebook().spelling):
        said = [
            (word, place) for word, place in zip(sentence.words, sentence.places, strict=True) if word not in EDGES
        ]
        for words in wanted:
            for first in range(len(said) - len(words) + 1):
                if tuple(word for word, _ in said[first : first + len(words)]) == words:
                    yield said[first][1][0], said[first + len(words) - 1][1][1]
