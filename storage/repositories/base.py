"""What every repository stands on."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from sqlalchemy import Executable

from storage.repositories.keys import Keys
from storage.statements import AnyRow, Statements

Parameters: TypeAlias = Mapping[str, Any]  # Any: a column's value


class _Slotted(Protocol):
    __slots__: tuple[str, ...]


def values_of(item: _Slotted) -> dict[str, Any]:
    """A slotted dataclass as a row, field by field. (Any: a column's value.)"""
    return {name: getattr(item, name) for name in item.__slots__}


class Repository:
    """Core statements; they are made once, at import, and compiled once."""

    def __init__(self, statements: Statements, keys: Keys) -> None:
        self._statements = statements
        self._keys = keys

    async def _all(self, statement: Executable, parameters: Parameters) -> Sequence[AnyRow]:
        """Every row."""
        return await self._statements.all(statement, parameters)

    async def _first(self, statement: Executable, parameters: Parameters) -> AnyRow | None:
        """The first row, or None."""
        return next(iter(await self._statements.all(statement, parameters)), None)

    async def _many(self, statement: Executable, parameters: Sequence[Parameters]) -> None:
        """The statement once for each set of parameters; nothing when there are none."""
        if parameters:
            await self._statements.execute(statement, parameters)

    async def _count(self, statement: Executable, parameters: Parameters) -> int:
        """How many rows the statement changed."""
        return (await self._statements.execute(statement, parameters)).rowcount
