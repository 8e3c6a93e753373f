"""The kill storm: a house full of people talks with a bot that is killed again and again.

    python -m tests.reliability.storm --kills 100 --people 200 --seed 1

Telegram (the sandbox) lives through everything in a process of its own. The bot is `hearth run` on SQLite with
synchronous=FULL; SIGKILL hits it at seeded moments, its start-up among them. When all is quiet, every message is
counted: see audit.py.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from bot.clock import SystemClock
from bot.ids import RandomIds
from bot.policy import Role
from bot.sandbox.client import Telephones
from bot.sandbox.wire import Json
from storage.database import Database
from storage.sealing import Keyring, parse_keys
from tests.reliability import scripts
from tests.reliability.audit import Audit, Ledger
from tests.reliability.crowd import Human, respond
from tests.reliability.house import Newcomer, ask_daily, found
from tests.reliability.processes import BotProcess, sandbox_process, settings_for

MENTORS = 3
_ON_ONE_LINE = 40
"""People who share a client: more would wait for one another's connections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How hard it blows. `deadline` is how many seconds everything may take before it counts as lost."""

    kills: int
    people: int
    seed: int
    think: float
    patience: float = 15.0
    deadline: float


@dataclass(slots=True, kw_only=True)
class Storm:
    """One storm under way."""

    plan: Plan
    clock: SystemClock
    phones: Telephones
    bot: BotProcess
    chance: Random
    participants: list[Human]
    mentors: list[Human]
    staff: Human
    calls: list[Json] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    kills: int = 0
    _born: int = 0

    @property
    def everybody(self) -> list[Human]:
        """Everybody with a phone."""
        return [*self.participants, *self.mentors, self.staff]

    async def blow(self) -> None:
        """Kills until it has killed enough, while people go about their day; returns when all have done theirs.

        Everybody has pressed START before the bot is up: nobody can be written to before they did.
        """
        await asyncio.gather(*(each.write(scripts.START) for each in self.everybody))
        await self._start()
        async with asyncio.TaskGroup() as group:
            log = group.create_task(self._keep_log())
            await asyncio.gather(*(each.play(scripts.ARRIVE) for each in (*self.mentors, self.staff)))
            helpers = [group.create_task(self._respond(each)) for each in (*self.mentors, self.staff)]
            days = [group.create_task(self._day(number, each)) for number, each in enumerate(self.participants)]
            days.append(group.create_task(self._announce()))
            await self._kill_again_and_again()
            self.over.set()
            await asyncio.gather(*days)
            await self._quiet()
            for task in (*helpers, log):
                task.cancel()
        await self._read_calls()

    async def _kill_again_and_again(self) -> None:
        while self.kills < self.plan.kills:
            if self.chance.random() < 0.3:
                await asyncio.sleep(self.chance.uniform(0, 2))  # perhaps before it is up at all
            else:
                await self._up()
                await asyncio.sleep(self.chance.uniform(0, 1.2))
            await self.bot.kill()
            self.kills += 1
            await self._start()

    async def _start(self) -> None:
        self._born = len(self.calls)
        await self.bot.start()

    async def _up(self) -> None:
        """Waits until this life of the bot has said its first words to Telegram."""
        while not any(map(_is_first_word, self.calls[self._born :])):  # noqa: ASYNC110 - no bell rings
            await asyncio.sleep(0.02)

    async def _keep_log(self) -> None:
        while True:
            await self._read_calls()
            await asyncio.sleep(0.1)

    async def _read_calls(self) -> None:
        self.calls += await self.phones.calls(after=self.calls[-1]["seq"] if self.calls else 0)

    # people

    async def _respond(self, human: Human) -> None:
        patient = human is self.staff

        def choose(labels: tuple[str, ...]) -> str | None:
            if "I'm on it" in labels:
                declines = "I can't now" in labels and not patient and human.chance.random() < 0.3
                return "I can't now" if declines else "I'm on it"
            return next((each for each in ("I'm with them", "It's over") if each in labels), None)

        await respond(human, choose)

    async def _day(self, number: int, human: Human) -> None:
        before = await human.play(scripts.ARRIVE)
        if number % 3 == 0 and await human.see(scripts.ASKED, before, within=20):
            await human.play(scripts.ASKED_CHECK_IN, since=before)
        else:
            await human.play(scripts.CHECK_IN)
        if number % 6 == 1:
            floor = await human.play(scripts.SOS)
            await human.see(scripts.TAKEN, floor)
            await human.see(scripts.OVER, floor)
        await human.play(scripts.SKILL)
        while not self.over.is_set():
            await human.play(scripts.SKILL)

    async def _announce(self) -> None:
        number = 0
        while number == 0 or not self.over.is_set():
            number += 1
            await self.staff.play(scripts.announcement(number))

    # the end

    async def _quiet(self) -> None:
        """Returns when Telegram has nothing left for the bot, and the outbox nothing for Telegram."""
        while await self.phones.pending() or Ledger.unsettled(self.bot.database):  # noqa: ASYNC110 - no bell rings
            await asyncio.sleep(0.1)


