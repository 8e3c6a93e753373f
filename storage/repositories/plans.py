"""Plans: what people wrote down to have at hand later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from storage.models.plans import PlanRow
from storage.repositories.base import Repository
from storage.sealing import DataKey
from storage.statements import AnyRow
from storage.types import Moment, one_of, table_of

_CONTENT = "plans.content"

_plans = table_of(PlanRow)

_ADD = insert(_plans)
_CHANGE = (
    update(_plans)
    .where(_plans.c.id == bindparam("plan"), _plans.c.person_id == bindparam("person"))
    .values(content_sealed=bindparam("sealed"), changed_at=bindparam("now", type_=Moment()))
)
_GET = select(_plans).where(_plans.c.id == bindparam("plan"), _plans.c.person_id == bindparam("person"))
_OF = (
    select(_plans)
    .where(_plans.c.person_id == bindparam("person"), _plans.c.kind == bindparam("wanted"))
    .order_by(_plans.c.id)
)
_OF_MANY = (
    select(_plans)
    .where(one_of(_plans.c.person_id, "ids"), _plans.c.kind == bindparam("wanted"))
    .order_by(_plans.c.id)
)
_REMOVE = delete(_plans).where(_plans.c.id == bindparam("plan"), _plans.c.person_id == bindparam("person"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """One thing written down; `content` is JSON, in the person's own words."""

    id: int
    person_id: int
    kind: str
    changed_at: datetime
    content: bytes


class Plans(Repository):
    """Plans, sealed by the key of who wrote them. Nobody else's can be changed or removed through here; what is
    read of several people at once is for what they wrote to be found by others."""

    async def add(self, plan: Plan) -> None:
        """Something new. Raises Forgotten."""
        key = await self._keys.one(plan.person_id)
        row = {
            "id": plan.id,
            "person_id": plan.person_id,
            "kind": plan.kind,
            "changed_at": plan.changed_at,
            "content_sealed": key.seal(_CONTENT, plan.id, plan.content),
        }
        await self._many(_ADD, [row])

    async def change(self, plan: Plan) -> bool:
        """New words in place of the old; False when it is gone. Raises Forgotten."""
        key = await self._keys.one(plan.person_id)
        sealed = key.seal(_CONTENT, plan.id, plan.content)
        values = {"plan": plan.id, "person": plan.person_id, "sealed": sealed, "now": plan.changed_at}
        return await self._count(_CHANGE, values) == 1

    async def get(self, plan_id: int, person_id: int) -> Plan | None:
        """One of a person's, or None. Raises Forgotten."""
        row = await self._first(_GET, {"plan": plan_id, "person": person_id})
        return None if row is None else _opened(row, await self._keys.one(person_id))

    async def of(self, person_id: int, kind: str) -> list[Plan]:
        """A person's of one kind, oldest first. Raises Forgotten."""
        key = await self._keys.one(person_id)
        return [_opened(row, key) for row in await self._all(_OF, {"person": person_id, "wanted": kind})]

    async def of_many(self, person_ids: Iterable[int], kind: str) -> list[Plan]:
        """Several people's of one kind, oldest first; who was forgotten is left out."""
        keys = await self._keys.of(person_ids)
        rows = await self._all(_OF_MANY, {"ids": sorted(keys), "wanted": kind})
        return [_opened(row, keys[row.person_id]) for row in rows]

    async def remove(self, plan_id: int, person_id: int) -> bool:
        """Take one away; False when it was gone already."""
        return await self._count(_REMOVE, {"plan": plan_id, "person": person_id}) == 1


def _opened(row: AnyRow, key: DataKey) -> Plan:
    return Plan(
        id=row.id,
        person_id=row.person_id,
        kind=row.kind,
        changed_at=row.changed_at,
        content=key.open(_CONTENT, row.id, row.content_sealed),
    )
