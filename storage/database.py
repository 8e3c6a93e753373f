"""The database: opened once, then units of work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from types import TracebackType
from typing import Self

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage import migrate
from storage.engines import check_file, make_engine, name_of, parse_url
from storage.key_cache import KeyCache
from storage.problems import StorageProblem, problem_of
from storage.sealing import Keyring, Lookup
from storage.unit_of_work import UnitOfWork

_SQLITE_READERS = 4


class Database:
    """One SQLite file or PostgreSQL database, and the keys that open what is sealed in it.

    On SQLite there is one writer at a time, so writers of this process wait for each other here and not in
    the database; readers never wait. `synchronous` is SQLite's: only a test has a reason to loosen it.
    """

    def __init__(self, url: str, keyring: Keyring, *, synchronous: str = "FULL") -> None:
        self.url = url
        self._address = parse_url(url)
        self._keyring = keyring
        self._synchronous = synchronous
        self._cache = KeyCache()
        self._lookup: Lookup | None = None
        self._writer: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None
        self._turn = asyncio.Lock() if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file."""
        return self._address.get_backend_name() == "sqlite"

    @property
    def name(self) -> str:
        """The database as people know it, without a password."""
        return name_of(self._address)

    async def open(self) -> None:
        """Connect, make the tables of an empty database, check the keys. Raises StorageProblem."""
        check_file(self._address)
        state = await migrate.check(self.url)
        if state is migrate.SchemaState.EMPTY:
            await migrate.upgrade(self.url)
        elif state is migrate.SchemaState.TOO_OLD:
            raise StorageProblem(f"The tables in {self.name} are older than this Hearth; run: hearth db upgrade")
        elif state is migrate.SchemaState.TOO_NEW:
            raise StorageProblem(
                f"The tables in {self.name} are newer than this Hearth; install the newer Hearth that made them."
            )
        if self.is_sqlite:
            self._writer = make_engine(self._address, synchronous=self._synchronous, connections=1)
            self._reader = make_engine(self._address, connections=_SQLITE_READERS, read_only=True)
        else:
            self._writer = self._reader = make_engine(self._address)
        try:
            try:
                await self._prepare()
            except IntegrityError:
                await self._prepare()  # another process was making the first keys; now they are there
        except BaseException:
            await self.close()
            raise

    async def _prepare(self) -> None:
        async with self.write() as work:
            self._lookup = await work.keys.prepare()
            await work.commit()

    async def close(self) -> None:
        """Let go of every connection."""
        engines = {engine for engine in (self._writer, self._reader) if engine is not None}
        self._writer = self._reader = None
        for engine in engines:
            await engine.dispose()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work that rolls back unless committed. Raises StorageProblem when the database fails."""
        async with self._turn or nullcontext(), self._unit(self._writer) as work:
            yield work

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        """A unit of work for looking only: one unchanging view on SQLite, each query's own on PostgreSQL."""
        async with self._unit(self._reader) as work:
            yield work

    @asynccontextmanager
    async def _unit(self, engine: AsyncEngine | None) -> AsyncIterator[UnitOfWork]:
        if engine is None:
            raise StorageProblem(f"The database {self.name} is not open.")
        try:
            async with engine.connect() as connection:
                yield self._work(connection)
        except (DBAPIError, OSError) as error:
            problem = problem_of(error, self.name)
            if problem is None:
                raise
            raise problem from error

    def _work(self, connection: AsyncConnection) -> UnitOfWork:
        return UnitOfWork(connection, self._keyring, self._cache, self._lookup)
