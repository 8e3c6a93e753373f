"""Somebody to talk with, when it isn't urgent: the person asks for that themselves, and people are asked in turn."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.care.alerts import plans
from bot.care.hellos import asking, presses, rules
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Value
from storage.repositories.hellos import Hello

_LASTS: Final = timedelta(days=1)
"""After a day a new one may be asked for, even if the old one was never said to be over."""


async def talk_open(desk: Desk) -> Value:
    """Whether the person has asked for somebody already."""
    return await _open(desk) is not None


async def talk_with(desk: Desk) -> Value:
    """Who said that they will; nobody yet, mostly."""
    hello = await _open(desk)
    taken = hello.taken_by if hello is not None else None
    return None if taken is None else (await desk.people([taken]))[taken].name


async def talk_asks(desk: Desk) -> Value:
    """The first names of those who would be asked first; none when there is nobody."""
    asker = plans.Asker(person_id=desk.me.id, houses=(desk.house_id,))
    for step in rules.steps_of("talk"):
        if people := await plans.behind(desk, step, asker, desk.now):
            return tuple(sorted(each.name for each in people))
    return None


async def talk_waits(desk: Desk) -> Value:
    """Whether people sleep now, so that they are asked in the morning."""
    return rules.waking(desk.now, (await desk.house()).zone) > desk.now


async def ask_to_talk(desk: Desk, _: Mapping[str, Value]) -> None:
    """People are asked in turn, in waking hours. A second request joins the first."""
    if await _open(desk) is None:
        await asking.begin(desk, "talk")


async def stop_asking_to_talk(desk: Desk, _: Mapping[str, Value]) -> None:
    """The person wants it no more; those asked see that it has been looked after."""
    hello = await _open(desk)
    if hello is not None:
        await presses.end(desk, hello)


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    for fact in (talk_open, talk_with, talk_asks, talk_waits):
        registry.fact(fact.__name__, MEMBERS, fact)
    registry.action("ask_to_talk", MEMBERS, ask_to_talk)
    registry.action("stop_asking_to_talk", MEMBERS, stop_asking_to_talk)


async def _open(desk: Desk) -> Hello | None:
    lately = await desk.work.hellos.of(desk.me.id, desk.now - _LASTS)
    here = [
        each for each in lately if each.kind == "talk" and each.house_id == desk.house_id and each.state != "over"
    ]
    return here[-1] if here else None
