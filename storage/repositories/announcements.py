"""Messages from staff to many."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import bindparam, insert, select, update

from storage.models.announcements import AnnouncementRow
from storage.repositories.base import AnyRow, Repository, values_of
from storage.types import Moment, table_of

_LETTER = "announcements.letter"

_announcements = table_of(AnnouncementRow)

_ALL = select(_announcements).order_by(_announcements.c.created_at, _announcements.c.id)
_BY_ID = _ALL.where(_announcements.c.id == bindparam("announcement"))
_OF_HOUSE = _ALL.where(
    _announcements.c.house_id == bindparam("house"),
    _announcements.c.created_at >= bindparam("since", type_=Moment()),
)
_IN_STATE = _ALL.where(_announcements.c.state == bindparam("wanted"))
_ADD = insert(_announcements)
_MOVE = update(_announcements).where(
    _announcements.c.id == bindparam("announcement"), _announcements.c.state == bindparam("expected_state")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """A letter from `author_id` to a house; sent to nobody before it is confirmed."""

    id: int
    house_id: int
    author_id: int
    letter: bytes
    state: str
    created_at: datetime
    urgent: bool = False
    confirmed_at: datetime | None = None
    finished_at: datetime | None = None
    status_outbox_id: int | None = None


class AnnouncementChanges(TypedDict, total=False):
    """What a move may change."""

    state: str
    confirmed_at: datetime | None
    finished_at: datetime | None
    status_outbox_id: int | None


class Announcements(Repository):
    """Announcements, sealed by their house's key."""

    async def add(self, announcement: Announcement) -> None:
        """A new announcement. Raises Forgotten when the house is."""
        row = values_of(announcement)
        key = await self._keys.one(announcement.house_id)
        row["letter_sealed"] = key.seal(_LETTER, announcement.id, row.pop("letter"))
        await self._many(_ADD, [row])

    async def get(self, announcement_id: int) -> Announcement | None:
        """The announcement with this id."""
        found = await self._open(await self._all(_BY_ID, {"announcement": announcement_id}))
        return found[0] if found else None

    async def of_house(self, house_id: int, since: datetime) -> list[Announcement]:
        """A house's announcements since a moment, oldest first."""
        return await self._open(await self._all(_OF_HOUSE, {"house": house_id, "since": since}))

    async def in_state(self, state: str) -> list[Announcement]:
        """Every house's announcements in a state, oldest first: for the sweep, which shows them to nobody."""
        return await self._open(await self._all(_IN_STATE, {"wanted": state}))

    async def move(self, announcement_id: int, expected_state: str, **changes: Unpack[AnnouncementChanges]) -> bool:
        """Change an announcement; False when it is not in the expected state any more."""
        values = {"announcement": announcement_id, "expected_state": expected_state}
        return await self._count(_MOVE.values(**changes), values) == 1

    async def _open(self, rows: Sequence[AnyRow]) -> list[Announcement]:
        keys = await self._keys.all_of(row.house_id for row in rows)
        announcements = []
        for row in rows:
            values = dict(row._mapping)
            letter = keys[row.house_id].open(_LETTER, row.id, values.pop("letter_sealed"))
            announcements.append(Announcement(**values, letter=letter))
        return announcements
