"""The postman: takes letters from the outbox to Telegram, in order, at Telegram's pace, and notes what came of each.

A letter is claimed (or born claimed) before it is sent, and settled after: whoever finds one claimed by somebody
who is gone knows that it may have arrived, and the promise of its kind decides.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from bot.clock import Clock
from bot.delivery.letters import (
    Document,
    Letter,
    Media,
    NotSent,
    Outcome,
    Picture,
    Reason,
    Refused,
    Unsure,
    Wait,
    shortened,
)
from bot.delivery.outgoing import Errand, Outgoing
from bot.delivery.promises import (
    BULK,
    Decision,
    Done,
    GiveUp,
    Kind,
    Redirect,
    RetryAt,
    State,
    Try,
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

_IN_FLIGHT: Final = 48
_IN_MEMORY: Final = 400
"""Letters claimed at once at most: those of a process that dies are the ones nobody is sure of."""

_STUCK: Final = 120.0
"""Seconds with letters in hand and none of them settled, after which something is wrong."""

_LOOK_AGAIN: Final = timedelta(seconds=3)
"""How long a letter that waits for another to arrive is put off."""

_FAREWELL: Final = 3.0
"""Seconds that letters on their way have left when we are asked to stop."""

_DOUBTED: Final = "doubted"
_WITHHELD_WHEN_STOPPED: Final = frozenset({Kind.PROMPT, Kind.ANNOUNCEMENT})
NOTICE: Final = "breach"
"""The purpose of what nobody can stop being told: that their data got out."""

_FOR_THE_HOUSE: Final = frozenset({Kind.ALERT, Kind.ANNOUNCEMENT, Kind.EDIT})
"""What a house tells its people; a prompt is for whoever belongs to any."""

log = structlog.get_logger(__name__)


class Carrier(Protocol):
    """Whoever speaks to Telegram."""

    async def send(self, chat_id: int, letter: Letter, *, picture: bytes | None = None) -> Outcome: ...  # noqa: D102

    async def edit(self, chat_id: int, message_id: int, letter: Letter) -> Outcome: ...  # noqa: D102

    async def edit_markup(self, chat_id: int, message_id: int) -> Outcome: ...  # noqa: D102

    async def set_commands(  # noqa: D102
        self, commands: Sequence[tuple[str, str]], *, chat_id: int | None = None, language: str = ""
    ) -> Outcome: ...

    async def take_back(self, chat_id: int, message_ids: Sequence[int]) -> Outcome: ...  # noqa: D102


Draw = Callable[[Picture], Awaitable[bytes]]
Make = Callable[[Document], Awaitable[bytes]]
Agrees = Callable[[int, str], Awaitable[bool]]
"""Whether a person agrees, at this moment, that what a letter tells about them is told for its purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a letter in the end.

    `about_id` is the person it told about; `purpose` is empty where what they no longer agreed to was left out.
    """

    id: int
    kind: Kind
    recipient_id: int | None
    state: State
    reason: str | None
    about_id: int | None = None
    purpose: str = ""


Belongs = Callable[[int, int | None], Awaitable[bool]]
"""Whether a person belongs to a house at this moment; to any, if none is named."""

Settle = Callable[[UnitOfWork, Sequence[Settled], datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A letter in our hands."""

    id: int
    chat: int
    kind: Kind
    stream: str
    errand: Errand
    recipient_id: int | None
    about_id: int | None = None
    house_id: int | None = None
    purpose: str = ""
    fallback: Errand | None = None
    attempts: int = 0
    doubted: bool = False
    turn: int | None = None
    expires_at: datetime | None = None
    not_before: float = 0.0

    @property
    def attempt(self) -> Try:
        return Try(kind=self.kind, attempts=self.attempts + 1, expires_at=self.expires_at, doubted=self.doubted)


