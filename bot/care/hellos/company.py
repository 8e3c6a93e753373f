"""Company: who in the house is up for a talk, a walk, a meal; and a hello between two who both want one."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.care.alerts.plans import in_house, unwanted
from bot.care.hellos import asking
from bot.care.hellos.presses import KIND as CARD
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Option, Text, Value
from storage.problems import Conflict
from storage.repositories.plans import Plan

KIND: Final = "up_for"
"""Of the plan in which a person keeps what they are up for: sealed, and read only for people of their house."""

WAYS: Final = ("talk", "walk", "meal")

_ONCE_IN: Final = timedelta(hours=12)
"""Nobody is asked twice by the same person within so long."""


async def company_options(desk: Desk) -> Value:
    """Who in the house is up for company, each with what for."""
    found = await _others(desk)
    people = await desk.people(found)
    return tuple(
        Option(str(each.id), _line(desk, each.name, found[each.id]))
        for each in sorted(people.values(), key=lambda one: one.name.casefold())
    )


async def company_any(desk: Desk) -> Value:
    """Whether anybody else is."""
    return bool(await _others(desk))


async def company_name(desk: Desk) -> Value:
    """The first name of the one in `person`."""
    chosen = int(str(desk.answers.get("person")))
    found = await desk.people({chosen} & set(await _others(desk)))
    return found[chosen].name if chosen in found else ""


async def up_for(desk: Desk) -> Value:
    """What the person said they are up for, in words; none when nothing."""
    mine = (await _said(desk, [desk.me.id])).get(desk.me.id, ())
    return tuple(desk.render(desk.phrase(f"up_for_{way}")) for way in mine) or None


async def set_up_for(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """What the person is up for from now on; nothing takes it back. Raises ValueError for a way there is not."""
    given = arguments.get("ways")
    chosen = tuple(str(way) for way in given) if isinstance(given, tuple) else ()
    if not set(chosen) <= set(WAYS):
        raise ValueError("people are up for a talk, a walk or a meal")
    for plan in await desk.work.plans.of(desk.me.id, KIND):
        await desk.work.plans.remove(plan.id, desk.me.id)
    if chosen:
        content = json.dumps(chosen).encode()
        await desk.work.plans.add(
            Plan(id=desk.ids.new(), person_id=desk.me.id, kind=KIND, changed_at=desk.now, content=content)
        )


async def say_hello(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Tells somebody who is up for it that the person says hello. Raises Conflict when they no longer are."""
    other = int(words(arguments, "person"))
    if other not in await _others(desk):
        raise Conflict("they are not up for it any more")
    for hello in await desk.work.hellos.of(desk.me.id, desk.now - _ONCE_IN):
        if hello.kind == "company" and other in await desk.work.hellos.asked(hello.id):
            return
    hello = await asking.move(desk, await asking.open_one(desk, "company"), "open", step=0)
    await asking.ask(desk, CARD, hello, [other])


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    for fact in (company_options, company_any, company_name, up_for):
        registry.fact(fact.__name__, MEMBERS, fact)
    registry.action("set_up_for", MEMBERS, set_up_for)
    registry.action("say_hello", MEMBERS, say_hello)


async def _others(desk: Desk) -> dict[int, tuple[str, ...]]:
    """Everybody else of the house who is up for something, but those whom the person never wants asked."""
    here = set(await in_house(desk, desk.house_id)) - {desk.me.id} - await unwanted(desk, desk.me.id)
    here -= await desk.work.people.restricted(here)
    return await _said(desk, sorted(here))


async def _said(desk: Desk, people: list[int]) -> dict[int, tuple[str, ...]]:
    return {
        plan.person_id: tuple(way for way in json.loads(plan.content) if way in WAYS)
        for plan in await desk.work.plans.of_many(people, KIND)
    }


def _line(desk: Desk, name: str, ways: tuple[str, ...]) -> Text:
    return desk.phrase("company_line", name=name, ways=tuple(desk.phrase(f"up_for_{way}") for way in ways))
