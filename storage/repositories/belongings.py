"""Everything that is kept of one person, read from every table that names them.

Nothing is listed here: the walk goes by what the columns themselves say (`person=` in `storage/models`), so that a
new table is told as soon as it is there. A test holds that every column that could name a person says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Column, Select, Table, bindparam, select

from storage.models import metadata
from storage.repositories.base import Repository
from storage.sealing import DataKey
from storage.statements import AnyRow

Told: TypeAlias = Mapping[str, object]
"""One row: column and value; what was sealed stands opened, as bytes."""

_SEALED = "_sealed"
_SEALED_BY = "sealed_by"
_UNTOLD = ("_hash", "wrapped", "lookup_key", "lease_owner", "lease_until")
"""Endings of columns that tell nothing but how a row is found, locked or claimed."""

AnyColumn: TypeAlias = Column[Any]  # Any: a column of any type


class Belongings(Repository):
    """What one person may take with them."""

    async def of(self, person_id: int) -> dict[str, list[Told]]:
        """Every row that is theirs, that they wrote, or in which they have a part, by table.

        Of a row in which they only have a part, others' numbers and words are left out. Raises Forgotten.
        """
        told: dict[str, list[Told]] = {}
        for table in metadata.sorted_tables:
            rows: dict[str, Told] = {}
            for column in _naming(table):
                whole = column.info["person"] in {"theirs", "wrote"}
                for row in await self._all(_named(table, column), {"person": person_id}):
                    rows.setdefault(_address(table, row), await self._tell(table, row, whole=whole))
            for statement in _belonging_to_theirs(table):
                for row in await self._all(statement, {"person": person_id}):
                    rows.setdefault(_address(table, row), await self._tell(table, row, whole=False))
            if rows:
                told[str(table.name)] = list(rows.values())  # a plain str, not one that knows how to quote itself
        return told

    async def _tell(self, table: Table, row: AnyRow, *, whole: bool) -> Told:
        values = row._mapping
        told: dict[str, object] = {}
        for column in table.columns:
            name = str(column.name)
            if name.endswith(_UNTOLD) or column.info["person"] is not None:
                continue
            if not name.endswith(_SEALED):
                told[name] = values[name]
            elif whole:
                told[name.removesuffix(_SEALED)] = await self._opened(table, row, column)
        return told

    async def _opened(self, table: Table, row: AnyRow, column: AnyColumn) -> bytes | None:
        sealed = row._mapping[column.name]
        if sealed is None:
            return None
        [key_column] = table.primary_key.columns
        key = await self._key_of(table, row)
        label = f"{table.name}.{column.name.removesuffix(_SEALED)}"
        return key.open(label, row._mapping[key_column.name], sealed)

    async def _key_of(self, table: Table, row: AnyRow) -> DataKey:
        """Whoever the row says, else the house for what was written to it, else the person themselves."""
        if _SEALED_BY in table.columns:
            return await self._keys.one(row._mapping[_SEALED_BY])
        wrote = any(column.info["person"] == "wrote" for column in table.columns)
        owner = "house_id" if wrote else next(each.name for each in table.columns if each.info["person"] == "theirs")
        return await self._keys.one(row._mapping[owner])


def _naming(table: Table) -> Iterator[AnyColumn]:
    """The columns that name whom a row is told to; what is theirs comes before what they have a part in."""
    found = [column for column in table.columns if column.info["person"] in {"theirs", "wrote", "part"}]
    yield from sorted(found, key=lambda column: ("theirs", "wrote", "part").index(column.info["person"]))


def _named(table: Table, column: AnyColumn) -> Select[Any]:
    return select(table).where(column == bindparam("person")).order_by(*table.primary_key.columns)


def _belonging_to_theirs(table: Table) -> Sequence[Select[Any]]:
    """Rows under a row of theirs: what happened to their call, say."""
    statements = []
    for column in table.columns:
        for foreign in column.foreign_keys:
            above = foreign.column.table
            if above.name == "people":
                continue
            for owner in above.columns:
                if owner.info["person"] == "theirs":
                    theirs = select(foreign.column).where(owner == bindparam("person"))
                    statements.append(select(table).where(column.in_(theirs)).order_by(*table.primary_key.columns))
    return statements


def _address(table: Table, row: AnyRow) -> str:
    return "/".join(str(row._mapping[column.name]) for column in table.primary_key.columns)
