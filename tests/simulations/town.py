"""Thirty houses in one process, on one clock, with telephones that fail: where the drill happens.

Everybody answers as people do: some at once, some late, some never, some are away for days, some block the bot.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final

from bot.delivery.letters import Letter, NotSent, Outcome, Unsure, Wait
from bot.ids import RandomIds
from bot.policy import Role
from bot.telegram.parse import parse
from dialogs.library import Library
from storage.repositories.alert_plans import AlertWish
from tests.reliability.bench import Bench, Telephones
from tests.support.membership import Newcomer, let_in

ZONES: Final = ("America/New_York", "America/Chicago", "America/Los_Angeles", "Europe/Madrid", "Europe/London")


@dataclass(slots=True)
class Faults(Telephones):
    """Telephones of which a share of sends fails: lost, sent in doubt, or put off by Telegram."""

    chance: Random = field(default_factory=Random)
    share: float = 0.0
    arrived: Callable[[int, int, Letter], None] = field(default=lambda *_: None)

    async def send(self, chat_id: int, letter: Letter, **_: Any) -> Outcome:  # Any: pictures, of no interest here
        """A new message, if nothing goes wrong on its way."""
        trouble = self.chance.random() if self.chance.random() < self.share else 1.0
        if trouble < 0.4:
            return NotSent("no connection")
        if trouble < 0.7:
            return Wait(0.0)
        outcome = await Telephones.send(self, chat_id, letter)
        number = getattr(outcome, "message_id", None)
        if number is not None:
            self.arrived(chat_id, number, letter)
        # In doubt: it did arrive, and nobody told us.
        return Unsure("no answer") if trouble < 1.0 else outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person of the town: where they live, what they are there, and how they answer a call.

    `answers` is the share of calls they answer at all, `minutes` how long they usually take.
    """

    number: int
    name: str
    house: str
    role: Role
    answers: float = 0.0
    minutes: float = 0.0


