"""What staff should hear before it matters: gaps, steps that hang on one person, and phones that don't ring."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.care.alerts import plans
from bot.care.alerts.plans import Asker, Who
from bot.care.rota import ringing, rules
from bot.care.rota.book import definitions_of
from bot.care.rota.facts import AHEAD
from bot.care.rota.words import moment
from bot.conversation.desk import Desk
from bot.policy import Role
from dialogs.texts import Reader
from dialogs.values import Text, Value
from storage.repositories.people import Person

_MOST: Final = 12
"""Lines in one message; more would be read by nobody."""


@dataclass(frozen=True, slots=True)
class Concern:
    """Something to look at: one of the content's phrases, and its values."""

    phrase: str
    values: Mapping[str, Value]

    @property
    def key(self) -> str:
        """The same for the same thing, whoever reads of it, and whenever: how long it will last is no part of it."""
        fixed = sorted((name, str(value)) for name, value in self.values.items() if name != "until")
        return f"{self.phrase} {fixed}"


async def concerns_of(desk: Desk, house_id: int) -> list[Concern]:
    """Everything about a house's rota and plan that staff should look at, the most urgent first."""
    people = await responders_of(desk, house_id)
    found = [*_unreachable(people), *await _gaps(desk, house_id), *await _lone(desk, house_id)]
    return [*found, *await _unheard(desk, people)]


def in_words(desk: Desk, concerns: Iterable[Concern], reader: Reader) -> str:
    """A line for each."""
    lines = []
    for concern in concerns:
        shown = {
            name: moment(value, reader) if isinstance(value, datetime) else value
            for name, value in concern.values.items()
        }
        lines.append("• " + desk.render(Text(desk.library.phrases[concern.phrase], shown), reader))
    return "\n".join(lines if len(lines) <= _MOST else [*lines[:_MOST], "…"])


async def rota_warnings(desk: Desk) -> Value:
    """The same for the person at the desk, as a fact; empty when all is well."""
    return in_words(desk, await concerns_of(desk, desk.house_id), desk.reader)


async def responders_of(desk: Desk, house_id: int) -> list[Person]:
    """Everybody who answers calls for a house, its network's on-call too."""
    able = (await definitions_of(desk, house_id)).able
    network = await desk.work.networks.of_house(house_id)
    last = [] if network is None else await desk.work.networks.with_role(network.id, Role.ON_CALL, desk.now)
    return sorted((await desk.people({*able, *last})).values(), key=lambda each: each.id)


def _unreachable(people: Iterable[Person]) -> list[Concern]:
    return [
        Concern(f"reason_{each.reach}", {"name": each.name})
        for each in people
        if each.reach in {"blocked", "deactivated"}
    ]


async def _gaps(desk: Desk, house_id: int) -> list[Concern]:
    definitions = await definitions_of(desk, house_id)
    if definitions.rotation is None:
        return []
    return [
        Concern("warn_gap_now", {"until": gap.ends_at})
        if gap.starts_at <= desk.now
        else Concern("warn_gap", {"start": gap.starts_at, "until": gap.ends_at})
        for gap in rules.gaps(definitions, desk.now, desk.now + AHEAD)
    ]


async def _lone(desk: Desk, house_id: int) -> list[Concern]:
    """Steps of the plan behind which there is one person only, or nobody: if their phone is off, nobody hears."""
    found = []
    for step in (await plans.plan_of(desk.work, house_id)).steps:
        if step.who not in {Who.MENTORS, Who.STAFF}:
            continue  # one at a time is what a rota is for, and whom somebody chose is theirs to choose
        behind = await plans.behind(desk, step.who, Asker(person_id=0, houses=(house_id,)), desk.now)
        words = desk.phrase(f"plan_who_{step.who}")
        if not behind:
            found.append(Concern("warn_nobody", {"who": words}))
        elif len(behind) == 1:
            found.append(Concern("warn_lone", {"who": words, "name": behind[0].name}))
    return found


async def _unheard(desk: Desk, people: Iterable[Person]) -> list[Concern]:
    known = {each.id: each for each in people}
    latest = await desk.work.availability.latest_calls(known)
    return [
        Concern("warn_unheard", {"name": known[call.person_id].name, "at": call.sent_at})
        for call in latest.values()
        if ringing.unheard(call, desk.now)
    ]
