"""Whether the people who answer calls can be reached: away, quiet hours, and test calls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.availability import AvailabilityRow, TestCallRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, one_of, table_of

_availability = table_of(AvailabilityRow)
_calls = table_of(TestCallRow)

_OF = select(_availability).where(one_of(_availability.c.person_id, "ids"))
_insert = insert(_availability)
_SET_AWAY = _insert.on_conflict_do_update(
    index_elements=["person_id"], set_={"away_until": _insert.excluded.away_until}
)
_SET_QUIET = _insert.on_conflict_do_update(
    index_elements=["person_id"],
    set_={name: _insert.excluded[name] for name in ("quiet_from", "quiet_until")},
)
_ADD_CALLS = insert(_calls)
_CALL = select(_calls).where(_calls.c.id == bindparam("call"))
_LATEST = select(_calls).where(
    _calls.c.id.in_(
        select(func.max(_calls.c.id)).where(one_of(_calls.c.person_id, "ids")).group_by(_calls.c.person_id)
    )
)
_SENT = (
    update(_calls)
    .where(_calls.c.id == bindparam("call"), _calls.c.sent_at.is_(None))
    .values(sent_at=bindparam("now", type_=Moment()))
)
_ANSWERED = (
    update(_calls)
    .where(_calls.c.id == bindparam("call"), _calls.c.answered_at.is_(None))
    .values(answered_at=bindparam("now", type_=Moment()))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Availability:
    """Away until a moment; quiet from one local time to another, in minutes after midnight."""

    person_id: int
    away_until: datetime | None = None
    quiet_from: int | None = None
    quiet_until: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TestCall:
    """A call that is only a test: planned, sent, and answered by a tap that shows it rang."""

    __test__ = False  # pytest: not a test, though it is called one

    id: int
    person_id: int
    house_id: int
    planned_at: datetime
    sent_at: datetime | None = None
    answered_at: datetime | None = None


class Availabilities(Repository):
    """What people said about when they can be reached. Who said nothing can be, at any time."""

    async def of(self, person_ids: Iterable[int]) -> dict[int, Availability]:
        """What these people said, by person; who said nothing is missing."""
        rows = await self._all(_OF, {"ids": sorted(set(person_ids))})
        return {row.person_id: Availability(**row._mapping) for row in rows}

    async def set_away(self, person_id: int, until: datetime | None) -> None:
        """They are away until then; None: they are back."""
        await self._many(_SET_AWAY, [{"person_id": person_id, "away_until": until}])

    async def set_quiet(self, person_id: int, hours: tuple[int, int] | None) -> None:
        """Their quiet hours, from and until in minutes after midnight; None: they have none."""
        quiet_from, quiet_until = hours or (None, None)
        row = {"person_id": person_id, "quiet_from": quiet_from, "quiet_until": quiet_until}
        await self._many(_SET_QUIET, [row])

    async def plan_calls(self, calls: Sequence[TestCall]) -> None:
        """Test calls to be made."""
        await self._many(_ADD_CALLS, [values_of(call) for call in calls])

    async def call(self, call_id: int) -> TestCall | None:
        """One test call."""
        row = await self._first(_CALL, {"call": call_id})
        return None if row is None else TestCall(**row._mapping)

    async def latest_calls(self, person_ids: Iterable[int]) -> dict[int, TestCall]:
        """The last test call of each of these people; who never had one is missing."""
        rows = await self._all(_LATEST, {"ids": sorted(set(person_ids))})
        return {row.person_id: TestCall(**row._mapping) for row in rows}

    async def mark_sent(self, call_id: int, now: datetime) -> bool:
        """It is on its way; False when it was before."""
        return await self._count(_SENT, {"call": call_id, "now": now}) == 1

    async def answer(self, call_id: int, now: datetime) -> bool:
        """They tapped; False when they had before."""
        return await self._count(_ANSWERED, {"call": call_id, "now": now}) == 1
