"""SQLite's thread, visited once a statement.

aiosqlite makes a cursor, runs the statement, fetches its rows and closes the cursor in four trips to the thread
that owns the connection, and each trip costs more than a statement of ours does. Here they are one.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import aiosqlite

# Any throughout: a column's value, or what the driver says of columns.
Rows = list[tuple[Any, ...]]


class Cursor:
    """What SQLAlchemy's adapter asks of a cursor: it is filled by one trip, and read without another."""

    def __init__(self, run: Callable[..., Any]) -> None:
        self._run = run
        self._rows: Rows = []
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Nothing has to be opened."""
        return self

    async def execute(self, statement: str, parameters: Iterable[Any] = ()) -> Self:
        """Run the statement, and bring every row along."""
        return self._keep(await self._run(_execute, statement, parameters))

    async def executemany(self, statement: str, parameters: Iterable[Iterable[Any]]) -> Self:
        """Run the statement once for each set of parameters."""
        return self._keep(await self._run(_execute_many, statement, parameters))

    async def fetchall(self) -> Rows:
        """The rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is left open."""

    def _keep(self, done: tuple[sqlite3.Cursor, Rows]) -> Self:
        cursor, self._rows = done
        self.description, self.rowcount, self.lastrowid = cursor.description, cursor.rowcount, cursor.lastrowid
        return self


class Connection(aiosqlite.Connection):
    """A connection whose cursors make one trip a statement."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy wants no more of it than this
        """A cursor, with nothing asked of the thread yet."""

        def on_thread(work: Callable[..., Any], *arguments: Any) -> Any:
            # aiosqlite leaves this one untyped.
            return self._execute(work, self._conn, *arguments)  # type: ignore[no-untyped-call]

        return Cursor(on_thread)


def connector(path: str, *, timeout: float) -> Callable[[], Connection]:
    """Makes connections to a file; `timeout` is how long to wait for a lock, in seconds."""

    def connect() -> Connection:
        connection = Connection(lambda: sqlite3.connect(path, timeout=timeout), iter_chunk_size=64)
        connection._thread.daemon = True  # a thread that hangs on a dead disk must not keep the process alive
        return connection

    return connect


def _execute(
    connection: sqlite3.Connection, statement: str, parameters: Sequence[Any]
) -> tuple[sqlite3.Cursor, Rows]:
    cursor = connection.execute(statement, parameters)
    rows = cursor.fetchall()
    cursor.close()
    return cursor, rows


def _execute_many(
    connection: sqlite3.Connection, statement: str, parameters: Sequence[Sequence[Any]]
) -> tuple[sqlite3.Cursor, Rows]:
    cursor = connection.executemany(statement, parameters)
    cursor.close()
    return cursor, []