class Postman:
    """Sends what the outbox holds. `settle` is told, in the same transaction, how letters ended.

    `draw` and `make` give pictures and documents their bytes; `agrees` is asked of each letter about a person, and
    `belongs` of each one for the people of a house, just before it goes.
    """

    def __init__(
        self,
        *,
        database: Database,
        carrier: Carrier,
        clock: Clock,
        owner: str,
        draw: Draw,
        make: Make,
        agrees: Agrees,
        belongs: Belongs,
        settle: Settle,
        limits: Limits | None = None,
    ) -> None:
        self.owner = owner
        self._database = database
        self._carrier = carrier
        self._clock = clock
        self._draw = draw
        self._make = make
        self._agrees = agrees
        self._belongs = belongs
        self._settle = settle
        self._throttle = Throttle(limits)
        self._queue: Queue[_Item] = Queue()
        self._held: dict[int, _Item] = {}
        self._newest_turn: dict[int, int] = {}
        self._settlements: list[tuple[Settlement, Settled | None]] = []
        self._wake = asyncio.Event()
        self._settled = asyncio.Event()
        self._look = True
        self._looking = False
        self._next_due: datetime | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self._last_settled = clock.pace()

    # what the door asks of it

    def lease(self, letter: Outgoing, now: datetime) -> datetime | None:
        """Until when this letter may be born claimed; None when it has to wait in the outbox."""
        if len(self._held) >= _IN_MEMORY or letter.kind in BULK or not letter.can_be_born_claimed:
            return None
        return now + LEASE

    def take(self, letters: Sequence[Outgoing]) -> None:
        """Letters born claimed, now committed."""
        for letter in letters:
            assert letter.chat_id is not None  # noqa: S101 - can_be_born_claimed said so
            self._hold(
                _Item(
                    id=letter.id,
                    chat=letter.chat_id,
                    kind=letter.kind,
                    stream=letter.stream,
                    errand=letter.errand,
                    recipient_id=letter.recipient_id,
                    about_id=letter.about_id,
                    house_id=letter.house_id,
                    purpose=letter.purpose,
                    turn=letter.turn,
                    expires_at=letter.expires_at,
                )
            )
        if letters:
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
        return bool(self._held or self._settlements or self._look or self._looking)

    # its day

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Postman"]:
        """Works while entered. On leaving, what is on its way is finished, and the rest is put back."""
        await self._recover(everybody=self._database.is_sqlite)
        rounds = asyncio.create_task(self._rounds(), name="postman")
        books = asyncio.create_task(self._keep_books(), name="postman's books")
        try:
            yield self
        finally:
            rounds.cancel()
            with suppress(asyncio.CancelledError):
                await rounds
            if self._sending:
                _, late = await asyncio.wait(self._sending, timeout=_FAREWELL)
                for task in late:
                    task.cancel()  # it may have arrived: its promise decides, and nobody else sends it again
                await asyncio.gather(*late, return_exceptions=True)
            books.cancel()
            with suppress(asyncio.CancelledError):
                await books
            await self._put_back()

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
        while True:
            self._wake.clear()
            try:
                await self._refill()
            except StorageProblem as problem:
                log.error("outbox.unreadable", problem=str(problem))
                await asyncio.sleep(1)  # the database is away; the letters are safe in it
            self._send_ready()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._patience())

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
                claimed = await work.outbox.claim_due(now, self.owner, now + LEASE, room)
                turns = await self._turns(work, claimed)
                self._next_due = await work.outbox.next_not_before()
                await work.commit()
            for letter in claimed:
                self._take_claimed(letter, turns)
        except StorageProblem:
            self._look = True
            raise
        finally:
            self._looking = False
        if len(claimed) == room:
            self._look = True

    async def _turns(self, work: UnitOfWork, claimed: Sequence[Claimed]) -> dict[int, int]:
        asking = [each.recipient_id for each in claimed if each.turn is not None and each.recipient_id is not None]
        if not asking:
            return {}
        return {person: stored.turn for person, stored in (await work.progress.load(asking)).items()}

    def _take_claimed(self, letter: Claimed, turns: dict[int, int]) -> None:
        try:
            kind = Kind(letter.kind)
            errand = Errand.from_bytes(letter.letter)
            fallback = None if letter.fallback is None else Errand.from_bytes(letter.fallback)
        except ValueError as error:
            log.error("letter.unreadable", id=letter.id, error=type(error).__name__)
            self._book(Settlement(id=letter.id, state="failed", attempts=letter.attempts, reason="unreadable"), None)
            return
        if letter.recipient_id is not None and letter.recipient_id in turns:
            self._newest_turn[letter.recipient_id] = turns[letter.recipient_id]
        if letter.edits_id is not None:
            if letter.edits_message_id is None and errand.takes_back:
                self._put_off(letter, self._clock.now() + _LOOK_AGAIN)
                return
            if letter.edits_message_id is None:
                self._book(
                    Settlement(
                        id=letter.id, state="superseded", attempts=letter.attempts, reason="nothing to edit yet"
                    ),
                    None,
                )
                return
            errand = replace(errand, edits=letter.edits_message_id)
        item = _Item(
            id=letter.id,
            chat=letter.chat_id,
            kind=kind,
            stream=letter.stream,
            errand=errand,
            recipient_id=letter.recipient_id,
            about_id=letter.about_id,
            house_id=letter.house_id,
            purpose=letter.purpose,
            fallback=fallback,
            attempts=letter.attempts,
            doubted=letter.reason == _DOUBTED,
            turn=letter.turn,
            expires_at=letter.expires_at,
        )
        if letter.stopped and kind in _WITHHELD_WHEN_STOPPED and letter.purpose != NOTICE:
            self._end(item, GiveUp(State.WITHHELD, "stopped"))
            return
        self._hold(item)

    def _put_off(self, letter: Claimed, until: datetime) -> None:
        """What it waits for has not arrived yet; its own expiry ends the waiting."""
        if self._next_due is None or until < self._next_due:
            self._next_due = until
        self._book(
            Settlement(id=letter.id, state="waiting", attempts=letter.attempts, not_before=until, reason=None), None
        )

    def _hold(self, item: _Item) -> None:
        if not self._held:
            self._last_settled = self._clock.pace()
        self._held[item.id] = item
        if item.turn is not None and item.recipient_id is not None:
            newest = self._newest_turn.get(item.recipient_id, 0)
            self._newest_turn[item.recipient_id] = max(newest, item.turn)
        self._queue.push(item)

    # one letter

    async def _deliver(self, item: _Item) -> None:
        try:
            now = self._clock.now()
            newest = None if item.recipient_id is None else self._newest_turn.get(item.recipient_id)
            unwanted = still_wanted(item.attempt, now=now, asks_in_turn=item.turn, newest_turn=newest)
            if unwanted is not None:
                self._end(item, unwanted)
                return
            try:
                if not await self._still_theirs(item):
                    self._end(item, GiveUp(State.WITHHELD, "left"))
                    return
                agreed = await self._as_agreed(item)
            except StorageProblem:
                self._end(item, decide(item.attempt, NotSent("the database is away"), now=now))
                return
            if agreed is None:
                self._end(item, GiveUp(State.WITHHELD, "no longer agreed to"))
                return
            item = agreed
            outcome = await self._carry(item)
            if isinstance(outcome, Wait):
                self._throttle.close(item.chat, outcome.seconds, self._clock.pace())
            self._end(item, decide(item.attempt, outcome, now=self._clock.now()))
        except asyncio.CancelledError:
            self._end(item, decide(item.attempt, Unsure("stopped while sending"), now=self._clock.now()))
            raise
        except Exception as error:  # noqa: BLE001 - a poisonous letter costs only itself, and is set aside
            log.error("letter.poisonous", id=item.id, kind=item.kind.value, error=type(error).__name__)
            self._end(item, GiveUp(State.FAILED, type(error).__name__))
        finally:
            self._queue.release(item.chat)

    async def _still_theirs(self, item: _Item) -> bool:
        """What is for the people of a house goes to nobody who has left it since it was written."""
        for_the_house = item.house_id is not None and item.kind in _FOR_THE_HOUSE
        if item.recipient_id is None or not (for_the_house or item.kind is Kind.PROMPT):
            return True
        return await self._belongs(item.recipient_id, item.house_id)

    async def _as_agreed(self, item: _Item) -> _Item | None:
        """The letter, or the one without what the person it is about no longer agrees to; None if there is none."""
        if item.about_id is None or item.about_id == item.recipient_id:
            return item
        if await self._agrees(item.about_id, item.purpose):
            return item
        return None if item.fallback is None else replace(item, errand=item.fallback, purpose="")

    async def _carry(self, item: _Item) -> Outcome:
        letter, edits = shortened(item.errand.letter), item.errand.edits
        if item.errand.takes_back:
            return await self._carrier.take_back(item.chat, item.errand.takes_back)
        if item.errand.commands:
            return await self._carrier.set_commands(item.errand.commands, chat_id=item.chat)
        if edits is not None and item.errand.buttons_only:
            return await self._carrier.edit_markup(item.chat, edits)
        if edits is not None:
            outcome = await self._carrier.edit(item.chat, edits, letter)
            gone = isinstance(outcome, Refused) and outcome.reason is Reason.NOTHING_TO_EDIT
            # An answer whose place is gone is still an answer; a status nobody can see any more is not.
            if not (gone and item.kind is not Kind.EDIT):
                return outcome
        picture = await self._draw(letter.picture) if letter.picture is not None else None
        if letter.document is not None:
            content = await self._make(letter.document)
            made = Media(kind="document", content=content, filename=letter.document.filename)
            letter = replace(letter, document=None, media=(*letter.media, made))
        return await self._carrier.send(item.chat, letter, picture=picture)

    def _end(self, item: _Item, decision: Decision) -> None:
        attempts = item.attempts + 1
        match decision:
            case Done(message_id=message_id):
                settlement = Settlement(id=item.id, state="sent", attempts=attempts, message_id=message_id)
                self._book(settlement, _settled(item, State.SENT, None))
            case RetryAt() | Redirect(retry=RetryAt()):
                retry = decision.retry if isinstance(decision, Redirect) else decision
                settlement = Settlement(
                    id=item.id,
                    state="waiting",
                    attempts=retry.attempts,
                    not_before=retry.when,
                    reason=_DOUBTED if retry.doubted else None,
                )
                if self._next_due is None or retry.when < self._next_due:
                    self._next_due = retry.when
                self._book(settlement, None)
            case GiveUp(state=state, reason=reason):
                if state in {State.FAILED, State.REFUSED}:
                    log.warning("letter.given_up", kind=item.kind.value, state=state.value, reason=reason)
                settlement = Settlement(id=item.id, state=state.value, attempts=attempts, reason=reason)
                self._book(settlement, _settled(item, state, reason))

    # the books

    def _book(self, settlement: Settlement, ended: Settled | None) -> None:
        self._settlements.append((settlement, ended))
        self._settled.set()

    async def _keep_books(self) -> None:
        while True:
            await self._settled.wait()
            await self._write_books()

    async def _write_books(self) -> None:
        self._settled.clear()
        page, self._settlements = self._settlements, []
        if not page:
            return
        try:
            async with self._database.write() as work:
                now = self._clock.now()
                await work.outbox.settle_many([settlement for settlement, _ in page], now)
                ended = [each for _, each in page if each is not None]
                if ended:
                    await self._settle(work, ended, now)
                await work.commit()
        except StorageProblem as problem:
            log.error("outbox.unwritable", problem=str(problem))
            self._settlements = [*page, *self._settlements]
            await asyncio.sleep(1)  # the database is away; what is known stays in memory until it is back
            self._settled.set()
            return
        except asyncio.CancelledError:
            self._settlements = [*page, *self._settlements]
            raise
        self._last_settled = self._clock.pace()
        for settlement, _ in page:
            self._held.pop(settlement.id, None)
        self._wake.set()

    async def _recover(self, *, everybody: bool) -> None:
        """Letters of a postman who is gone. On SQLite there is only one, so at first every claim is a dead one's."""
        while await self._recover_some(everybody=everybody) == _IN_MEMORY:
            pass

    async def _recover_some(self, *, everybody: bool) -> int:
        now = self._clock.now()
        async with self._database.write() as work:
            horizon = now + timedelta(days=36500) if everybody else now
            lapsed = await work.outbox.expired_leases(horizon, self.owner, now + LEASE, _IN_MEMORY)
            await work.commit()
        for letter in lapsed:
            if letter.id in self._held:
                continue
            attempt = Try(
                kind=Kind(letter.kind),
                attempts=letter.attempts + 1,
                expires_at=letter.expires_at,
                doubted=letter.reason == _DOUBTED,
            )
            item = _Item(
                id=letter.id,
                chat=letter.chat_id,
                kind=Kind(letter.kind),
                stream=letter.stream,
                errand=Errand(letter=Letter(text="-")),
                recipient_id=letter.recipient_id,
                attempts=letter.attempts,
            )
            self._end(item, after_crash(attempt, now=now))
        await self._write_books()
        return len(lapsed)

    async def _put_back(self) -> None:
        """What was claimed and not begun waits again, for whoever comes next."""
        await self._write_books()
        now = self._clock.now()
        for item in self._held.values():
            settlement = Settlement(
                id=item.id,
                state="waiting",
                attempts=item.attempts,
                not_before=now,
                reason=_DOUBTED if item.doubted else None,
            )
            self._settlements.append((settlement, None))
        await self._write_books()


def _settled(item: _Item, state: State, reason: str | None) -> Settled:
    return Settled(
        id=item.id,
        kind=item.kind,
        recipient_id=item.recipient_id,
        state=state,
        reason=reason,
        about_id=item.about_id,
        purpose=item.purpose,
    )
