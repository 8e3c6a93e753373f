"""A house's own words: staff say what should be asked about there, and what is only how people talk there."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.care.screening.local import plain
from bot.care.screening.screening import screen
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import NotAllowedError, Registry
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import STAFF
from dialogs.values import Option, Value
from storage.problems import Conflict
from storage.repositories.house_words import HouseWord, Means

MOST: Final = 50
"""Entries a house can have, of both kinds together."""

LONGEST: Final = 60
"""Characters of an entry."""

_MEANS: Final[Mapping[str, Means]] = {"ask": "ask", "ordinary": "ordinary"}


async def house_words_asked(desk: Desk) -> Value:
    """What is asked about here."""
    return tuple(each.words for each in await _all(desk) if each.means == "ask")


async def house_words_ordinary(desk: Desk) -> Value:
    """What is ordinary here."""
    return tuple(each.words for each in await _all(desk) if each.means == "ordinary")


async def house_words_options(desk: Desk) -> Value:
    """All of them, to choose from."""
    return tuple(Option(str(each.id), each.words) for each in await _all(desk))


async def house_words_full(desk: Desk) -> Value:
    """Whether there is no room for another."""
    return len(await _all(desk)) >= MOST


async def house_word_fits(desk: Desk) -> Value:
    """What keeps `typed` from being added as `means`: unclear, there, crisis; good when nothing does."""
    typed, means = desk.answers.get("typed"), desk.answers.get("means")
    return _fits(str(typed or ""), str(means or ""), await _all(desk))


async def add_house_word(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """One more. Raises Conflict when it does not fit any more."""
    typed, means = words(arguments, "words"), _MEANS[words(arguments, "means")]
    there = await _all(desk)
    if len(there) >= MOST or _fits(typed, means, there) != "good":
        raise Conflict("the list has changed")
    await desk.work.house_words.add(
        HouseWord(id=desk.ids.new(), house_id=desk.house_id, words=typed, means=means, added_at=desk.now)
    )
    await trail.note(desk, What.WORDS_CHANGED)


async def remove_house_word(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Takes one away. Raises Conflict when it is gone, NotAllowedError for what is none."""
    chosen = words(arguments, "word")
    if not chosen.isdigit():
        raise NotAllowedError("no word of this house")
    if not await desk.work.house_words.remove(int(chosen), desk.house_id):
        raise Conflict("somebody else took it away first")
    await trail.note(desk, What.WORDS_CHANGED)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("house_words_asked", STAFF, house_words_asked)
    registry.fact("house_words_ordinary", STAFF, house_words_ordinary)
    registry.fact("house_words_options", STAFF, house_words_options)
    registry.fact("house_words_full", STAFF, house_words_full)
    registry.fact("house_word_fits", STAFF, house_word_fits)
    registry.action("add_house_word", STAFF, add_house_word)
    registry.action("remove_house_word", STAFF, remove_house_word)


def _fits(typed: str, means: str, there: Sequence[HouseWord]) -> str:
    if len(typed) > LONGEST or not plain(typed):
        return "unclear"
    if any(plain(each.words) == plain(typed) for each in there):
        return "there"
    if means == "ordinary" and screen(typed).tier == "crisis":
        return "crisis"
    return "good"


async def _all(desk: Desk) -> list[HouseWord]:
    return await desk.work.house_words.of_house(desk.house_id)
