"""Check-ins: how people said they were."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select

from storage.models.checkins import CheckinRow
from storage.repositories.base import Repository
from storage.types import Moment, table_of

_ANSWERS = "checkins.answers"

_checkins = table_of(CheckinRow)

_ADD = insert(_checkins)
_OF = (
    select(_checkins)
    .where(
        _checkins.c.person_id == bindparam("person"),
        _checkins.c.at >= bindparam("since", type_=Moment()),
    )
    .order_by(_checkins.c.at, _checkins.c.id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkin:
    """One check-in; `day` is the date where the person lives, `answers` JSON."""

    id: int
    person_id: int
    day: date
    at: datetime
    answers: bytes


class Checkins(Repository):
    """Check-ins, sealed by the key of who gave them."""

    async def add(self, checkin: Checkin) -> None:
        """A check-in. Raises Forgotten."""
        key = await self._keys.one(checkin.person_id)
        row = {
            "id": checkin.id,
            "person_id": checkin.person_id,
            "day": checkin.day,
            "at": checkin.at,
            "answers_sealed": key.seal(_ANSWERS, checkin.id, checkin.answers),
        }
        await self._many(_ADD, [row])

    async def of(self, person_id: int, since: datetime) -> list[Checkin]:
        """A person's check-ins since a moment, oldest first. Raises Forgotten."""
        key = await self._keys.one(person_id)
        return [
            Checkin(
                id=row.id,
                person_id=row.person_id,
                day=row.day,
                at=row.at,
                answers=key.open(_ANSWERS, row.id, row.answers_sealed),
            )
            for row in await self._all(_OF, {"person": person_id, "since": since})
        ]
