"""People's own recurring times."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.schedules import ScheduleRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, table_of

_schedules = table_of(ScheduleRow)

_insert = insert(_schedules)
_SET = _insert.on_conflict_do_update(
    index_elements=["person_id", "kind"],
    set_={name: _insert.excluded[name] for name in ("local_minutes", "days", "weeks", "paused_until", "next_at")},
)
_DUE = (
    select(_schedules)
    .where(
        _schedules.c.next_at <= bindparam("now", type_=Moment()),
        _schedules.c.paused_until.is_(None) | (_schedules.c.paused_until <= bindparam("now", type_=Moment())),
    )
    .order_by(_schedules.c.next_at, _schedules.c.id)
    .limit(bindparam("limit"))
)
_RESCHEDULE = (
    update(_schedules)
    .where(
        _schedules.c.id == bindparam("schedule"),
        _schedules.c.next_at == bindparam("expected", type_=Moment()),
    )
    .values(next_at=bindparam("new_next", type_=Moment()))
)
_OF = select(_schedules).where(_schedules.c.person_id == bindparam("person")).order_by(_schedules.c.kind)
_REMOVE = delete(_schedules).where(
    _schedules.c.person_id == bindparam("person"), _schedules.c.kind == bindparam("wanted")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """A person's own time for one kind of prompt.

    `local_minutes` after midnight where they live, on `days` (bit 0 is Monday … bit 6 Sunday) of every
    so many `weeks`; `next_at` is the next such moment. While `paused_until` lies ahead nothing is due.
    """

    id: int
    person_id: int
    kind: str
    local_minutes: int
    days: int
    next_at: datetime
    paused_until: datetime | None = None
    weeks: int = 1


class Schedules(Repository):
    """Recurring times, one a kind for each person."""

    async def set(self, schedule: Schedule) -> None:
        """Set a person's time for a kind; replaces the one before, which keeps its id."""
        await self._many(_SET, [values_of(schedule)])

    async def due(self, now: datetime, limit: int) -> list[Schedule]:
        """Times that have come, earliest first, without the paused."""
        return [Schedule(**row._mapping) for row in await self._all(_DUE, {"now": now, "limit": limit})]

    async def reschedule(self, schedule_id: int, next_at: datetime, expected: datetime) -> bool:
        """Move on to the next moment; False when it no longer was at the expected one: somebody else fired it."""
        values = {"schedule": schedule_id, "new_next": next_at, "expected": expected}
        return await self._count(_RESCHEDULE, values) == 1

    async def of(self, person_id: int) -> list[Schedule]:
        """A person's times, by kind."""
        return [Schedule(**row._mapping) for row in await self._all(_OF, {"person": person_id})]

    async def remove(self, person_id: int, kind: str) -> bool:
        """No more prompts of this kind; False when there was no such time."""
        return await self._count(_REMOVE, {"person": person_id, "wanted": kind}) == 1