def _is_first_word(call: Json) -> bool:
    """Whether a call sets everybody's menu, which a bot does once, just before it listens."""
    return bool(call["method"] == "setMyCommands" and call["params"].get("scope") == {"type": "default"})


async def run(plan: Plan, folder: Path) -> Audit:
    """A storm from beginning to end. Raises AssertionError, with what is missing, when its deadline passes."""
    async with _storm(plan, folder) as (storm, keyring):
        try:
            async with asyncio.timeout(plan.deadline):
                await storm.blow()
        except TimeoutError:
            raise AssertionError(_unfinished(storm)) from None
        code = await asyncio.wait_for(storm.bot.stop(), 10)
        ledger = await Ledger.read(storm.bot.database_url, keyring, storm.calls)
        return Audit.of(
            storm.everybody,
            ledger,
            forgotten=set(await storm.phones.forgotten()),
            kills=storm.kills,
            code=code,
            log=storm.bot.log.read_text(),
        )


@asynccontextmanager
async def _storm(plan: Plan, folder: Path) -> AsyncIterator[tuple[Storm, Keyring]]:
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(sandbox_process("--no-limits"))
        phones = await stack.enter_async_context(Telephones(url))
        exchanges = [
            await stack.enter_async_context(Telephones(url))
            for _ in range(0, plan.people + MENTORS + 1, _ON_ONE_LINE)
        ]
        environment = settings_for(folder, url)
        bot = BotProcess(folder, environment)
        keyring = Keyring(parse_keys(environment["HEARTH_SECRET_KEYS"]))
        roles = [Role.PARTICIPANT] * plan.people + [Role.MENTOR] * MENTORS + [Role.STAFF]
        newcomers = []
        for number, role in enumerate(roles):
            person = await phones.user(f"{role.value.title()} {number:03}", language_code="en")
            newcomers.append(Newcomer(telegram_id=person.id, name=person.first_name, role=role))
        ids = RandomIds(clock.now)
        async with Database(bot.database_url, keyring) as database:
            rows = await found(database, ids, clock.now(), newcomers)
            asked = [rows[each.telegram_id] for each in newcomers[: plan.people : 3]]
            await ask_daily(database, ids, asked, clock.now() + timedelta(seconds=8))
        humans = [
            Human(
                phones=exchanges[number // _ON_ONE_LINE],
                clock=clock,
                chance=Random(plan.seed * 10_000 + each.telegram_id),  # noqa: S311 - repeatable on purpose
                id=each.telegram_id,
                name=each.name,
                think=plan.think if each.role is Role.PARTICIPANT else 0.2,
                patience=plan.patience,
            )
            for number, each in enumerate(newcomers)
        ]
        try:
            yield (
                Storm(
                    plan=plan,
                    clock=clock,
                    phones=phones,
                    bot=bot,
                    chance=Random(plan.seed),  # noqa: S311 - repeatable on purpose
                    participants=humans[: plan.people],
                    mentors=humans[plan.people : -1],
                    staff=humans[-1],
                ),
                keyring,
            )
        finally:
            await bot.away()


def _unfinished(storm: Storm) -> str:
    stages = [
        f"{each.name}: {each.stage}, {len(each.silences)} times silent; reads {each.bubbles[-1].text!r}"
        for each in storm.participants
        if not each.stage.endswith("done")
    ]
    lines = [f"not quiet in time, after {storm.kills} kills", *stages[:10], storm.bot.last_words()]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a storm and prints what was counted; 1 if a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.storm", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    plan = Plan(
        kills=given.kills,
        people=given.people,
        seed=given.seed,
        think=max(0.3, given.people / 50),
        deadline=300 + 12 * given.kills + given.people,
    )
    with tempfile.TemporaryDirectory() as folder, suppress(KeyboardInterrupt):
        audit = asyncio.run(run(plan, Path(folder)))
        sys.stdout.write(f"{audit.table()}\n")
        return 1 if audit.broken else 0
    return 130


if __name__ == "__main__":
    sys.exit(main())
