"""Practices: one time somebody did a skill."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from storage.models.practices import PracticeRow
from storage.repositories.base import Repository
from storage.sealing import DataKey
from storage.statements import AnyRow
from storage.types import Moment, one_of, table_of

_ANSWERS = "practices.answers"

_practices = table_of(PracticeRow)

_ADD = insert(_practices)
_OF = (
    select(_practices)
    .where(_practices.c.person_id == bindparam("person"))
    .order_by(_practices.c.finished_at, _practices.c.id)
)
_OF_MANY = (
    select(_practices)
    .where(
        one_of(_practices.c.person_id, "ids"),
        _practices.c.finished_at >= bindparam("since", type_=Moment()),
    )
    .order_by(_practices.c.finished_at, _practices.c.id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Practice:
    """One practice of one skill; `answers` is JSON, the ratings before and after among them."""

    id: int
    person_id: int
    skill: str
    started_at: datetime
    finished_at: datetime
    answers: bytes


class Practices(Repository):
    """Practices, sealed by the key of who did them."""

    async def add(self, practice: Practice) -> None:
        """A practice. Raises Forgotten."""
        key = await self._keys.one(practice.person_id)
        row = {
            "id": practice.id,
            "person_id": practice.person_id,
            "skill": practice.skill,
            "started_at": practice.started_at,
            "finished_at": practice.finished_at,
            "answers_sealed": key.seal(_ANSWERS, practice.id, practice.answers),
        }
        await self._many(_ADD, [row])

    async def of(self, person_id: int) -> list[Practice]:
        """A person's practices, oldest first. Raises Forgotten."""
        key = await self._keys.one(person_id)
        return [_opened(row, key) for row in await self._all(_OF, {"person": person_id})]

    async def of_many(self, person_ids: Iterable[int], since: datetime) -> list[Practice]:
        """Several people's practices since a moment, oldest first; who was forgotten is left out."""
        keys = await self._keys.of(person_ids)
        rows = await self._all(_OF_MANY, {"ids": sorted(keys), "since": since})
        return [_opened(row, keys[row.person_id]) for row in rows]


def _opened(row: AnyRow, key: DataKey) -> Practice:
    return Practice(
        id=row.id,
        person_id=row.person_id,
        skill=row.skill,
        started_at=row.started_at,
        finished_at=row.finished_at,
        answers=key.open(_ANSWERS, row.id, row.answers_sealed),
    )
