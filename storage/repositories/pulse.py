"""The house pulse: counts that nobody stands behind, and who took part in which month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.pulse import PulsePartRow, PulseTalkRow, PulseTallyRow
from storage.repositories.base import Repository, values_of
from storage.types import LocalDate, table_of

_tallies, _parts, _talks = table_of(PulseTallyRow), table_of(PulsePartRow), table_of(PulseTalkRow)

_ALL_CELLS = insert(_tallies).on_conflict_do_nothing(index_elements=["house_id", "month", "side", "item", "value"])
_COUNT = (
    update(_tallies)
    .where(
        _tallies.c.house_id == bindparam("house"),
        _tallies.c.month == bindparam("in_month", type_=LocalDate()),
        _tallies.c.side == bindparam("of_side"),
        _tallies.c.item == bindparam("of_item"),
        _tallies.c.value == bindparam("of_value"),
    )
    .values(count=_tallies.c.count + 1)
)
_BEFORE = (
    select(_tallies)
    .where(_tallies.c.house_id == bindparam("house"), _tallies.c.month < bindparam("month", type_=LocalDate()))
    .order_by(_tallies.c.month, _tallies.c.side, _tallies.c.item, _tallies.c.value)
)
_PART = insert(_parts).on_conflict_do_nothing(index_elements=["person_id", "house_id", "month"])
_TOOK_PART = select(_parts.c.month).where(
    _parts.c.person_id == bindparam("person"),
    _parts.c.house_id == bindparam("house"),
    _parts.c.month == bindparam("in_month", type_=LocalDate()),
)
_TALK = insert(_talks).on_conflict_do_nothing(index_elements=["house_id", "month"])
_TALK_OF = select(_talks).where(
    _talks.c.house_id == bindparam("house"), _talks.c.month == bindparam("in_month", type_=LocalDate())
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Talk:
    """When a house talked about the question of a pulse that ended with a month (its first day): about which item."""

    house_id: int
    month: date
    item: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How often a value was counted for an item in a month (its first day), among people or staff of a house."""

    house_id: int
    month: date
    side: str
    item: str
    value: int
    count: int


class Pulses(Repository):
    """Counts by house; nothing in them leads to anybody."""

    async def count(self, cells: Sequence[Tally], chosen: Mapping[str, int]) -> None:
        """Counts one answer to each item. `cells` are all there can be this month: they come into being together,
        so that no order of theirs says who answered what first."""
        await self._many(_ALL_CELLS, [values_of(cell) for cell in cells])
        one = cells[0]
        await self._many(
            _COUNT,
            [
                {
                    "house": one.house_id,
                    "in_month": one.month,
                    "of_side": one.side,
                    "of_item": item,
                    "of_value": value,
                }
                for item, value in chosen.items()
            ],
        )

    async def before(self, house_id: int, month: date) -> list[Tally]:
        """Everything counted in a house in the months before one."""
        return [Tally(**row._mapping) for row in await self._all(_BEFORE, {"house": house_id, "month": month})]

    async def take_part(self, person_id: int, house_id: int, month: date) -> bool:
        """Somebody takes part; False when they did already."""
        return await self._count(_PART, {"person_id": person_id, "house_id": house_id, "month": month}) == 1

    async def took_part(self, person_id: int, house_id: int, month: date) -> bool:
        """Whether somebody took part in a month."""
        values = {"person": person_id, "house": house_id, "in_month": month}
        return await self._first(_TOOK_PART, values) is not None

    async def talked(self, talk: Talk) -> bool:
        """The house has talked about it; False when that is known already."""
        return await self._count(_TALK, values_of(talk)) == 1

    async def talk_of(self, house_id: int, month: date) -> Talk | None:
        """When it did; None while it has not."""
        row = await self._first(_TALK_OF, {"house": house_id, "in_month": month})
        return None if row is None else Talk(**row._mapping)
