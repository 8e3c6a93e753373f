"""Messages from staff to many: in the making, on their way, and said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.models.announcements import AnnouncementRow, AnnouncingRow
from storage.repositories.base import Repository, values_of
from storage.statements import AnyRow
from storage.types import Moment, one_of, table_of

_LETTER = "announcements.letter"

_announcements = table_of(AnnouncementRow)
_announcing = table_of(AnnouncingRow)

_ALL = select(_announcements).order_by(_announcements.c.created_at, _announcements.c.id)
_BY_ID = _ALL.where(_announcements.c.id == bindparam("announcement"))
_OF_HOUSE = _ALL.where(
    _announcements.c.house_id == bindparam("house"),
    _announcements.c.created_at >= bindparam("since", type_=Moment()),
)
_IN_STATES = _ALL.where(
    _announcements.c.house_id == bindparam("house"), one_of(_announcements.c.state, "states", str)
)
_IN_STATE = _ALL.where(_announcements.c.state == bindparam("wanted"))
_SENT_BY = (
    select(_announcements.c.urgent, func.count().label("made"))
    .where(
        _announcements.c.author_id == bindparam("author"),
        _announcements.c.confirmed_at > bindparam("since", type_=Moment()),
    )
    .group_by(_announcements.c.urgent)
)
_ADD = insert(_announcements)
_REMOVE = delete(_announcements).where(
    _announcements.c.id == bindparam("announcement"), _announcements.c.state == bindparam("expected_state")
)
_MOVE = (
    update(_announcements)
    .where(_announcements.c.id == bindparam("announcement"), _announcements.c.revision == bindparam("was"))
    .values(revision=_announcements.c.revision + 1)
)
_RULES = select(_announcing).where(_announcing.c.house_id == bindparam("house"))
_insert = upsert(_announcing)
_SET_RULES = _insert.on_conflict_do_update(
    index_elements=["house_id"],
    set_={name: _insert.excluded[name] for name in ("who", "second_yes", "quiet_from", "quiet_until")},
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """A message from `author_id`, of a house.

    `letter` is its versions by language, `audience` whom it is for (both JSON); `planned_for` a local time at each
    house (`2027-03-04T18:00`), `repeats` how it comes again, `lasts_minutes` for how long it is worth sending once
    its time has come. `revision` rises with every change: who acts on an older one finds a conflict.
    """

    id: int
    house_id: int
    author_id: int
    letter: bytes
    state: str
    created_at: datetime
    urgent: bool = False
    audience: str = "{}"
    asks: str = "nothing"
    planned_for: str | None = None
    repeats: str = "never"
    lasts_minutes: int = 1440
    revision: int = 0
    confirmed_at: datetime | None = None
    finished_at: datetime | None = None


class AnnouncementChanges(TypedDict, total=False):
    """What a move may change."""

    letter: bytes
    author_id: int
    state: str
    urgent: bool
    audience: str
    asks: str
    planned_for: str | None
    repeats: str
    lasts_minutes: int
    confirmed_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcing:
    """Who may announce to a house (`staff`, `officers`, `mentors`: each with those before it), whether that takes a
    second person's yes, and from when until when, in minutes past midnight there, it sleeps.
    """

    house_id: int
    who: str = "staff"
    second_yes: bool = True
    quiet_from: int = 22 * 60
    quiet_until: int = 7 * 60


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

    async def of_house_in(self, house_id: int, states: Iterable[str]) -> list[Announcement]:
        """A house's announcements in some states, oldest first."""
        return await self._open(await self._all(_IN_STATES, {"house": house_id, "states": sorted(states)}))

    async def in_state(self, state: str) -> list[Announcement]:
        """Every house's announcements in a state, oldest first: for the sweep, which shows them to nobody."""
        return await self._open(await self._all(_IN_STATE, {"wanted": state}))

    async def sent_by(self, author_id: int, since: datetime) -> tuple[int, int]:
        """How many somebody has sent since a moment: the usual ones, and the urgent."""
        found = {row.urgent: row.made for row in await self._all(_SENT_BY, {"author": author_id, "since": since})}
        return found.get(False, 0), found.get(True, 0)

    async def move(self, announcement: Announcement, **changes: Unpack[AnnouncementChanges]) -> bool:
        """Change an announcement as it was read; False when somebody else changed it since."""
        values: dict[str, object] = dict(changes)
        letter = changes.get("letter")
        if letter is not None:
            key = await self._keys.one(announcement.house_id)
            del values["letter"]
            values["letter_sealed"] = key.seal(_LETTER, announcement.id, letter)
        where = {"announcement": announcement.id, "was": announcement.revision}
        return await self._count(_MOVE.values(values), where) == 1

    async def remove(self, announcement_id: int, state: str) -> bool:
        """Throw away one that was never sent; False when it is not in that state any more."""
        return await self._count(_REMOVE, {"announcement": announcement_id, "expected_state": state}) == 1

    async def rules_of(self, house_id: int) -> Announcing:
        """Who may announce to a house, and when it sleeps."""
        row = await self._first(_RULES, {"house": house_id})
        return Announcing(house_id=house_id) if row is None else Announcing(**row._mapping)

    async def set_rules(self, rules: Announcing) -> None:
        """From now on it is so."""
        await self._many(_SET_RULES, [values_of(rules)])

    async def _open(self, rows: Sequence[AnyRow]) -> list[Announcement]:
        keys = await self._keys.all_of(row.house_id for row in rows)
        announcements = []
        for row in rows:
            values = dict(row._mapping)
            letter = keys[row.house_id].open(_LETTER, row.id, values.pop("letter_sealed"))
            announcements.append(Announcement(**values, letter=letter))
        return announcements
