"""Dialogs that a house wrote itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, delete, func, insert, select, update

from storage.models.own_dialogs import OwnDialogRow
from storage.repositories.base import Repository, values_of
from storage.statements import AnyRow
from storage.types import Moment, one_of, table_of

OwnState: TypeAlias = Literal["sent", "read", "tried", "on", "off"]
"""`sent` waits to be read; `read` can be tried out; `tried` was; `on` is what people have; `off` they had."""

_CONTENT = "own_dialogs.content"

_own = table_of(OwnDialogRow)

_LISTED = [column for column in _own.c if column.name != "content_sealed"]
_IN_HOUSES = (
    select(*_LISTED)
    .where(one_of(_own.c.house_id, "houses"), _own.c.state != "sent")
    .order_by(_own.c.name, _own.c.version)
)
_CONTENTS = select(_own.c.id, _own.c.house_id, _own.c.content_sealed).where(one_of(_own.c.id, "ids"))
_ONE = select(*_LISTED).where(_own.c.id == bindparam("row"))
_SENT = select(*_LISTED).where(_own.c.state == "sent").order_by(_own.c.changed_at).limit(bindparam("most"))
_COUNT = select(func.count()).where(_own.c.house_id == bindparam("house"))
_NEWEST = select(func.max(_own.c.version)).where(
    _own.c.house_id == bindparam("house"), _own.c.name == bindparam("called")
)
_ADD = insert(_own)
_NOW = bindparam("now", type_=Moment())
_READ = (
    update(_own)
    .where(_own.c.id == bindparam("row"), _own.c.state == "sent")
    .values(
        name=bindparam("called"),
        version=bindparam("number"),
        state="read",
        content_sealed=bindparam("sealed"),
        changed_at=_NOW,
    )
)
_SWITCH = (
    update(_own)
    .where(
        _own.c.id == bindparam("row"), _own.c.house_id == bindparam("house"), one_of(_own.c.state, "before", of=str)
    )
    .values(state=bindparam("after"), changed_at=_NOW)
)
_OTHERS_OFF = (
    update(_own)
    .where(
        _own.c.house_id == bindparam("house"),
        _own.c.name == bindparam("called"),
        _own.c.id != bindparam("row"),
        _own.c.state == "on",
    )
    .values(state="off", changed_at=_NOW)
)
_REMOVE = delete(_own).where(
    _own.c.id == bindparam("row"), _own.c.house_id == bindparam("house"), _own.c.state != "on"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnDialog:
    """One version of a dialog of a house, without what it says."""

    id: int
    house_id: int
    author_id: int | None
    name: str
    version: int
    state: OwnState
    changed_at: datetime


class OwnDialogs(Repository):
    """What houses wrote themselves, version by version, sealed by the house's key."""

    async def add(self, dialog: OwnDialog, content: bytes) -> None:
        """One more. Raises Forgotten when the house is."""
        key = await self._keys.one(dialog.house_id)
        await self._many(_ADD, [{**values_of(dialog), "content_sealed": key.seal(_CONTENT, dialog.id, content)}])

    async def of(self, houses: Collection[int]) -> Sequence[OwnDialog]:
        """Every version these houses have that was read, by name, the oldest first."""
        return [_listed(row) for row in await self._all(_IN_HOUSES, {"houses": sorted(houses)})]

    async def get(self, row: int) -> OwnDialog | None:
        """One of them."""
        found = await self._first(_ONE, {"row": row})
        return None if found is None else _listed(found)

    async def contents(self, rows: Collection[int]) -> Mapping[int, bytes]:
        """What these hold. Raises Forgotten when the key of their house is gone."""
        opened = {}
        for row in await self._all(_CONTENTS, {"ids": sorted(rows)}):
            key = await self._keys.one(row.house_id)
            opened[row.id] = key.open(_CONTENT, row.id, row.content_sealed)
        return opened

    async def waiting(self, most: int) -> Sequence[OwnDialog]:
        """Those that wait to be read, the oldest first."""
        return [_listed(row) for row in await self._all(_SENT, {"most": most})]

    async def count(self, house_id: int) -> int:
        """How many versions a house has, those among them that wait."""
        found = await self._first(_COUNT, {"house": house_id})
        return int(found[0]) if found is not None else 0

    async def next_version(self, house_id: int, name: str) -> int:
        """The number of the next version of this dialog."""
        found = await self._first(_NEWEST, {"house": house_id, "called": name})
        return 1 + (found[0] or 0 if found is not None else 0)

    async def read(self, dialog: OwnDialog, *, name: str, version: int, content: bytes, now: datetime) -> bool:
        """What was sent was read, and this is what it holds; False when it waits no more."""
        sealed = (await self._keys.one(dialog.house_id)).seal(_CONTENT, dialog.id, content)
        changes = {"row": dialog.id, "called": name, "number": version, "sealed": sealed, "now": now}
        return await self._count(_READ, changes) == 1

    async def switch(
        self, row: int, house_id: int, *, before: Collection[OwnState], after: OwnState, now: datetime
    ) -> bool:
        """Changes its state, if it is one of those before; False when it is not."""
        changes = {"row": row, "house": house_id, "before": sorted(before), "after": after, "now": now}
        return await self._count(_SWITCH, changes) == 1

    async def others_off(self, dialog: OwnDialog, now: datetime) -> None:
        """Of one name, only one version is on."""
        await self._count(
            _OTHERS_OFF, {"house": dialog.house_id, "called": dialog.name, "row": dialog.id, "now": now}
        )

    async def remove(self, row: int, house_id: int) -> bool:
        """Throws one away that is not on; False when it is, or is gone."""
        return await self._count(_REMOVE, {"row": row, "house": house_id}) == 1


def _listed(row: AnyRow) -> OwnDialog:
    return OwnDialog(**row._mapping)
