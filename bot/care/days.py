"""A person's days, if they want to count them: milestones as they wish, and a day of using met without shame."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Final

from babel.dates import format_date

from bot.care import milestones, plans
from bot.care.alerts.plans import in_house
from bot.care.checkin_times import today
from bot.care.milestones import Milestone
from bot.conversation.arguments import words, words_if
from bot.conversation.desk import Desk, reader_of
from bot.conversation.registry import Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.policy import PARTICIPANTS
from dialogs.values import Text, Value

KIND: Final = "days"
"""Of the plan in which they are kept, sealed: written down by the person, to have at hand."""

WAYS: Final = ("quietly", "people", "house")
"""With whom a milestone is celebrated: with nobody, with the people they chose, with the house."""

_MOST: Final = 36_500
_GOOD_FOR: Final = timedelta(hours=12)
"""News of a milestone that arrives later is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """What is kept: the first day (if they count), the days before it, up to when milestones were told, and how."""

    start: str = ""
    before: int = 0
    told: str | None = None
    way: str = "quietly"
    learned: tuple[str, ...] = ()

    @property
    def first(self) -> date:
        """The first day."""
        return date.fromisoformat(self.start)


async def days_row(desk: Desk) -> Value:
    """Days in a row; none without a first day."""
    kept = await _counted(desk)
    return None if kept is None else milestones.in_a_row(kept.first, today(desk))


async def days_total(desk: Desk) -> Value:
    """Days in total; none without a first day."""
    kept = await _counted(desk)
    return None if kept is None else milestones.in_total(kept.first, today(desk), kept.before)


async def days_ahead(desk: Desk) -> Value:
    """The next milestone and its date; none without a first day."""
    kept = await _counted(desk)
    following = milestones.ahead(kept.first, today(desk)) if kept is not None else None
    if kept is None or following is None:
        return None
    day = format_date(following.falls_on(kept.first), format="medium", locale=desk.reader.locale)
    return desk.phrase("days_ahead", what=_named(desk, following), day=day)


async def days_learned(desk: Desk) -> Value:
    """What the person wanted to remember, a line each; empty when there is nothing."""
    kept = await _kept(desk)
    return "\n".join(f"· {line}" for line in kept.learned) if kept is not None else ""


async def days_way(desk: Desk) -> Value:
    """How milestones are celebrated: quietly, people, house."""
    kept = await _kept(desk)
    return "quietly" if kept is None else kept.way


async def days_understood(desk: Desk) -> Value:
    """Whether `days_typed` is a number of days."""
    return _number(desk.answers.get("days_typed")) is not None


async def milestone(desk: Desk) -> Value:
    """A milestone that was reached and not yet spoken of; none when there is none."""
    found = await _fresh(desk)
    return None if found is None else _named(desk, found)


async def set_days(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """So many days lie behind the person, as typed. Raises ValueError for what is no number of days."""
    count = _number(arguments.get("days"))
    if count is None:
        raise ValueError("this is not a number of days")
    start = today(desk) - timedelta(days=count)
    before = await _kept(desk)
    # Milestones that lie behind are theirs already; nobody is told of them anew.
    told = today(desk).isoformat() if count else None
    await _keep(desk, replace(before or Days(), start=start.isoformat(), told=told))


async def drop_days(desk: Desk, _: Mapping[str, Value]) -> None:
    """Nothing of it is kept any more."""
    for plan in await desk.work.plans.of(desk.me.id, KIND):
        await desk.work.plans.remove(plan.id, desk.me.id)


async def set_days_way(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """How milestones are celebrated. Raises ValueError for a way there is not."""
    way = words(arguments, "way")
    if way not in WAYS:
        raise ValueError("milestones are celebrated quietly, with people or with the house")
    if (kept := await _kept(desk)) is not None:
        await _keep(desk, replace(kept, way=way))


async def celebrate(desk: Desk, _: Mapping[str, Value]) -> None:
    """The fresh milestone is spoken of once, and told to those with whom the person celebrates."""
    kept, found = await _counted(desk), await _fresh(desk)
    if kept is None or found is None:
        return
    await _keep(desk, replace(kept, told=today(desk).isoformat()))
    ids = await _invited(desk, kept.way)
    for person in (await desk.people(ids)).values():
        told = desk.phrase("milestone_told", name=desk.me.name, what=_named(desk, found))
        desk.send_to(
            person,
            Errand(letter=Letter(text=desk.render(told, reader_of(person)))),
            Kind.PROMPT,
            purpose="milestone",
            about_id=desk.me.id,
            house_id=desk.house_id,
            expires_at=desk.now + _GOOD_FOR,
        )


async def record_used(desk: Desk, _: Mapping[str, Value]) -> None:
    """The days so far stay in the total, and today is a first day. Without a first day there is nothing to keep."""
    kept = await _counted(desk)
    if kept is not None:
        total = milestones.in_total(kept.first, today(desk), kept.before)
        await _keep(desk, replace(kept, start=today(desk).isoformat(), before=total, told=None))


async def keep_learned(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """What the person wants to remember of it, for themselves."""
    line = words_if(arguments, "words")
    kept = await _kept(desk)
    if line is not None:
        kept = kept or Days()
        await _keep(desk, replace(kept, learned=(*kept.learned, line)))


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for fact in (
        days_row, days_total, days_ahead, days_learned, days_way, days_understood, milestone,
    ):  # fmt: skip
        registry.fact(fact.__name__, PARTICIPANTS, fact)
    for action in (set_days, drop_days, set_days_way, celebrate, record_used, keep_learned):
        registry.action(action.__name__, PARTICIPANTS, action)


async def _kept(desk: Desk) -> Days | None:
    plan = await plans.latest(desk, KIND)
    if plan is None:
        return None
    read = json.loads(plan.content)
    return Days(**{**read, "learned": tuple(read["learned"])})


async def _counted(desk: Desk) -> Days | None:
    """The same, if the person counts."""
    kept = await _kept(desk)
    return kept if kept is not None and kept.start else None


async def _keep(desk: Desk, days: Days) -> None:
    await plans.keep_one(desk, KIND, json.dumps(asdict(days), ensure_ascii=False).encode())


async def _fresh(desk: Desk) -> Milestone | None:
    kept = await _counted(desk)
    found = milestones.reached(kept.first, today(desk)) if kept is not None else None
    if kept is None or found is None:
        return None
    told = kept.told is not None and date.fromisoformat(kept.told) >= found.falls_on(kept.first)
    return None if told else found


async def _invited(desk: Desk, way: str) -> set[int]:
    """Those with whom the person celebrates."""
    if way == "quietly":
        return set()
    here = set(await in_house(desk, desk.house_id)) - {desk.me.id}
    if way == "house":
        return here
    wishes = await desk.work.alert_plans.wishes_of([desk.me.id])
    return here & {each.other_id for each in wishes if each.wish == "first" and each.state == "agreed"}


def _named(desk: Desk, found: Milestone) -> Text:
    one = "_one" if found.count == 1 else ""
    return desk.phrase(f"milestone_{found.unit}{one}", count=found.count)


def _number(given: object) -> int | None:
    text = given.strip() if isinstance(given, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= _MOST else None
