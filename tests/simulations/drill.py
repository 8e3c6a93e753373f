"""The drill: a simulated month of calls for help. `make drill`, or `python -m tests.simulations.drill`

Thirty houses, two hundred people; mentors are slow, away, blocked or silent at random; a fifth of all sends fails;
the bot is restarted in the middle of it. Printed are the times from a call to the first phone and to the first
“I'm on it”, and what never happened: a call lost, left without a next step, or told to somebody who was not to hear.
"""

import asyncio
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import structlog
import typer

from bot.care.alerts.audit import adrift
from bot.delivery.letters import Letter
from bot.policy import Role
from dialogs.library import Library, open_library
from storage import migrate
from tests.reliability.bench import BEGINS
from tests.simulations.town import Somebody, Town, named

WORDS: Final = {
    "sos": "🆘 SOS",
    "crisis": "I want to kill myself",
    "medical": "he overdosed and is not breathing",
}
_SHARES: Final = {"sos": 0.85, "crisis": 0.12, "medical": 0.03}
_CALLS_A_DAY: Final = 0.08
"""Of each resident: more than any house will see."""


@dataclass(slots=True)
class Findings:
    """What was measured, and what went wrong (nothing should)."""

    calls: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    delivered: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    on_it: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    lost: list[str] = field(default_factory=list)
    adrift: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    sends: int = 0
    restarts: int = 0

    @property
    def clean(self) -> bool:
        """Whether no promise was broken."""
        return not (self.lost or self.adrift or self.told)


