"""The system's own ticks, on APScheduler: look for what is due. People's times are rows; no job knows anybody."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.care.rota import watch
from bot.clock import Clock
from bot.conversation import prompts
from bot.conversation.door import Door
from bot.conversation.inbound import DialogDue, Inbound, LeftAlone, RowDue
from bot.delivery.postman import Postman
from bot.ids import Ids
from bot.membership import retention
from storage.database import Database
from storage.problems import StorageProblem
from storage.repositories.timers import Timer

NUDGE_AFTER: Final = timedelta(minutes=10)
"""A dialog left alone is nudged once, after so long."""

_TIMERS_AT_ONCE: Final = 200
_NUDGES_AT_ONCE: Final = 100

log = structlog.get_logger(__name__)


class Ticks:
    """A few jobs, in memory, each one at a time; a tick that was missed is not made up for."""

    def __init__(self, *, database: Database, door: Door, postman: Postman, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._door = door
        self._postman = postman
        self._clock = clock
        self._ids = ids
        self._one_at_a_time = asyncio.Lock()
        # Any: APScheduler 3 has no types.
        self._scheduler: Any = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )

    @property
    def busy(self) -> bool:
        """Whether a tick is at work."""
        return self._one_at_a_time.locked()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The ticks come while this is entered."""
        for tick, every in ((self._due, 1), (self._sweep, 30), (self._tidy, 3600)):
            self.add(tick, every=every)
        self._scheduler.start()
        try:
            yield
        finally:
            self._scheduler.shutdown(wait=False)
            async with self._one_at_a_time:
                pass

    def add(self, tick: Callable[[], Awaitable[None]], *, every: int) -> None:
        """One more tick, every so many seconds."""
        self._scheduler.add_job(self._guarded(tick), IntervalTrigger(seconds=every, timezone="UTC"))

    async def at_once(self) -> None:
        """Everything that is due by now, without waiting for the next tick."""
        await self._guarded(self._due)()
        await self._guarded(self._sweep)()

    def _guarded(self, tick: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            async with self._one_at_a_time:
                try:
                    await tick()
                except StorageProblem as problem:
                    # What is due stays due: the next tick finds it.
                    log.error("tick.failed", tick=tick.__name__, problem=str(problem))

        return run

    async def _due(self) -> None:
        """Prompts that are to be planned, and timers whose moment has come, through the door like everything."""
        await self._plan()
        while True:
            async with self._database.read() as work:
                due = await work.timers.due(self._clock.now(), _TIMERS_AT_ONCE)
            if due:
                await self._door.take([_inbound(timer) for timer in due])
            if len(due) < _TIMERS_AT_ONCE:
                return

    async def _plan(self) -> None:
        while True:
            async with self._database.read() as work:
                if not await work.schedules.due(self._clock.now(), 1):
                    return
            async with self._database.write() as work:
                await prompts.plan(work, self._ids, self._clock.now())
                await work.commit()

    async def _sweep(self) -> None:
        await self._postman.sweep()
        await self._look_after_the_left_alone()

    async def _look_after_the_left_alone(self) -> None:
        """Whoever stopped in the middle of a dialog is asked once whether they are still there."""
        now = self._clock.now()
        async with self._database.read() as work:
            waiting = await work.progress.idle(now - NUDGE_AFTER, _NUDGES_AT_ONCE, nudged=False)
        if waiting:
            await self._door.take([Inbound(given=LeftAlone(), person_id=person) for person in waiting])

    async def _tidy(self) -> None:
        """Once an hour what has been kept long enough goes: see bot/membership/retention.py."""
        async with self._database.write() as work:
            now = self._clock.now()
            await retention.tidy(work, now)
            await watch.begin(work, self._ids, now)
            await work.commit()


def _inbound(timer: Timer) -> Inbound:
    match timer.kind:
        case "dialog":
            return Inbound(given=DialogDue(timer.fence), person_id=timer.subject_id, timer_id=timer.id)
        case prompts.TIMER:
            return prompts.inbound_of(timer)
        case kind:
            return Inbound(given=RowDue(kind, timer.subject_id, timer.fence, {}), timer_id=timer.id)
