"""The statements of one unit of work, in order, over one connection."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import CursorResult, Executable, Row, SelectBase
from sqlalchemy.ext.asyncio import AsyncConnection

_FEW: Final = 50
"""Rows of one answer that are kept in mind at most; longer ones are for those who ask once."""

AnyRow = Row[*tuple[Any, ...]]  # Any: columns of any type


class Statements:
    """Runs statements. What was read is not asked again until something is written: it could not have changed.

    The facts of one turn, and the turns of one batch, ask for the same things: the house's switches, somebody's
    practices. On PostgreSQL a repeated look could show what others committed meanwhile; one turn seeing one state of
    things is what SQLite has always given, and changes are guarded by their conditions on both.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._read: dict[tuple[Executable, object], Sequence[AnyRow]] = {}

    async def execute(
        self,
        statement: Executable,
        parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,  # Any: a column's value
    ) -> CursorResult[Any]:
        """Runs a statement, whatever it does."""
        if not isinstance(statement, SelectBase):
            self._read.clear()
        return await self._connection.execute(statement, parameters)

    async def all(self, statement: Executable, parameters: Mapping[str, Any]) -> Sequence[AnyRow]:
        """Every row that a statement brings. (Any: a column's value.)"""
        if not isinstance(statement, SelectBase):
            return (await self.execute(statement, parameters)).all()
        key = statement, _frozen(parameters)
        rows = self._read.get(key)
        if rows is None:
            rows = (await self._connection.execute(statement, parameters)).all()
            if len(rows) <= _FEW:
                self._read[key] = rows
        return rows

    async def commit(self) -> None:
        """Make it so."""
        self._read.clear()
        await self._connection.commit()


def _frozen(parameters: Mapping[str, Any]) -> object:
    return tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in parameters.items())