class Drill:
    """A month in the town."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.found = Findings()
        town.phones.arrived = self.arrived

    async def run(self, days: int, houses: int, people: int) -> Findings:
        """Lives through the days, and two more in which nobody new asks."""
        await self.town.settle(houses, people)
        for day in range(days):
            self._plan_a_day(day)
        end = BEGINS + timedelta(days=days)
        await self.town.until(end, self.look)
        await self.town.until(end + timedelta(days=2), self.look)
        await self._measure()
        return self.found

    def _plan_a_day(self, day: int) -> None:
        chance, town = self.town.chance, self.town
        for somebody in town.people.values():
            moment = timedelta(days=day, seconds=chance.uniform(0, 86_400))
            if somebody.role is Role.PARTICIPANT and chance.random() < _CALLS_A_DAY:
                kind = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
                town.plan(moment, partial(self.call, somebody, kind))
            elif somebody.role is Role.MENTOR and chance.random() < 0.02:
                town.plan(moment, partial(town.away_for, somebody.number, chance.randint(1, 5)))
            elif somebody.role is not Role.PARTICIPANT and chance.random() < 0.01:
                town.plan(moment, partial(town.blocked_for, somebody.number, chance.uniform(0.2, 4)))
        town.plan(timedelta(days=day, seconds=chance.uniform(0, 86_400)), town.restart)

    # what people do

    async def call(self, who: Somebody, kind: str) -> None:
        """Somebody asks for people, unless they are still waiting for some; the bot may stop in that very moment."""
        town, chance = self.town, self.town.chance
        before = await self._open_of(who)
        await town.says(who.number, WORDS[kind])
        now = await self._open_of(who)
        if not now:
            self.found.lost.append(f"{kind} of {who.name}")
            return
        self.found.calls += len(now - before)
        if chance.random() < 0.3:
            town.plan(timedelta(seconds=chance.uniform(5, 60)), partial(town.says, who.number, "by the door"))
        if chance.random() < 0.05:
            town.plan(timedelta(minutes=chance.uniform(1, 9)), partial(town.taps_if_there, who.number, "It's worse"))
        if chance.random() < 0.1:
            town.plan(timedelta(minutes=chance.uniform(3, 40)), partial(town.taps_if_there, who.number, "I'm OK now"))
        if chance.random() < 0.1:
            town.plan(timedelta(seconds=chance.uniform(0, 200)), town.restart)

    async def _open_of(self, who: Somebody) -> set[int]:
        return {each.id for each in await self.town.open_alerts() if self.town.rows.get(each.person_id) == who.number}

    def arrived(self, chat: int, _message: int, letter: Letter) -> None:
        """A message came to a phone: was it for them to know, and what do they do?"""
        self.found.sends += 1
        who = self.town.people.get(chat)
        if who is None:
            return
        for other in named(self.town.people, letter.text):
            if other.house != who.house:
                self.found.told.append(f"{who.name} of {who.house} read of {other.name} of {other.house}")
        labels = {button.label for row in letter.buttons for button in row}
        if "I'm on it" in labels or "I'm with them" in labels:
            self._answer(who)

    def _answer(self, who: Somebody) -> None:
        chance, town = self.town.chance, self.town
        if chance.random() >= who.answers:
            return
        wait = timedelta(minutes=chance.lognormvariate(0, 0.6) * who.minutes)
        if chance.random() < 0.2:
            town.plan(wait, partial(town.taps_if_there, who.number, "I can't now"))
            return
        town.plan(wait, partial(town.taps_if_there, who.number, "I'm on it"))
        if chance.random() < 0.85:
            there = wait + timedelta(minutes=chance.uniform(1, 12))
            town.plan(there, partial(town.taps_if_there, who.number, "I'm with them"))
            over = there + timedelta(minutes=chance.uniform(5, 50))
            town.plan(over, partial(town.taps_if_there, who.number, "It's over", "Go on", "No need", "I'm all right"))
        elif chance.random() < 0.5:
            town.plan(wait + timedelta(minutes=3), partial(town.taps_if_there, who.number, "I can't after all"))

    # what must hold

    async def look(self) -> None:
        """Every open call has a next step, whatever just happened."""
        async with self.town.app.database.read() as work:
            alerts = await work.alerts.open_all()
            timers = await work.timers.of(alert.id for alert in alerts) if alerts else []
        self.found.adrift += [alert.id for alert in adrift(alerts, timers)]

    async def _measure(self) -> None:
        # Who may be named as the one who comes, though their own calls are none of the reader's business.
        for about, viewer in self.town.ask("SELECT about_id, viewer_id FROM showings"):
            pair = (self.town.rows[about], self.town.rows[viewer])
            if pair in self.town.unwanted:
                self.found.told.append("{1} was shown a call of {0}".format(*pair))
        self.found.restarts = self.town.restarts
        rows = self.town.ask("SELECT id, severity, state, outcome, opened_at, taken_by FROM alerts")
        asks = defaultdict(list)
        for alert, reached, reached_at, answer, answered_at in self.town.ask(
            "SELECT alert_id, reached, reached_at, answer, answered_at FROM alert_asks"
        ):
            asks[alert].append((reached, reached_at, answer, answered_at))
        exhausted = {
            row[0] for row in self.town.ask("SELECT DISTINCT alert_id FROM alert_events WHERE kind = 'exhaust'")
        }
        taken = dict(
            self.town.ask("SELECT alert_id, min(at) FROM alert_events WHERE kind = 'take' GROUP BY alert_id")
        )
        for alert, severity, state, outcome, opened, _ in rows:
            ended = outcome or f"still {state}"
            self.found.ended[f"{ended}{', after nobody was reached' if alert in exhausted else ''}"] += 1
            arrived = [each[1] for each in asks[alert] if each[0] != "no" and each[1] is not None]
            if arrived:
                self.found.delivered[severity].append((min(arrived) - opened) / 1_000_000)
            if alert in taken:
                self.found.on_it[severity].append((taken[alert] - opened) / 1_000_000)


def report(found: Findings) -> str:
    """What people read."""
    lines = [
        f"{found.calls} calls, {found.sends} messages arrived, {found.restarts} restarts",
        "",
        f"{'seconds':<24}{'calls':>8}{'p50':>9}{'p95':>9}{'p99':>9}",
    ]
    for what, times in (("delivered", found.delivered), ("on it", found.on_it)):
        for severity in _SHARES:
            if times[severity]:
                lines.append(_line(f"{what}, {severity}", times[severity]))
    lines += ["", *(f"{count:>6} {how}" for how, count in found.ended.most_common())]
    broken = (len(found.lost), len(found.adrift), len(found.told))
    lines += [
        "",
        "lost: {}   without a next step: {}   told to the wrong person: {}".format(*broken),
        *sorted({*found.lost, *found.told})[:20],
    ]
    return "\n".join(lines)


def _line(what: str, seconds: Sequence[float]) -> str:
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    return f"{what:<24}{len(ordered):>8}{at(0.5):>9.1f}{at(0.95):>9.1f}{at(0.99):>9.1f}"


async def drill(
    library: Library, *, days: int = 30, houses: int = 30, people: int = 200, seed: int = 5, share: float = 0.2
) -> Findings:
    """Runs it."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        await migrate.upgrade(f"sqlite+aiosqlite:///{template}")
        town = Town(Path(folder), template, library, seed=seed, share=share)
        await town.start()
        try:
            return await Drill(town).run(days, houses, people)
        finally:
            await town.stop()


def main(
    days: Annotated[int, typer.Option(help="How long.")] = 30,
    houses: Annotated[int, typer.Option(help="How many houses.")] = 30,
    people: Annotated[int, typer.Option(help="How many people in all of them.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed is the same month.")] = 5,
    share: Annotated[float, typer.Option(help="The share of sends that fails.")] = 0.2,
) -> None:
    """A simulated month of calls for help."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    found = asyncio.run(drill(open_library(), days=days, houses=houses, people=people, seed=seed, share=share))
    typer.echo(report(found))
    raise typer.Exit(0 if found.clean else 1)


if __name__ == "__main__":
    typer.run(main)
