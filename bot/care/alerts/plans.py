"""The plan of a house: who is asked, step by step, and how many minutes each step has.

It is frozen when a call opens; who stands behind a step is looked up when its moment comes. The same code says who
is asked and who would be.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.care.alerts.rules import SOS_PLAN, Step, plan_from_json, plan_to_json
from bot.care.rota import rules
from bot.care.rota.book import away_at, definitions_of, quiet_at
from bot.conversation.desk import Desk
from bot.policy import Role
from storage.repositories.people import Person
from storage.unit_of_work import UnitOfWork


class Who(StrEnum):
    """Whom a step asks."""

    CHOSEN = "chosen"
    ON_CALL = "on_call"
    MENTORS = "mentor"
    STAFF = "staff"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a house, in order, and how often all of them are gone through again before it is exhausted."""

    steps: tuple[Step, ...]
    repeats: int = 0

    def frozen(self) -> tuple[Step, ...]:
        """As a call takes it along: every round written out."""
        return tuple(replace(each, lap=lap) for lap in range(self.repeats + 1) for each in self.steps)


DEFAULT: Final = Plan(SOS_PLAN)
"""What a house begins with."""

LONGEST_STEP: Final = 60
"""Minutes."""

MOST_REPEATS: Final = 3

_REACHABLE: Final = frozenset({"ok", "unknown"})
"""Whom Telegram lets us write to, as far as we know."""


async def plan_for(work: UnitOfWork, houses: Sequence[int]) -> Plan:
    """The plan of a call that reaches these houses."""
    return together({each: await plan_of(work, each) for each in houses})


async def plan_of(work: UnitOfWork, house_id: int) -> Plan:
    """The house's own plan, or the one every house begins with."""
    kept = await work.alert_plans.get(house_id)
    return DEFAULT if kept is None else Plan(plan_from_json(kept.steps), kept.repeats)


def together(plans: Mapping[int, Plan]) -> Plan:
    """The plan of a call that reaches these houses: each step asks in those that have it, in all of them at once.

    Nobody waits longer for having two homes: a step lasts as long as where it is shortest.
    """
    if len(plans) == 1:
        return next(iter(plans.values()))
    steps = []
    for who in Who:
        lasting = {house: step.minutes for house, plan in plans.items() for step in plan.steps if step.who == who}
        if lasting:
            steps.append(Step(who, min(lasting.values()), houses=tuple(lasting)))
    return Plan(tuple(steps), max(plan.repeats for plan in plans.values()))


def at_once(steps: Sequence[Step], houses: tuple[int, ...]) -> tuple[Step, ...]:
    """Steps that are no house's own, for a call that reaches these houses."""
    return tuple(replace(each, houses=houses if len(houses) > 1 else ()) for each in steps)


def with_minutes(plan: Plan, who: Who, minutes: int) -> Plan:
    """The plan with so many minutes for one step; 0 leaves it out. Raises ValueError for a plan without staff."""
    if not 0 <= minutes <= LONGEST_STEP or (who is Who.STAFF and minutes == 0):
        raise ValueError("a step lasts up to an hour, and staff are always asked in the end")
    lasting = {Who(step.who): step.minutes for step in plan.steps} | {who: minutes}
    return Plan(tuple(Step(each, lasting[each]) for each in Who if lasting.get(each)), plan.repeats)


def with_repeats(plan: Plan, repeats: int) -> Plan:
    """The plan, gone through so many times more. Raises ValueError for less than none, or too many."""
    if not 0 <= repeats <= MOST_REPEATS:
        raise ValueError(f"a plan is gone through again up to {MOST_REPEATS} times")
    return Plan(plan.steps, repeats)


def steps_as_kept(plan: Plan) -> str:
    """The steps of a plan as they stand in its row."""
    return plan_to_json(plan.steps)


