"""Messages that two people of a call passed to each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from storage.models.relay import RelayedRow
from storage.repositories.base import Repository, values_of
from storage.types import Big, Moment, one_of, table_of

_relayed = table_of(RelayedRow)

_ADD = insert(_relayed)
_STANDING = (_relayed.c.person_id == bindparam("person"), _relayed.c.taken_back_at.is_(None))
_LAST = select(func.max(_relayed.c.at)).where(_relayed.c.alert_id == bindparam("alert"), *_STANDING)
_NEWEST = (
    select(_relayed)
    .where(_relayed.c.alert_id == bindparam("alert"), *_STANDING, _relayed.c.at == _LAST.scalar_subquery())
    .order_by(_relayed.c.id)
)
_OF_MESSAGE = (
    select(_relayed)
    .where(*_STANDING, _relayed.c.message_id == bindparam("message", type_=Big()))
    .order_by(_relayed.c.id)
)
_BY_ID = select(_relayed).where(_relayed.c.id == bindparam("line"))
_BY_LETTERS = select(_relayed).where(one_of(_relayed.c.outbox_id, "ids")).order_by(_relayed.c.id)
_TAKE_BACK = (
    update(_relayed)
    .where(one_of(_relayed.c.id, "ids"), _relayed.c.taken_back_at.is_(None))
    .values(taken_back_at=bindparam("now", type_=Moment()))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Relayed:
    """A letter (`outbox_id`) that passes a message of `person_id` on to `reader_id`.

    `message_id` is the writer's own message, `medium` what the letter bears; the letters of one message share `at`.
    """

    id: int
    alert_id: int
    person_id: int
    reader_id: int
    outbox_id: int
    medium: str
    at: datetime
    message_id: int | None = None
    taken_back_at: datetime | None = None


class Relay(Repository):
    """Which letter passes on which message."""

    async def add_many(self, lines: Sequence[Relayed]) -> None:
        """Note that a message was passed on."""
        await self._many(_ADD, [values_of(line) for line in lines])

    async def newest(self, alert_id: int, person_id: int) -> list[Relayed]:
        """The letters of a person's last message in a call that was not taken back."""
        return [Relayed(**row._mapping) for row in await self._all(_NEWEST, {"alert": alert_id, "person": person_id})]

    async def of_message(self, person_id: int, message_id: int) -> list[Relayed]:
        """The letters that pass on a person's own message, unless it was taken back."""
        values = {"person": person_id, "message": message_id}
        return [Relayed(**row._mapping) for row in await self._all(_OF_MESSAGE, values)]

    async def get(self, line_id: int) -> Relayed | None:
        """One line by id."""
        row = await self._first(_BY_ID, {"line": line_id})
        return None if row is None else Relayed(**row._mapping)

    async def by_letters(self, letter_ids: Sequence[int]) -> list[Relayed]:
        """What these letters passed on; those that passed on nothing are missing."""
        return [Relayed(**row._mapping) for row in await self._all(_BY_LETTERS, {"ids": sorted(letter_ids)})]

    async def take_back(self, line_ids: Sequence[int], now: datetime) -> bool:
        """The writer takes them back; False when they had already."""
        return await self._count(_TAKE_BACK, {"ids": sorted(line_ids), "now": now}) > 0
