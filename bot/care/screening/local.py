"""Words that mean something of their own in one house: asked about there, or ordinary there. Pure.

They reach the heavy tier alone. What the rules call a crisis stays one, whatever a house writes down.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from bot.care.screening.patterns import EDGES
from bot.care.screening.rulebook import rulebook
from bot.care.screening.screening import screen, verdict_on
from bot.care.screening.verdict import NOTHING, Language, Verdict
from bot.care.screening.words import Sentence, sentences

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
    said = list(sentences(text, rulebook().spelling))
    verdict = verdict_on(said, lang=lang)
    if verdict.tier == "crisis":
        return verdict
    if verdict.tier == "heavy":
        without = text
        for start, end in _places(said, ordinary):
            without = without[:start] + " " * (end - start) + without[end:]
        # Only a message of which nothing is left is let go: what is taken out can take a "not" along.
        if without == text or screen(without, lang=lang).tier != "none":
            return verdict
    place = next(_places(said, ask), None)
    if place is None:
        return NOTHING
    return Verdict(tier="heavy", kind="ambiguous", rule=ASK_RULE, words=place)


def _places(said: Sequence[Sentence], phrases: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where in the message these phrases stand, however they are spelled there."""
    beginning = _by_first_word(tuple(phrases))
    if not beginning:
        return
    for sentence in said:
        if beginning.keys().isdisjoint(sentence.words):
            continue
        words = [word for word in sentence.words if word not in EDGES]
        places = [place for word, place in zip(sentence.words, sentence.places, strict=True) if word not in EDGES]
        for first, word in enumerate(words):
            for phrase in beginning.get(word, ()):
                last = first + len(phrase) - 1
                if tuple(words[first : last + 1]) == phrase:
                    yield places[first][0], places[last][1]


@lru_cache(maxsize=256)
def _by_first_word(phrases: tuple[str, ...]) -> Mapping[str, Sequence[tuple[str, ...]]]:
    """The phrases of one house made ready for matching, once for as long as nobody changes them."""
    beginning: dict[str, list[tuple[str, ...]]] = {}
    for words in map(plain, phrases):
        if words:
            beginning.setdefault(words[0], []).append(words)
    return beginning
