"""Results: what people answered to the check-ins that come more seldom."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select

from storage.models.results import ResultRow
from storage.repositories.base import Repository
from storage.types import Moment, table_of

_ANSWERS = "results.answers"

_results = table_of(ResultRow)

_ADD = insert(_results)
_OF = (
    select(_results)
    .where(
        _results.c.person_id == bindparam("person"),
        _results.c.at >= bindparam("since", type_=Moment()),
    )
    .order_by(_results.c.at, _results.c.id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One time an instrument was answered; `day` is the date where the person lives, `answers` JSON."""

    id: int
    person_id: int
    instrument: str
    day: date
    at: datetime
    answers: bytes


class Results(Repository):
    """Results, sealed by the key of who gave them."""

    async def add(self, result: Result) -> None:
        """A result. Raises Forgotten."""
        key = await self._keys.one(result.person_id)
        row = {
            "id": result.id,
            "person_id": result.person_id,
            "instrument": result.instrument,
            "day": result.day,
            "at": result.at,
            "answers_sealed": key.seal(_ANSWERS, result.id, result.answers),
        }
        await self._many(_ADD, [row])

    async def of(self, person_id: int, since: datetime) -> list[Result]:
        """A person's results since a moment, oldest first. Raises Forgotten."""
        key = await self._keys.one(person_id)
        return [
            Result(
                id=row.id,
                person_id=row.person_id,
                instrument=row.instrument,
                day=row.day,
                at=row.at,
                answers=key.open(_ANSWERS, row.id, row.answers_sealed),
            )
            for row in await self._all(_OF, {"person": person_id, "since": since})
        ]
