"""The postman: takes letters from the outbox to Telegram, in order, at Telegram's pace, and notes what came of each.

A letter is claimed (or born claimed) before it is sent, and settled after: whoever finds one claimed by somebody
who is gone knows that it may have arrived, and the promise of its kind decides.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.delivery.arrivals import Arrivals
from bot.delivery.books import Books, Settle
from bot.delivery.doorstep import Doorstep
from bot.delivery.items import Item, Settled, born_claimed, claimed, unreadable
from bot.delivery.letters import NotSent, Unsure, Wait
from bot.delivery.outgoing import Outgoing
from bot.delivery.promises import (
    BULK,
    Decision,
    Done,
    GiveUp,
    Kind,
    State,
    after_crash,
    decide,
    still_wanted,
)
from bot.delivery.queue import Queue
from bot.delivery.throttle import Limits, Throttle
from storage.database import Database
from storage.problems import StorageProblem
from storage.repositories.letters import Claimed, Settlement
from storage.unit_of_work import UnitOfWork

LEASE: Final = timedelta(seconds=60)
"""How long a claim holds. Our own are held in memory; this is for finding those of a process that is gone."""

NOTICE: Final = "breach"
"""The purpose of what nobody can stop being told: that their data got out."""

_IN_FLIGHT: Final = 48
_IN_MEMORY: Final = 400
"""Letters claimed at once at most: those of a process that dies are the ones nobody is sure of."""

_STUCK: Final = 120.0
"""Seconds with letters in hand and none of them settled, after which something is wrong."""

_LOOK_AGAIN: Final = timedelta(seconds=3)
"""How long a letter that waits for another to arrive is put off."""

_FAREWELL: Final = 3.0
"""Seconds that letters on their way have left when we are asked to stop."""

_EVER: Final = timedelta(days=36500)
_WITHHELD_WHEN_STOPPED: Final = frozenset({Kind.PROMPT, Kind.ANNOUNCEMENT})

log = structlog.get_logger(__name__)


class Postman:
    """Sends what the outbox holds. `settle` is told, in the same transaction, how letters ended."""

    def __init__(
        self,
        *,
        database: Database,
        doorstep: Doorstep,
        clock: Clock,
        owner: str,
        settle: Settle,
        limits: Limits | None = None,
    ) -> None:
        self.owner = owner
        self._database = database
        self._doorstep = doorstep
        self._clock = clock
        self._settle = settle
        self._books = Books(database=database, clock=clock, settle=settle, written=self._let_go)
        self._throttle = Throttle(limits)
        self._queue: Queue[Item] = Queue()
        self._held: dict[int, Item] = {}
        self._arrivals = Arrivals()
        self._newest_turn: dict[int, int] = {}
        self._wake = asyncio.Event()
        self._look = True
        self._looking = False
        self._stopping = False
        self._next_due: datetime | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self._last_settled = clock.pace()

    # what the door asks of it

    def addressed(self, letter: Outgoing) -> Outgoing:
        """The letter, with the message it changes if we remember where that arrived."""
        message = None if letter.edits_id is None else self._arrivals.message(letter.edits_id)
        return letter if message is None else replace(letter, errand=replace(letter.errand, edits=message))

    def lease(self, letter: Outgoing, now: datetime) -> datetime | None:
        """Until when this letter may be born claimed; None when it has to wait in the outbox."""
        if len(self._held) >= _IN_MEMORY or letter.kind in BULK or not letter.can_be_born_claimed:
            return None
        return now + LEASE

    def take(self, letters: Sequence[Outgoing]) -> None:
        """Letters born claimed, now committed. They go at once: somebody waits for an answer."""
        for letter in letters:
            self._hold(born_claimed(letter))
        if letters and not self._stopping:
            self._send_ready()
            self._wake.set()

    def nudge(self) -> None:
        """Something waits in the outbox, or the time has moved."""
        self._look = True
        self._wake.set()

    @property
    def moving(self) -> bool:
        """Whether letters in hand are getting somewhere: what the auditor asks."""
        return not self._held or self._clock.pace() - self._last_settled < _STUCK

    @property
    def busy(self) -> bool:
        """Whether something is in hand, or due and not yet looked for."""
        return bool(self._held or self._books or self._look or self._looking)

    # its day

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Postman"]:
        """Works while entered. On leaving, what is on its way is finished, and the rest is put back."""
        await self._recover(everybody=self._database.is_sqlite)
        async with self._books.kept():
            rounds = asyncio.create_task(self._rounds(), name="postman")
            try:
                yield self
            finally:
                # Asked to end, not cancelled: letters claimed in that very moment would be held by nobody.
                self._stopping = True
                self._wake.set()
                await rounds
                await self._finish_rounds()
        await self._put_back()

    async def _finish_rounds(self) -> None:
        if not self._sending:
            return
        _, late = await asyncio.wait(self._sending, timeout=_FAREWELL)
        for task in late:
            task.cancel()  # it may have arrived: its promise decides, and nobody else sends it again
        await asyncio.gather(*late, return_exceptions=True)

    async def sweep(self) -> None:
        """What the nudges may have missed: letters of a postman that is gone, letters too late to help."""
        await self._recover(everybody=False)
        async with self._database.write() as work:
            now = self._clock.now()
            ended = [
                Settled(id=each.id, kind=Kind(each.kind), recipient_id=None, state=State.EXPIRED, reason="too late")
                for each in await work.outbox.expire(now)
            ]
            if ended:
                await self._settle(work, ended, now)
            await work.commit()
        self.nudge()

    async def _rounds(self) -> None:
        while not self._stopping:
            self._wake.clear()
            try:
                await self._refill()
            except StorageProblem as problem:
                log.error("outbox.unreadable", problem=str(problem))
                await asyncio.sleep(1)  # the database is away; the letters are safe in it
            if self._stopping:
                return
            self._send_ready()
            # Not wait_for: when told to stop in the moment the letter comes, Python 3.11's forgets the stop.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience()):
                    await self._wake.wait()

    def _send_ready(self) -> None:
        while len(self._sending) < _IN_FLIGHT:
            item = self._queue.pop_ready(self._clock.pace(), self._throttle)
            if item is None:
                return
            task = asyncio.create_task(self._deliver(item))
            self._sending.add(task)
            task.add_done_callback(self._sent)

    def _sent(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._wake.set()
        if not task.cancelled() and task.exception() is not None:
            log.error("postman.stumbled", error=type(task.exception()).__name__)

    def _patience(self) -> float:
        """Seconds until there may be something to do without anybody saying so."""
        waits = [5.0]
        if len(self._sending) < _IN_FLIGHT:
            pace = self._clock.pace()
            ready = self._queue.next_ready_at(pace, self._throttle)
            if ready is not None:
                waits.append(max(0.0, ready - pace))
        if self._next_due is not None:
            waits.append(max(0.0, (self._next_due - self._clock.now()).total_seconds()))
        return min(waits)

    async def _refill(self) -> None:
        now = self._clock.now()
        due = self._next_due is not None and self._next_due <= now
        room = _IN_MEMORY // 2 - len(self._held)
        if not (self._look or due) or room <= 0:
            return
        self._look, self._looking = False, True
        try:
            async with self._database.write() as work:
                letters = await work.outbox.claim_due(now, self.owner, now + LEASE, room)
                turns = await self._turns(work, letters)
                self._next_due = await work.outbox.next_not_before()
                await work.commit()
            for letter in letters:
                self._take_claimed(letter, turns)
        except StorageProblem:
            self._look = True
            raise
        finally:
            self._looking = False
        if len(letters) == room:
            self._look = True

    async def _turns(self, work: UnitOfWork, letters: Sequence[Claimed]) -> dict[int, int]:
        asking = [each.recipient_id for each in letters if each.turn is not None and each.recipient_id is not None]
        if not asking:
            return {}
        return {person: stored.turn for person, stored in (await work.progress.load(asking)).items()}

    def _take_claimed(self, letter: Claimed, turns: dict[int, int]) -> None:
        try:
            item = claimed(letter)
        except ValueError as error:
            log.error("letter.unreadable", id=letter.id, error=type(error).__name__)
            self._books.enter(*unreadable(letter))
            return
        if letter.recipient_id is not None and letter.recipient_id in turns:
            self._newest_turn[letter.recipient_id] = turns[letter.recipient_id]
        if letter.edits_id is not None and letter.edits_message_id is None:
            self._nothing_there_yet(item)
        elif letter.stopped and item.kind in _WITHHELD_WHEN_STOPPED and letter.purpose != NOTICE:
            self._end(item, GiveUp(State.WITHHELD, "stopped"))
        else:
            self._hold(item)

    def _nothing_there_yet(self, item: Item) -> None:
        """The message it would change has not arrived: taking back, and what somebody else wrote, wait for it;
        anything else is too early.
        """
        if item.errand.takes_back or item.about_id is not None:
            until = self._clock.now() + _LOOK_AGAIN
            self._expect(until)
            self._books.enter(item.waits(until))
        else:
            settlement = Settlement(
                id=item.id, state="superseded", attempts=item.attempts, reason="nothing to edit yet"
            )
            self._books.enter(settlement)

    def _hold(self, item: Item) -> None:
        if not self._held:
            self._last_settled = self._clock.pace()
        self._held[item.id] = item
        if item.turn is not None and item.recipient_id is not None:
            newest = self._newest_turn.get(item.recipient_id, 0)
            self._newest_turn[item.recipient_id] = max(newest, item.turn)
        self._queue.push(item)

    def _let_go(self, ids: Sequence[int]) -> None:
        self._last_settled = self._clock.pace()
        for each in ids:
            self._held.pop(each, None)
        self._wake.set()

    def _expect(self, when: datetime) -> None:
        if self._next_due is None or when < self._next_due:
            self._next_due = when

    # one letter

    async def _deliver(self, item: Item) -> None:
        try:
            self._end(item, await self._try(item))
        except asyncio.CancelledError:
            self._end(item, decide(item.attempt, Unsure("stopped while sending"), now=self._clock.now()))
            raise
        except Exception as error:  # noqa: BLE001 - a poisonous letter costs only itself, and is set aside
            log.error("letter.poisonous", id=item.id, kind=item.kind.value, error=type(error).__name__)
            self._end(item, GiveUp(State.FAILED, type(error).__name__))
        finally:
            self._queue.release(item.chat)

    async def _try(self, item: Item) -> Decision:
        now = self._clock.now()
        newest = None if item.recipient_id is None else self._newest_turn.get(item.recipient_id)
        unwanted = still_wanted(item.attempt, now=now, asks_in_turn=item.turn, newest_turn=newest)
        if unwanted is not None:
            return unwanted
        try:
            seen = await self._doorstep.look(item)
        except StorageProblem:
            return decide(item.attempt, NotSent("the database is away"), now=now)
        if isinstance(seen, GiveUp):
            return seen
        outcome = await self._doorstep.hand_over(seen)
        if isinstance(outcome, Wait):
            self._throttle.close(item.chat, outcome.seconds, self._clock.pace())
        return decide(item.attempt, outcome, now=self._clock.now())

    def _end(self, item: Item, decision: Decision) -> None:
        if isinstance(decision, GiveUp) and decision.state in {State.FAILED, State.REFUSED}:
            log.warning("letter.given_up", kind=item.kind.value, state=decision.state.value, reason=decision.reason)
        if isinstance(decision, Done) and decision.message_id is not None:
            self._arrivals.note(item.id, decision.message_id)
        settlement, ended = item.after(decision)
        if settlement.not_before is not None:
            self._expect(settlement.not_before)
        self._books.enter(settlement, ended)

    # what others left, and what we leave

    async def _recover(self, *, everybody: bool) -> None:
        """Letters of a postman who is gone. On SQLite there is only one, so at first every claim is a dead one's."""
        while await self._recover_some(everybody=everybody) == _IN_MEMORY:
            pass

    async def _recover_some(self, *, everybody: bool) -> int:
        now = self._clock.now()
        async with self._database.write() as work:
            horizon = now + _EVER if everybody else now
            lapsed = await work.outbox.expired_leases(horizon, self.owner, now + LEASE, _IN_MEMORY)
            await work.commit()
        for letter in lapsed:
            if letter.id not in self._held:
                self._recover_one(letter, now)
        await self._books.write()
        return len(lapsed)

    def _recover_one(self, letter: Claimed, now: datetime) -> None:
        try:
            item = claimed(letter)
        except ValueError:
            self._books.enter(*unreadable(letter))
        else:
            self._end(item, after_crash(item.attempt, now=now))

    async def _put_back(self) -> None:
        """What was claimed and not begun waits again, for whoever comes next."""
        await self._books.write()
        now = self._clock.now()
        for item in self._held.values():
            self._books.enter(item.waits(now))
        await self._books.write()