def to_ask(people: Sequence[int], *, asked: Set[int], declined: Set[int], quiet: Set[int]) -> tuple[int, ...]:
    """Whom a step asks, among those who stand behind it.

    Not who said "I can't now"; not who is in their quiet hours, if somebody else is there who was not asked before.
    Nobody, if it could only ask people over again: then the next step is asked at once.
    """
    willing = tuple(each for each in people if each not in declined)
    awake = tuple(each for each in willing if each not in quiet)
    if set(awake) - asked:
        return awake
    return willing if set(willing) - asked else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Whose call it is, and which houses it reaches. `person_id` is 0 where nobody in particular is meant."""

    person_id: int
    houses: tuple[int, ...]


async def behind(desk: Desk, who: str, asker: Asker, at: datetime) -> list[Person]:
    """The people behind a step at a moment, in order, who can be reached and whom the asker lets be asked."""
    ids = list(dict.fromkeys([each for house in asker.houses for each in await _there(desk, who, asker, house, at)]))
    if not ids:
        return []
    left_out = await unwanted(desk, asker.person_id) | {asker.person_id} | await away_at(desk, ids, at)
    known = await desk.people(ids)
    return [known[each] for each in ids if each in known and each not in left_out and known[each].reach in _REACHABLE]


async def of_step(
    desk: Desk, plan: Sequence[Step], number: int, asker: Asker, at: datetime, *, asked: Set[int], declined: Set[int]
) -> list[Person]:
    """Whom a step of a frozen plan asks at a moment, when these were asked in its round, and these said no.

    The house's last step of a round takes in whoever stood behind an earlier one and was spared in their quiet
    hours: before others are asked, or anybody is told that nobody was reached, everybody was.
    """
    people = await behind(desk, plan[number].who, _within(asker, plan[number]), at)
    quiet = await quiet_at(desk, [each.id for each in people], at)
    later = {each.who for each in plan[number + 1 :] if each.lap == plan[number].lap}
    if later <= {Who.NETWORK}:
        quiet = set()
        for earlier in plan[:number]:
            if earlier.lap == plan[number].lap:
                spared = await behind(desk, earlier.who, _within(asker, earlier), at)
                people += [each for each in spared if each.id not in {*asked, *(one.id for one in people)}]
    chosen = to_ask([each.id for each in people], asked=asked, declined=declined, quiet=quiet)
    return [each for each in people if each.id in chosen]


async def foreseen(desk: Desk, asker: Asker, at: datetime) -> list[tuple[Step, list[Person]]]:
    """Who would be asked, step by step, by a call that opened at this moment and that nobody answered."""
    plan = (await plan_for(desk.work, asker.houses)).frozen()
    asked: dict[int, set[int]] = {}
    found = []
    for number, step in enumerate(plan):
        before = asked.setdefault(step.lap, set())
        people = await of_step(desk, plan, number, asker, at, asked=before, declined=set())
        before |= {each.id for each in people}
        found.append((step, people))
    return found


async def unwanted(desk: Desk, person_id: int) -> set[int]:
    """Those whom a person wants never to be asked."""
    wishes = await desk.work.alert_plans.wishes_of([person_id])
    return {each.other_id for each in wishes if each.wish == "never"}


async def _there(desk: Desk, who: str, asker: Asker, house_id: int, at: datetime) -> list[int]:
    match who:
        case Who.CHOSEN:
            return await _chosen(desk, asker, house_id)
        case Who.ON_CALL:
            return list(rules.on_call(await definitions_of(desk, house_id), at))
        case Who.NETWORK:
            network = await desk.work.networks.of_house(house_id)
            return [] if network is None else await desk.work.networks.with_role(network.id, Role.ON_CALL, desk.now)
        case "helpers":
            return [
                *await _chosen(desk, asker, house_id),
                *await desk.work.memberships.with_role(house_id, Role.MENTOR, desk.now),
                *await desk.work.memberships.with_role(house_id, Role.STAFF, desk.now),
            ]
        case "everybody":
            return await in_house(desk, house_id)
        case _:
            return await desk.work.memberships.with_role(house_id, who, desk.now)


def _within(asker: Asker, step: Step) -> Asker:
    return replace(asker, houses=step.houses) if step.houses else asker


async def _chosen(desk: Desk, asker: Asker, house_id: int) -> list[int]:
    wishes = await desk.work.alert_plans.wishes_of([asker.person_id])
    ids = [each.other_id for each in wishes if each.wish == "first" and each.state == "agreed"]
    here = await in_house(desk, house_id)
    return [each for each in ids if each in here]


async def in_house(desk: Desk, house_id: int) -> list[int]:
    """Everybody who belongs to a house in any way, and staff of its network."""
    ids = dict.fromkeys(await desk.work.memberships.people_of(house_id, desk.now))
    ids.update(dict.fromkeys(await desk.work.memberships.with_role(house_id, Role.STAFF, desk.now)))
    return list(ids)
