"""Engines: how SQLite and PostgreSQL are opened, and the few ways in which they differ."""

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.problems import StorageProblem
from storage.sqlite_driver import connector

BUSY_SECONDS = 5
POSTGRES_CONNECTIONS = 10
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


def parse_url(text: str) -> URL:
    """The database's URL with our drivers. Raises StorageProblem when it names no database of ours."""
    try:
        url = make_url(text)
    except ArgumentError:
        raise StorageProblem(
            "HEARTH_DATABASE_URL is not a database URL; write it like sqlite+aiosqlite:///hearth.db"
        ) from None
    driver = _DRIVERS.get(url.get_backend_name())
    if driver is None:
        raise StorageProblem(
            f"HEARTH_DATABASE_URL names {url.get_backend_name()}; Hearth knows sqlite and postgresql."
        )
    if driver.startswith("sqlite") and url.database in {None, "", ":memory:"}:
        raise StorageProblem("HEARTH_DATABASE_URL names no file; write it like sqlite+aiosqlite:///hearth.db")
    return url.set(drivername=driver)


def name_of(url: URL) -> str:
    """The database as people know it: the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.render_as_string(hide_password=True)


def check_file(url: URL) -> None:
    """Raises StorageProblem when a SQLite file can't be made or written where the URL says."""
    if url.get_backend_name() != "sqlite":
        return
    path = Path(str(url.database)).resolve()
    if not path.parent.is_dir():
        raise StorageProblem(f"The folder {path.parent} does not exist; make it, or change HEARTH_DATABASE_URL.")
    if path.exists() and not path.is_file():
        raise StorageProblem(f"{path} is not a file; change HEARTH_DATABASE_URL.")
    # SQLite writes beside the file, too: its log, and what other processes share.
    for needed in (path.parent, path):
        if needed.exists() and not os.access(needed, os.W_OK):
            raise StorageProblem(f"{needed} can't be written to; make it yours, or change HEARTH_DATABASE_URL.")


def make_engine(
    url: URL,
    *,
    synchronous: str = "FULL",
    connections: int = POSTGRES_CONNECTIONS,
    read_only: bool = False,
    foreign_keys: bool = True,
) -> AsyncEngine:
    """An engine with at most `connections`; nothing is opened yet.

    On SQLite a writer's transaction takes the write lock as it begins, so that what it has read can't change
    under it, and a reader's can't write. An error never quotes the values of its statement.
    """
    if url.get_backend_name() != "sqlite":
        return create_async_engine(url, pool_size=connections, max_overflow=0, hide_parameters=True)
    # Never a pooled `:memory:`; the pool waits instead of overflowing.
    connect = connector(str(url.database), timeout=BUSY_SECONDS)
    engine = create_async_engine(
        url, pool_size=connections, max_overflow=0, hide_parameters=True, async_creator=connect
    )
    pragmas = [
        "PRAGMA journal_mode = WAL",
        f"PRAGMA synchronous = {synchronous}",
        f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "PRAGMA cache_size = -16000",  # 16 MB a connection
    ]
    if read_only:
        pragmas.append("PRAGMA query_only = ON")
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # Any: the driver's connection
        connection.isolation_level = None  # we begin transactions ourselves
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
