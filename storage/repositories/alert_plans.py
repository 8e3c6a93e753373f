"""Whom calls for help ask, in which order: the house's plan, and what each person wishes for their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, cast

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.alert_plans import AlertPlanRow, AlertWishRow
from storage.repositories.base import Repository, values_of
from storage.statements import AnyRow
from storage.types import Moment, one_of, table_of

Wish: TypeAlias = Literal["first", "never"]
WishState: TypeAlias = Literal["asked", "agreed", "declined"]

_plans = table_of(AlertPlanRow)
_wishes = table_of(AlertWishRow)

_GET = select(_plans).where(_plans.c.house_id == bindparam("house"))
_insert = insert(_plans)
_SET = _insert.on_conflict_do_update(
    index_elements=["house_id"], set_={name: _insert.excluded[name] for name in ("steps", "repeats", "set_at")}
)
_REMOVE = delete(_plans).where(_plans.c.house_id == bindparam("house"))
_WISHES = select(_wishes).where(one_of(_wishes.c.person_id, "ids")).order_by(_wishes.c.made_at, _wishes.c.id)
_WISH = select(_wishes).where(_wishes.c.id == bindparam("wish_id"))
_ADD_WISH = insert(_wishes)
_MOVE_WISH = (
    update(_wishes)
    .where(_wishes.c.id == bindparam("wish_id"), _wishes.c.state == bindparam("was"))
    .values(state=bindparam("new_state"), made_at=bindparam("now", type_=Moment()))
)
_FORGET = delete(_wishes).where(_wishes.c.person_id == bindparam("person"), _wishes.c.other_id == bindparam("other"))


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertPlan:
    """A house's plan. `steps` is JSON: names of steps and minutes; `repeats`, how often it is gone through again."""

    house_id: int
    steps: str
    repeats: int
    set_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertWish:
    """`other_id` is to be asked first by `person_id`'s calls, once they agreed; or never, which asks nobody."""

    id: int
    person_id: int
    other_id: int
    wish: Wish
    state: WishState
    made_at: datetime


class AlertPlans(Repository):
    """One plan a house, or none; and at most one wish about each other person."""

    async def get(self, house_id: int) -> AlertPlan | None:
        """A house's own plan."""
        row = await self._first(_GET, {"house": house_id})
        return None if row is None else AlertPlan(**row._mapping)

    async def set(self, plan: AlertPlan) -> None:
        """The house's plan for calls that open from now on."""
        await self._many(_SET, [values_of(plan)])

    async def remove(self, house_id: int) -> None:
        """The house has no plan of its own any more."""
        await self._count(_REMOVE, {"house": house_id})

    async def wishes_of(self, person_ids: Iterable[int]) -> list[AlertWish]:
        """What these people wish, oldest first."""
        return [_wish(row) for row in await self._all(_WISHES, {"ids": sorted(set(person_ids))})]

    async def wish(self, wish_id: int) -> AlertWish | None:
        """One wish."""
        row = await self._first(_WISH, {"wish_id": wish_id})
        return None if row is None else _wish(row)

    async def set_wish(self, wish: AlertWish) -> None:
        """What a person wishes about another, in place of what they wished before."""
        await self.forget(wish.person_id, wish.other_id)
        await self._many(_ADD_WISH, [values_of(wish)])

    async def move_wish(self, wish_id: int, state: WishState, now: datetime, *, was: WishState) -> bool:
        """What the other said; False when it no longer stands as it was."""
        values = {"wish_id": wish_id, "was": was, "new_state": state, "now": now}
        return await self._count(_MOVE_WISH, values) == 1

    async def forget(self, person_id: int, other_id: int) -> bool:
        """The person wishes nothing about the other; False when they didn't."""
        return await self._count(_FORGET, {"person": person_id, "other": other_id}) == 1


def _wish(row: AnyRow) -> AlertWish:
    values = dict(row._mapping)
    wish, state = cast(Wish, values.pop("wish")), cast(WishState, values.pop("state"))
    return AlertWish(**values, wish=wish, state=state)