class Town(Bench):
    """Houses, their people, and what happens when: an agenda on the bot's own clock."""

    def __init__(self, folder: Path, template: Path, library: Library, *, seed: int, share: float) -> None:
        super().__init__(folder, template, library)
        self.chance = Random(seed)  # noqa: S311 - a simulation
        self.phones: Faults = Faults(chance=self.chance, share=share)
        self.people: dict[int, Somebody] = {}
        self.unwanted: set[tuple[int, int]] = set()
        self.restarts = 0
        self.rows = {0: 0}  # nobody of the bench's own cast lives here
        self._agenda: list[tuple[datetime, int, Callable[[], Any]]] = []  # Any: a coroutine, or nothing
        self._order = count()

    async def settle(self, houses: int, people: int) -> None:
        """Everybody moves in: a house has one of staff and two mentors, the rest live there."""
        books: dict[str, dict[int, Newcomer]] = {}
        for number in range(people):
            house = f"House {number % houses:02}"
            place = number // houses
            role = Role.STAFF if place == 0 else Role.MENTOR if place <= 2 else Role.PARTICIPANT
            manner = self.chance.choice([(0.95, 1.0), (0.85, 3.0), (0.6, 8.0), (0.0, 1.0)])
            if role is Role.STAFF:
                manner = (max(manner[0], 0.5), manner[1])
            somebody = Somebody(
                number=5000 + number,
                name=f"Nm{number:03}x",
                house=house,
                role=role,
                answers=manner[0] if role is not Role.PARTICIPANT else 0.3,
                minutes=manner[1] if role is not Role.PARTICIPANT else 4.0,
            )
            self.people[somebody.number] = somebody
            books.setdefault(house, {})[somebody.number] = Newcomer(name=somebody.name, role=role)
        ids = RandomIds(self.clock.now)
        for at, (house, newcomers) in enumerate(sorted(books.items())):
            await let_in(self.app, house, ZONES[at % len(ZONES)], newcomers, ids=ids)
        await self._wish()

    async def _wish(self) -> None:
        """Some want a neighbour asked first, and some want somebody never asked."""
        ids = RandomIds(self.clock.now)
        residents = [each for each in self.people.values() if each.role is Role.PARTICIPANT]
        async with self.app.database.write() as work:
            rows = {number: person.id for number, person in (await work.people.find_many(self.people)).items()}
            for somebody in residents:
                others = [o for o in self.people.values() if o.house == somebody.house and o is not somebody]
                wish = self.chance.choice(["first", "never", None, None])
                if wish is None:
                    continue
                other = self.chance.choice([each for each in others if each.role is not Role.STAFF])
                await work.alert_plans.set_wish(
                    AlertWish(
                        id=ids.new(),
                        person_id=rows[somebody.number],
                        other_id=rows[other.number],
                        wish="first" if wish == "first" else "never",
                        state="agreed",
                        made_at=self.clock.now(),
                    )
                )
                if wish == "never":
                    self.unwanted.add((somebody.number, other.number))
            await work.commit()
        self.rows = {row: number for number, row in rows.items()}

    # time

    def plan(self, after: timedelta, what: Callable[[], Any]) -> None:  # Any: a coroutine, or nothing
        """Something happens so much later."""
        heappush(self._agenda, (self.clock.now() + after, next(self._order), what))

    async def until(self, end: datetime, look: Callable[[], Any]) -> None:  # Any: a coroutine
        """Everything that is due by then happens, one after the other; after each, a look at what must hold."""
        while True:
            upcoming = min(
                (each for each in (self._next_here(), self._next_there()) if each is not None), default=end
            )
            if upcoming >= end:
                break
            self.clock.offset += max(upcoming - self.clock.now(), timedelta())
            while self._agenda and self._agenda[0][0] <= self.clock.now():
                done = heappop(self._agenda)[2]()
                if done is not None:
                    await done
            await self.quiet()
            await look()
        self.clock.offset += end - self.clock.now()
        await self.quiet()

    def _next_here(self) -> datetime | None:
        return self._agenda[0][0] if self._agenda else None

    def _next_there(self) -> datetime | None:
        """When the bot has something to do next: a timer, or a letter that waits."""
        [(timer, letter)] = self.ask(
            "SELECT (SELECT min(due_at) FROM timers), (SELECT min(not_before) FROM outbox WHERE state = 'waiting')"
        )
        found = [each for each in (timer, letter) if each is not None]
        return None if not found else datetime.fromtimestamp(min(found) / 1_000_000, tz=self.clock.now().tzinfo)

    # what people do

    async def taps_if_there(self, who: int, *labels: str) -> None:
        """Buttons, as long as they are there: a finger may come too late."""
        await self.taps_label(who, *labels)

    async def says(self, who: int, text: str) -> None:
        """A text or a command."""
        await self.writes(who, text)

    async def all_say(self, people: Sequence[int], text: str) -> None:
        """All of them at the same moment."""
        updates = (
            {
                "update_id": 10_000_000 + who,
                "message": {
                    "message_id": 1,
                    "date": 0,
                    "chat": {"id": who, "type": "private"},
                    "from": {"id": who, "is_bot": False, "first_name": "?", "language_code": "en"},
                    "text": text,
                },
            }
            for who in people
        )
        await self.app.door.take([parse(update, username="bot").inbound for update in updates])
        for _ in range(5):
            with suppress(TimeoutError):
                await self.quiet()

    async def restart(self) -> None:
        """The bot is stopped and started in the middle of everything."""
        self.restarts += 1
        await self.stop()
        await self.start()
        await self.quiet()

    async def blocked_for(self, who: int, days: float) -> None:
        """Somebody blocks the bot, and opens it again later."""
        await self.blocks(who, blocked=True)
        self.plan(timedelta(days=days), lambda: self.blocks(who, blocked=False))

    async def away_for(self, who: int, days: int) -> None:
        """A mentor goes away."""
        await self.writes(who, "/away")
        with suppress(AssertionError):
            await self.taps_label(who, "For some days", str(days))


def named(people: Mapping[int, Somebody], text: str) -> list[Somebody]:
    """Who is named in a text."""
    return [each for each in people.values() if each.name in text]
