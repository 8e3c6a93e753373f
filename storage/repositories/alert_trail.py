"""Whom an alert asked, what they answered, and what else happened to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from storage.models.alert_trail import AlertAskRow, AlertEventRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, one_of, table_of

_asks = table_of(AlertAskRow)
_events = table_of(AlertEventRow)

_ADD = insert(_asks).on_conflict_do_nothing(index_elements=["alert_id", "person_id", "step"]).returning(_asks.c.id)
_OF = select(_asks).where(one_of(_asks.c.alert_id, "ids")).order_by(_asks.c.asked_at, _asks.c.id)
_ANSWER = (
    update(_asks)
    .where(_asks.c.alert_id == bindparam("alert"), _asks.c.person_id == bindparam("person"))
    .values(answer=bindparam("new_answer"), answered_at=bindparam("now", type_=Moment()))
)
_LINK = (
    update(_asks)
    .where(_asks.c.alert_id == bindparam("alert"), _asks.c.person_id == bindparam("person"))
    .values(outbox_id=bindparam("letter"), reached=None)
)
_REACHED = (
    update(_asks)
    .where(one_of(_asks.c.outbox_id, "ids"), _asks.c.reached.is_(None))
    .values(
        reached=bindparam("how"),
        # The first time counts: who is asked again had it on their phone before.
        reached_at=func.coalesce(_asks.c.reached_at, bindparam("now", type_=Moment())),
    )
    .returning(_asks.c.alert_id)
)
_LOAD = (
    select(_asks.c.person_id, func.count(_asks.c.alert_id.distinct()).label("alerts"))
    .where(one_of(_asks.c.person_id, "ids"), _asks.c.asked_at >= bindparam("since", type_=Moment()))
    .group_by(_asks.c.person_id)
)
_ADD_EVENT = plain_insert(_events)
_EVENTS = select(_events).where(_events.c.alert_id == bindparam("alert")).order_by(_events.c.at, _events.c.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """One responder asked at one step of an alert.

    `outbox_id` is the newest letter that asks them, `reached` whether it has come to their phone: yes, no (it can't),
    or None while nobody knows. `reached_at` is when that was first known.
    """

    id: int
    alert_id: int
    person_id: int
    step: int
    asked_at: datetime
    outbox_id: int | None = None
    reached: str | None = None
    reached_at: datetime | None = None
    answer: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertEvent:
    """Something that happened to an alert; `detail` is JSON and technical: numbers, no words of anybody's."""

    id: int
    alert_id: int
    at: datetime
    kind: str
    person_id: int | None = None
    detail: str = "{}"


class AlertTrail(Repository):
    """Asks and events. People who left stay in them as a number."""

    async def ask_many(self, asks: Sequence[Ask]) -> set[int]:
        """Note who is asked; the ids of the asks that are new, for each step reaches each responder once."""
        if not asks:
            return set()
        result = await self._statements.execute(_ADD, [values_of(ask) for ask in asks])
        return set(result.scalars())

    async def asks_of(self, alert_ids: Iterable[int]) -> list[Ask]:
        """Everyone these alerts asked, in order."""
        return [Ask(**row._mapping) for row in await self._all(_OF, {"ids": sorted(set(alert_ids))})]

    async def answer(self, alert_id: int, person_id: int, answer: str, now: datetime) -> bool:
        """What a responder answered; False when they were not asked."""
        values = {"alert": alert_id, "person": person_id, "new_answer": answer, "now": now}
        return await self._count(_ANSWER, values) > 0

    async def link(self, alert_id: int, letters: Mapping[int, int]) -> None:
        """Which letter asks whom, by person; whether this one comes is open again, when the first came is not."""
        rows = [{"alert": alert_id, "person": person, "letter": letter} for person, letter in sorted(letters.items())]
        await self._many(_LINK, rows)

    async def reached(self, letter_ids: Iterable[int], how: str, now: datetime) -> set[int]:
        """These letters came to a phone (yes), or never will (no); the alerts they were about."""
        rows = await self._all(_REACHED, {"ids": sorted(set(letter_ids)), "how": how, "now": now})
        return {row.alert_id for row in rows}

    async def load_of(self, person_ids: Iterable[int], since: datetime) -> dict[int, int]:
        """How many alerts asked each of these people since a moment; who was spared is missing."""
        rows = await self._all(_LOAD, {"ids": sorted(set(person_ids)), "since": since})
        return {row.person_id: row.alerts for row in rows}

    async def note_many(self, events: Sequence[AlertEvent]) -> None:
        """Add to what happened."""
        await self._many(_ADD_EVENT, [values_of(event) for event in events])

    async def events_of(self, alert_id: int) -> list[AlertEvent]:
        """What happened to an alert, in order."""
        return [AlertEvent(**row._mapping) for row in await self._all(_EVENTS, {"alert": alert_id})]
