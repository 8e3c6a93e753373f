"""The postman's books: what became of letters, written down many at a time, in one transaction with what follows."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.delivery.items import Settled
from storage.database import Database
from storage.problems import StorageProblem
from storage.repositories.letters import Settlement
from storage.unit_of_work import UnitOfWork

Settle = Callable[[UnitOfWork, Sequence[Settled], datetime], Awaitable[None]]
"""Told, in the same transaction, how letters ended."""

log = structlog.get_logger(__name__)


class Books:
    """Entries gather while a page is being written; `written` is told the ids of each page."""

    def __init__(
        self, *, database: Database, clock: Clock, settle: Settle, written: Callable[[Sequence[int]], None]
    ) -> None:
        self._database = database
        self._clock = clock
        self._settle = settle
        self._written = written
        self._entries: list[tuple[Settlement, Settled | None]] = []
        self._entered = asyncio.Event()

    def __len__(self) -> int:
        """How many entries are not written yet."""
        return len(self._entries)

    def enter(self, settlement: Settlement, ended: Settled | None = None) -> None:
        """How a letter stands now, and what became of it if this was the end."""
        self._entries.append((settlement, ended))
        self._entered.set()

    @asynccontextmanager
    async def kept(self) -> AsyncIterator[None]:
        """Pages are written as they fill, while this is entered."""
        task = asyncio.create_task(self._keep(), name="postman's books")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _keep(self) -> None:
        while True:
            await self._entered.wait()
            await self.write()

    async def write(self) -> None:
        """Writes what there is. While the database is away it stays in memory, and is tried again."""
        self._entered.clear()
        page, self._entries = self._entries, []
        if not page:
            return
        try:
            async with self._database.write() as work:
                await self.write_in(work, page)
                await work.commit()
        except StorageProblem as problem:
            log.error("outbox.unwritable", problem=str(problem))
            self._entries = [*page, *self._entries]
            await asyncio.sleep(1)
            self._entered.set()
            return
        except asyncio.CancelledError:
            self._entries = [*page, *self._entries]
            raise
        self._written([settlement.id for settlement, _ in page])

    async def write_in(self, work: UnitOfWork, page: Sequence[tuple[Settlement, Settled | None]]) -> None:
        """One page, in a transaction that somebody else commits."""
        now = self._clock.now()
        await work.outbox.settle_many([settlement for settlement, _ in page], now)
        ended = [each for _, each in page if each is not None]
        if ended:
            await self._settle(work, ended, now)
