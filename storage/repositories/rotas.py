"""Who is on call in a house, turn by turn, and who stands in for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias, cast

from sqlalchemy import bindparam, delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.houses import HouseRow
from storage.models.rotas import RotaPersonRow, RotaRow, StandInRow
from storage.models.timers import TimerRow
from storage.repositories.base import Repository, values_of
from storage.statements import AnyRow
from storage.types import Moment, table_of

StandInState: TypeAlias = Literal["asked", "agreed", "declined", "expired"]

_rotas = table_of(RotaRow)
_people = table_of(RotaPersonRow)
_stand_ins = table_of(StandInRow)
_houses = table_of(HouseRow)
_timers = table_of(TimerRow)

_GET = select(_rotas).where(_rotas.c.house_id == bindparam("house"))
_PEOPLE = select(_people.c.person_id).where(_people.c.house_id == bindparam("house")).order_by(_people.c.place)
_insert = insert(_rotas)
_SET = _insert.on_conflict_do_update(
    index_elements=["house_id"],
    set_={name: _insert.excluded[name] for name in ("days", "handover", "starts_on", "set_at")},
)
_ADD_PEOPLE = insert(_people)
_REMOVE_PEOPLE = delete(_people).where(_people.c.house_id == bindparam("house"))
_REMOVE = delete(_rotas).where(_rotas.c.house_id == bindparam("house"))
_STAND_INS = (
    select(_stand_ins)
    .where(_stand_ins.c.house_id == bindparam("house"), _stand_ins.c.ends_at > bindparam("since", type_=Moment()))
    .order_by(_stand_ins.c.made_at, _stand_ins.c.id)
)
_STAND_IN = select(_stand_ins).where(_stand_ins.c.id == bindparam("stand_in"))
_ADD_STAND_IN = insert(_stand_ins)
_MOVE_STAND_IN = (
    update(_stand_ins)
    .where(_stand_ins.c.id == bindparam("stand_in"), _stand_ins.c.state == bindparam("was"))
    .values(state=bindparam("new_state"), made_at=bindparam("now", type_=Moment()))
)
_UNWATCHED = (
    select(_houses.c.id)
    .where(~exists().where(_timers.c.subject_id == _houses.c.id, _timers.c.kind == bindparam("wanted")))
    .order_by(_houses.c.id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rota:
    """Turns of `days` days, by `people` in order, from a local date on.

    Handed over at `handover` minutes after midnight where the house stands.
    """

    house_id: int
    days: int
    handover: int
    starts_on: date
    set_at: datetime
    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StandIn:
    """`person_id` in the place of `instead_of` (None: of whoever it is, or of nobody).

    `made_at` is when it got its state; of two that agree, the later one counts.
    """

    id: int
    house_id: int
    person_id: int
    instead_of: int | None
    starts_at: datetime
    ends_at: datetime
    state: StandInState
    made_at: datetime


class Rotas(Repository):
    """One rota a house, or none; and everybody who stands in."""

    async def get(self, house_id: int) -> Rota | None:
        """A house's rota."""
        row = await self._first(_GET, {"house": house_id})
        if row is None:
            return None
        people = await self._all(_PEOPLE, {"house": house_id})
        return Rota(**row._mapping, people=tuple(each.person_id for each in people))

    async def set(self, rota: Rota, row_ids: Iterable[int]) -> None:
        """A house's rota from now on; `row_ids` are fresh ids, one for each of its people."""
        values = values_of(rota)
        people = values.pop("people")
        await self._many(_SET, [values])
        await self._count(_REMOVE_PEOPLE, {"house": rota.house_id})
        places = zip(row_ids, enumerate(people), strict=True)
        await self._many(
            _ADD_PEOPLE,
            [
                {"id": row_id, "house_id": rota.house_id, "place": place, "person_id": person}
                for row_id, (place, person) in places
            ],
        )

    async def remove(self, house_id: int) -> None:
        """No rota any more."""
        await self._count(_REMOVE_PEOPLE, {"house": house_id})
        await self._count(_REMOVE, {"house": house_id})

    async def stand_ins_of(self, house_id: int, since: datetime) -> list[StandIn]:
        """A house's stand-ins that end after a moment, in the order in which they came to be."""
        return [_stand_in(row) for row in await self._all(_STAND_INS, {"house": house_id, "since": since})]

    async def stand_in(self, row: int) -> StandIn | None:
        """One of them by id."""
        found = await self._first(_STAND_IN, {"stand_in": row})
        return None if found is None else _stand_in(found)

    async def add_stand_in(self, stand_in: StandIn) -> None:
        """Somebody stands in, or is asked to."""
        await self._many(_ADD_STAND_IN, [values_of(stand_in)])

    async def move_stand_in(self, row: int, state: StandInState, now: datetime, *, was: StandInState) -> bool:
        """What became of it; False when it no longer stands as it was."""
        values = {"stand_in": row, "was": was, "new_state": state, "now": now}
        return await self._count(_MOVE_STAND_IN, values) == 1

    async def unwatched(self, timer: str) -> list[int]:
        """The houses for which no timer of this kind is set."""
        return [row.id for row in await self._all(_UNWATCHED, {"wanted": timer})]


def _stand_in(row: AnyRow) -> StandIn:
    values = dict(row._mapping)
    state = cast(StandInState, values.pop("state"))
    return StandIn(**values, state=state)
