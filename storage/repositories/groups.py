"""Group chats that belong to a house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, cast

from sqlalchemy import bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.groups import GroupRow
from storage.repositories.base import Repository
from storage.statements import AnyRow
from storage.types import table_of

GroupPurpose: TypeAlias = Literal["mentors", "house"]

_LABEL = "group"
_CHAT = "groups.chat"
_TITLE = "groups.title"

_groups = table_of(GroupRow)

_ALL = select(_groups).order_by(_groups.c.id)
_BY_CHAT = _ALL.where(
    or_(
        _groups.c.chat_hash.in_(bindparam("hashes", expanding=True)),
        _groups.c.former_hash.in_(bindparam("hashes", expanding=True)),
    )
)
_OF_HOUSE = _ALL.where(_groups.c.house_id == bindparam("house"))
_ADD = insert(_groups).on_conflict_do_nothing(index_elements=["chat_hash"])
_MOVE = (
    update(_groups)
    .where(_groups.c.id == bindparam("group"))
    .values(chat_sealed=bindparam("new_chat"), chat_hash=bindparam("new_hash"), former_hash=bindparam("old_hash"))
)
_REMOVE = delete(_groups).where(_groups.c.id == bindparam("group"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A group chat of a house: `mentors` is where calls for help stand, `house` where the house speaks to all.

    `locale` is the language it is spoken to in.
    """

    id: int
    house_id: int
    purpose: GroupPurpose
    chat_id: int
    title: str
    locale: str
    linked_at: datetime
    linked_by: int | None = None


class Groups(Repository):
    """Linked groups; what names one is sealed by its house's key."""

    async def add(self, group: Group) -> bool:
        """A group is linked; False when it is linked already, to whichever house."""
        key = await self._keys.one(group.house_id)
        row = {
            "id": group.id,
            "house_id": group.house_id,
            "purpose": group.purpose,
            "chat_hash": self._keys.lookup.hash(_LABEL, str(group.chat_id)),
            "former_hash": None,
            "chat_sealed": key.seal(_CHAT, group.id, str(group.chat_id)),
            "title_sealed": key.seal(_TITLE, group.id, group.title),
            "locale": group.locale,
            "linked_by": group.linked_by,
            "linked_at": group.linked_at,
        }
        return await self._count(_ADD, row) == 1

    async def by_chat(self, chat_id: int) -> Group | None:
        """The group behind a chat, by the id it has or the one it had before it was upgraded."""
        hashes = self._keys.lookup.hashes(_LABEL, str(chat_id))
        found = await self._open(await self._all(_BY_CHAT, {"hashes": hashes}))
        return found[0] if found else None

    async def of_house(self, house_id: int, purpose: GroupPurpose | None = None) -> list[Group]:
        """The groups of a house, of one purpose if it is named, oldest first."""
        found = await self._open(await self._all(_OF_HOUSE, {"house": house_id}))
        return [group for group in found if purpose in {None, group.purpose}]

    async def move(self, group: Group, chat_id: int) -> None:
        """It was upgraded, and has another id from now on."""
        key, lookup = await self._keys.one(group.house_id), self._keys.lookup
        values = {
            "group": group.id,
            "new_chat": key.seal(_CHAT, group.id, str(chat_id)),
            "new_hash": lookup.hash(_LABEL, str(chat_id)),
            "old_hash": lookup.hash(_LABEL, str(group.chat_id)),
        }
        await self._count(_MOVE, values)

    async def remove(self, group_id: int) -> None:
        """It is linked no more."""
        await self._count(_REMOVE, {"group": group_id})

    async def _open(self, rows: Sequence[AnyRow]) -> list[Group]:
        keys = await self._keys.all_of({row.house_id for row in rows}) if rows else {}
        return [
            Group(
                id=row.id,
                house_id=row.house_id,
                purpose=cast(GroupPurpose, row.purpose),
                chat_id=int(keys[row.house_id].open(_CHAT, row.id, row.chat_sealed)),
                title=keys[row.house_id].open_text(_TITLE, row.id, row.title_sealed),
                locale=row.locale,
                linked_at=row.linked_at,
                linked_by=row.linked_by,
            )
            for row in rows
        ]
