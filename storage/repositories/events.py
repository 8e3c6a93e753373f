"""What is on in a house: every week on some days, or once."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, delete, insert, select

from storage.models.events import EventRow
from storage.repositories.base import Repository, values_of
from storage.types import LocalDate, table_of

_WORDS = "events.words"

_events = table_of(EventRow)

_OF_HOUSE = select(_events).where(_events.c.house_id == bindparam("house")).order_by(_events.c.added_at, _events.c.id)
_ADD = insert(_events)
_REMOVE = delete(_events).where(_events.c.id == bindparam("row"), _events.c.house_id == bindparam("house"))
_PRUNE = delete(_events).where(_events.c.day < bindparam("before", type_=LocalDate()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """What is on, as staff wrote it: on these `days` of every week (bit 0 is Monday), or on one `day` (then 0).

    `minutes` past midnight at the house; None has no fixed time.
    """

    id: int
    house_id: int
    words: str
    days: int
    day: date | None
    minutes: int | None
    added_at: datetime


class Events(Repository):
    """What is on in houses, sealed by each one's key."""

    async def add(self, event: Event) -> None:
        """One more. Raises Forgotten when the house is."""
        row = values_of(event)
        key = await self._keys.one(event.house_id)
        row["words_sealed"] = key.seal(_WORDS, event.id, row.pop("words"))
        await self._many(_ADD, [row])

    async def of_house(self, house_id: int) -> list[Event]:
        """All of a house's, oldest first. Raises Forgotten when it has some and its key is gone."""
        rows = await self._all(_OF_HOUSE, {"house": house_id})
        if not rows:
            return []
        key = await self._keys.one(house_id)
        return [
            Event(
                id=row.id,
                house_id=row.house_id,
                words=key.open_text(_WORDS, row.id, row.words_sealed),
                days=row.days,
                day=row.day,
                minutes=row.minutes,
                added_at=row.added_at,
            )
            for row in rows
        ]

    async def remove(self, event_id: int, house_id: int) -> bool:
        """Takes one away; False when the house has no such line (any more)."""
        return await self._count(_REMOVE, {"row": event_id, "house": house_id}) == 1

    async def prune(self, before: date) -> None:
        """What was on once, on an earlier day than that, goes."""
        await self._count(_PRUNE, {"before": before})
