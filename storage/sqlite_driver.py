"""SQLite close at hand: most statements run right here, and only what may wait goes to the connection's thread.

aiosqlite makes four trips to its thread for every statement: a cursor, the statement, its rows, the cursor's end.
Ours take some ten microseconds each, a trip takes five times as long. So a statement runs where it is asked for;
what waits for the disk (PRAGMA, COMMIT) or for somebody else's lock (a BEGIN that was refused), or has many rows,
goes to the thread, in one trip.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Final, Self

import aiosqlite

# Any throughout: a column's value, or what the driver says of columns.
Rows = list[tuple[Any, ...]]

_BEGIN: Final = "BEGIN"
_MAY_WAIT: Final = "PRAGMA"
_MANY: Final = 256
"""From so many sets of parameters on, a statement could be felt by whoever else waits for the event loop."""


class Cursor:
    """What SQLAlchemy's adapter asks of a cursor; it is filled when the statement has run."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: Rows = []
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Nothing has to be opened."""
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> Self:
        """Run the statement, and bring every row along."""
        connection = self._connection
        if statement.startswith(_BEGIN):
            return self._keep(await connection.begin(statement))
        if statement.startswith(_MAY_WAIT):
            return self._keep(await connection.on_thread(_execute, statement, parameters))
        return self._keep(_execute(connection.sqlite, statement, parameters))

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> Self:
        """Run the statement once for each set of parameters."""
        connection = self._connection
        if len(parameters) >= _MANY:
            return self._keep(await connection.on_thread(_execute_many, statement, parameters))
        return self._keep(_execute_many(connection.sqlite, statement, parameters))

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
    """A connection used by one coroutine at a time, here or on its thread, and never in both at once.

    `patience` is how long to wait for a lock, in seconds.
    """

    def __init__(self, path: str, *, patience: float) -> None:
        super().__init__(lambda: sqlite3.connect(path, timeout=patience, check_same_thread=False), iter_chunk_size=64)
        self._patience = f"PRAGMA busy_timeout = {int(patience * 1000)}"
        self._away = False
        """Whether the thread may have something in hand. Somebody cancelled leaves it there, unwaited for."""

    @property
    def sqlite(self) -> sqlite3.Connection:
        """The driver's own connection. Raises ValueError once it is closed."""
        return self._conn

    async def on_thread(self, work: Callable[..., Any], *arguments: Any) -> Any:
        """Do it on the connection's thread."""
        self._away = True
        try:
            # aiosqlite leaves this one untyped.
            done = await self._execute(work, self._conn, *arguments)  # type: ignore[no-untyped-call]
        except asyncio.CancelledError:
            raise  # the thread is still at it: what is asked next has to line up behind it
        except BaseException:
            self._away = False
            raise
        self._away = False
        return done

    async def begin(self, statement: str) -> "tuple[sqlite3.Cursor, Rows]":
        """Begin here if the lock is free, as it is but for a moment of another process; else wait on the thread."""
        if not self._away:
            self.sqlite.execute("PRAGMA busy_timeout = 0")
            try:
                return _execute(self.sqlite, statement, ())
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
            finally:
                self.sqlite.execute(self._patience)
        begun: tuple[sqlite3.Cursor, Rows] = await self.on_thread(_execute, statement, ())
        return begun

    async def commit(self) -> None:
        """Waits for the disk, on the thread."""
        await self.on_thread(sqlite3.Connection.commit)

    async def rollback(self) -> None:
        """Here: a log is only forgotten. SQLAlchemy also asks for it after each commit, when it is nothing at all."""
        if self._away:
            await self.on_thread(sqlite3.Connection.rollback)
        else:
            self.sqlite.rollback()

    def cursor(self) -> Cursor:  # type: ignore[override]  # SQLAlchemy wants no more of it than this
        """A cursor, with nothing asked of anybody yet."""
        return Cursor(self)


def connector(path: str, *, timeout: float) -> Callable[[], Connection]:
    """Makes connections to a file; `timeout` is how long to wait for a lock, in seconds."""

    def connect() -> Connection:
        connection = Connection(path, patience=timeout)
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
