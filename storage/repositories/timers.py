"""What is to happen later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from storage.models.timers import TimerRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, one_of, table_of

_timers = table_of(TimerRow)

_ADD = insert(_timers)
_DUE = (
    select(_timers)
    .where(_timers.c.due_at <= bindparam("now", type_=Moment()))
    .order_by(_timers.c.due_at, _timers.c.id)
    .limit(bindparam("limit"))
)
_TAKE = delete(_timers).where(one_of(_timers.c.id, "ids")).returning(_timers.c.id)
_CANCEL = delete(_timers).where(_timers.c.subject_id == bindparam("subject"))
_CANCEL_KIND = _CANCEL.where(_timers.c.kind == bindparam("wanted"))
_OF = select(_timers).where(one_of(_timers.c.subject_id, "ids"))
_NEXT = select(_timers.c.due_at).order_by(_timers.c.due_at).limit(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Timer:
    """Something due for a subject (a person, an alert, an announcement).

    `fence` is the subject's turn or version when it was set: when that has moved on, the timer means nothing.
    `payload` is JSON and technical: no words and no names.
    """

    id: int
    kind: str
    subject_id: int
    fence: int
    due_at: datetime
    created_at: datetime
    payload: str = "{}"


class Timers(Repository):
    """Timers, each taken by one process, in the transaction that does what it was set for."""

    async def add_many(self, timers: Sequence[Timer]) -> None:
        """Set timers."""
        await self._many(_ADD, [values_of(timer) for timer in timers])

    async def due(self, now: datetime, limit: int) -> list[Timer]:
        """Timers whose moment has come, earliest first; they stay until taken."""
        return [Timer(**row._mapping) for row in await self._all(_DUE, {"now": now, "limit": limit})]

    async def take(self, ids: Iterable[int]) -> set[int]:
        """Delete timers; those that were still there, and so are ours to act on."""
        return {row.id for row in await self._all(_TAKE, {"ids": sorted(set(ids))})}

    async def cancel(self, subject_id: int, kind: str | None = None) -> int:
        """Delete a subject's timers, of one kind or all; how many."""
        if kind is None:
            return await self._count(_CANCEL, {"subject": subject_id})
        return await self._count(_CANCEL_KIND, {"subject": subject_id, "wanted": kind})

    async def of(self, subject_ids: Iterable[int]) -> list[Timer]:
        """Every timer of these subjects."""
        return [Timer(**row._mapping) for row in await self._all(_OF, {"ids": sorted(set(subject_ids))})]

    async def next_due_at(self) -> datetime | None:
        """When the next timer is due; None when none is set."""
        row = await self._first(_NEXT, {})
        return None if row is None else row.due_at
