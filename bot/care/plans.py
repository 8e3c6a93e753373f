"""Documents that a person builds, reads and changes: their safety plan, their coping plan; and good things kept.

Each is sealed by the person's own key, and shown to nobody else.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.conversation.arguments import words, words_if
from bot.conversation.desk import Desk
from bot.conversation.registry import FactFunction, Registry
from bot.policy import MEMBERS
from dialogs.values import Value
from storage.repositories.plans import Plan

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "safety_plan": ("signs", "alone", "places", "people", "professionals", "safe"),
    "coping_plan": ("ahead", "numbers", "consequences", "thoughts", "distractors", "place"),
}
"""Each document's parts, in their order. After shared/CARE.md, “Skills”."""

GOOD_THINGS: Final = "good_things"
_LOOK_BACK: Final = timedelta(days=7)
_EMPTY: Final = "–"
"""Stands where nothing was written yet."""


async def latest(desk: Desk, kind: str) -> Plan | None:
    """The newest of a kind that the person at the desk has."""
    return next(reversed(await desk.work.plans.of(desk.me.id, kind)), None)


async def keep_one(desk: Desk, kind: str, content: bytes) -> None:
    """New content for the one plan of a kind that the person has, which begins with it if there was none."""
    before = await latest(desk, kind)
    plan = Plan(
        id=before.id if before else desk.ids.new(),
        person_id=desk.me.id,
        kind=kind,
        changed_at=desk.now,
        content=content,
    )
    if before is None or not await desk.work.plans.change(plan):
        await desk.work.plans.add(plan)


async def read_plan(desk: Desk, kind: str) -> Mapping[str, str]:
    """A person's document, part by part; empty when there is none."""
    plan = await latest(desk, kind)
    return {} if plan is None else dict(json.loads(plan.content))


async def keep_plan(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """New words for one part of a document; no words leave it as it is. Raises ValueError for a part there isn't."""
    kind, section = words(arguments, "plan"), words(arguments, "section")
    if section not in SECTIONS.get(kind, ()):
        raise ValueError(f"there is no part {section} in {kind}")
    written = words_if(arguments, "words")
    if written is None:
        return
    before = await latest(desk, kind)
    parts = {**(json.loads(before.content) if before else {}), section: written}
    await keep_one(desk, kind, _json(parts))


async def drop_plan(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Takes a document away, for good."""
    for plan in await desk.work.plans.of(desk.me.id, words(arguments, "plan")):
        await desk.work.plans.remove(plan.id, desk.me.id)


async def keep_good_things(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Keeps what was good today, for the look back."""
    things = [said for name in ("first", "second", "third") if (said := words_if(arguments, name)) is not None]
    if things:
        await desk.work.plans.add(
            Plan(
                id=desk.ids.new(),
                person_id=desk.me.id,
                kind=GOOD_THINGS,
                changed_at=desk.now,
                content=_json({"things": things}),
            )
        )


async def good_things(desk: Desk) -> Value:
    """The good things of the last seven days, a line each, in the person's own words; empty when there are none."""
    return "\n".join(f"· {thing}" for thing in await good_things_since(desk, desk.now - _LOOK_BACK))


async def good_things_since(desk: Desk, since: datetime) -> list[str]:
    """What was good since then, in the person's own words, oldest first."""
    kept = [each for each in await desk.work.plans.of(desk.me.id, GOOD_THINGS) if each.changed_at >= since]
    return [thing for each in kept for thing in json.loads(each.content)["things"]]


async def any_good_things(desk: Desk) -> Value:
    """Whether there are any."""
    return bool(await good_things(desk))


def register(registry: Registry) -> None:
    """Adds what this subject tells and does: `safety_signs`, `coping_ahead` and so on, a fact for each part."""
    for kind, sections in SECTIONS.items():
        registry.fact(f"has_{kind}", MEMBERS, _has(kind))
        for section in sections:
            registry.fact(f"{kind.removesuffix('_plan')}_{section}", MEMBERS, _part(kind, section))
    registry.fact("good_things", MEMBERS, good_things)
    registry.fact("any_good_things", MEMBERS, any_good_things)
    registry.action("keep_plan", MEMBERS, keep_plan)
    registry.action("drop_plan", MEMBERS, drop_plan)
    registry.action("keep_good_things", MEMBERS, keep_good_things)


def _has(kind: str) -> FactFunction:
    async def tell(desk: Desk) -> Value:
        return await latest(desk, kind) is not None

    return tell


def _part(kind: str, section: str) -> FactFunction:
    async def tell(desk: Desk) -> Value:
        return (await read_plan(desk, kind)).get(section, _EMPTY)

    return tell


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()
