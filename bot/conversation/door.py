"""The one door: everything that happens comes in here, and one commit ends it.

While a commit is under way, what arrives gathers; the next transaction takes it, at most one input of a lane (a
person, a row). A batch that fails is done again one by one, so that a bad turn costs only itself.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.conversation.conversation import Conversation
from bot.conversation.desk import Desk
from bot.conversation.desks import Table, clear_desks, set_desks
from bot.conversation.inbound import Inbound
from bot.conversation.libraries import Libraries
from bot.conversation.rescue import Rescue
from bot.delivery.outgoing import Outgoing
from bot.ids import Ids
from bot.logs import where
from storage.database import Database
from storage.problems import Conflict, StorageProblem
from storage.unit_of_work import UnitOfWork

BATCH = 64
"""Inputs in one transaction at most. The first takes one, the next two, and so on: a bot that keeps dying soon after
it starts (no memory, no patience of whoever watches over it) gets further each time.
"""

_TRIES = 6
"""How often a turn is done again when what it relied on has changed under it."""

log = structlog.get_logger(__name__)


class Post(Protocol):
    """What the door knows of the postman."""

    @property
    def owner(self) -> str:
        """Whose letters are born claimed."""
        ...

    def addressed(self, letter: Outgoing) -> Outgoing:
        """The letter, with the message it changes where the postman knows it."""
        ...

    def lease(self, letter: Outgoing, now: datetime) -> datetime | None:
        """Until when a letter may be born claimed by the postman; None to let it wait its turn in the outbox."""
        ...

    def take(self, letters: Sequence[Outgoing]) -> None:
        """Letters born claimed, now that they are committed."""
        ...

    def nudge(self) -> None:
        """Something waits in the outbox."""
        ...


@dataclass(slots=True)
class _Waiting:
    """An input at the door, and who waits for it to be done."""

    inbound: Inbound
    done: "asyncio.Future[None]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Door:
    """Takes inputs, in order for each lane, many lanes at a time, and returns when they are committed."""

    def __init__(self, *, database: Database, conversation: Conversation, clock: Clock, ids: Ids, post: Post) -> None:
        self._database = database
        self._conversation = conversation
        self._libraries = Libraries(conversation.library)
        self._clock = clock
        self._ids = ids
        self._post = post
        self._rescue = Rescue(conversation)
        self._queue: deque[_Waiting] = deque()
        self._most = 1
        self._arrived = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Door"]:
        """The door works while this is entered; on leaving, what is in hand is finished first."""
        worker = asyncio.create_task(self._work(), name="door")
        try:
            yield self
            await self._idle.wait()
        finally:
            worker.cancel()
            with suppress(asyncio.CancelledError):
                await worker

    async def take(self, inbounds: Sequence[Inbound]) -> None:
        """Has every one of these answered and committed. Raises StorageProblem if the database fails: then none
        that was not committed counts, and the same may be brought again.
        """
        waiting = [_Waiting(inbound) for inbound in inbounds]
        self._queue.extend(waiting)
        if waiting:
            self._idle.clear()
            self._arrived.set()
        results = await asyncio.gather(*(each.done for each in waiting), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    @property
    def busy(self) -> bool:
        """Whether something is being answered, or waits to be."""
        return not self._idle.is_set()

    async def _work(self) -> None:
        while True:
            await self._arrived.wait()
            batch = self._next_batch()
            if not batch:
                self._arrived.clear()
                self._idle.set()
                continue
            await self._serve(batch)
            self._most = min(2 * self._most, BATCH)

    def _next_batch(self) -> list[_Waiting]:
        """The next inputs, one a lane; what else a lane has brought stays in line, in order."""
        batch: list[_Waiting] = []
        lanes: set[tuple[str, int]] = set()
        later: list[_Waiting] = []
        while self._queue and len(batch) < self._most:
            waiting = self._queue.popleft()
            lane = waiting.inbound.lane
            if lane in lanes:
                later.append(waiting)
            else:
                lanes.add(lane)
                batch.append(waiting)
        self._queue.extendleft(reversed(later))
        return batch

    async def _serve(self, batch: list[_Waiting]) -> None:
        if len(batch) > 1:
            try:
                await self._transact([each.inbound for each in batch])
            except Exception as error:  # noqa: BLE001 - whatever it is, it is found out one by one
                log.info("batch.split", size=len(batch), error=type(error).__name__)
            else:
                for each in batch:
                    _settle(each, None)
                return
        for each in batch:
            try:
                await self._alone(each.inbound)
            except Exception as error:  # noqa: BLE001 - handed to whoever brought the input
                _settle(each, error)
            else:
                _settle(each, None)

    async def _alone(self, inbound: Inbound) -> None:
        for _ in range(_TRIES):
            try:
                return await self._transact([inbound])
            except Conflict:
                continue
            except StorageProblem:
                raise
            except Exception as error:  # noqa: BLE001 - a failed turn costs only itself
                log.error("turn.failed", error=type(error).__name__, update_id=inbound.update_id, at=where(error))
                return await self._fail(inbound, error)
        await self._fail(inbound, Conflict("too many tries"))
        return None

    async def _transact(self, batch: Sequence[Inbound]) -> None:
        async with self._database.write() as work:
            now = self._clock.now()
            fresh = await self._fresh(work, batch, now)
            desks = await set_desks(Table(work=work, libraries=self._libraries, ids=self._ids, now=now), fresh)
            _one_each(desks)
            for inbound, desk in zip(fresh, desks, strict=True):
                await self._conversation.turn(desk, inbound)
            await self._finish(work, desks, now)

    async def _fresh(self, work: UnitOfWork, batch: Sequence[Inbound], now: datetime) -> list[Inbound]:
        """Those not handled before; their updates are marked, and their timers taken, with the turns they cause."""
        updates = {each.update_id for each in batch if each.update_id is not None}
        unhandled = await work.updates.unhandled(updates) if updates else set()
        if unhandled:
            await work.updates.mark(unhandled, now)
        timers = {each.timer_id for each in batch if each.timer_id is not None}
        taken = await work.timers.take(timers) if timers else set()
        return [
            each
            for each in batch
            if (each.update_id is None or each.update_id in unhandled)
            and (each.timer_id is None or each.timer_id in taken)
        ]

    async def _finish(self, work: UnitOfWork, desks: Sequence[Desk], now: datetime) -> None:
        await clear_desks(work, desks)
        letters = [self._post.addressed(letter) for desk in desks for letter in desk.outgoing]
        leases = [self._post.lease(letter, now) for letter in letters]
        if letters:
            await work.outbox.add_many(
                [
                    letter.stored(owner=None if until is None else self._post.owner, lease_until=until)
                    for letter, until in zip(letters, leases, strict=True)
                ]
            )
        await work.commit()
        ours = [letter for letter, until in zip(letters, leases, strict=True) if until is not None]
        self._post.take(ours)
        if len(ours) < len(letters):
            self._post.nudge()

    async def _fail(self, inbound: Inbound, error: Exception) -> None:
        """The turn is lost, the rest is not: see rescue. If even that fails, the input is marked as handled."""
        try:
            await self._save_what_can_be_saved(inbound, error)
        except StorageProblem:
            raise
        except Exception as worse:  # noqa: BLE001 - nothing may deafen the bot
            log.critical("turn.lost", error=type(worse).__name__, update_id=inbound.update_id, at=where(worse))
            async with self._database.write() as work:
                await self._fresh(work, [inbound], self._clock.now())
                await work.commit()

    async def _save_what_can_be_saved(self, inbound: Inbound, error: Exception) -> None:
        async with self._database.write() as work:
            now = self._clock.now()
            fresh = await self._fresh(work, [inbound], now)
            desks = await set_desks(Table(work=work, libraries=self._libraries, ids=self._ids, now=now), fresh)
            for each, desk in zip(fresh, desks, strict=True):
                await self._rescue.note(desk, each, error)
            await self._finish(work, desks, now)


def _one_each(desks: Sequence[Desk]) -> None:
    """A tap and a timer of one person come by different lanes. Raises Conflict: then each has a turn of its own."""
    people = [desk.person.id for desk in desks if desk.person is not None]
    if len(people) != len(set(people)):
        raise Conflict("two inputs of one person in one batch")


def _settle(waiting: _Waiting, error: Exception | None) -> None:
    if waiting.done.done():
        return
    if error is None:
        waiting.done.set_result(None)
    else:
        waiting.done.set_exception(error)
