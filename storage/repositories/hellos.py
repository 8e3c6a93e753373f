"""Hellos: somebody is asked to look in on a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.models.hellos import HelloAskRow, HelloRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, table_of

HelloKind: TypeAlias = Literal["worry", "silence", "company", "talk"]
HelloState: TypeAlias = Literal["waiting", "open", "taken", "over"]

_hellos, _asks = table_of(HelloRow), table_of(HelloAskRow)

_ADD = insert(_hellos)
_GET = select(_hellos).where(_hellos.c.id == bindparam("hello"))
_SINCE = (
    select(_hellos)
    .where(
        _hellos.c.person_id == bindparam("person"),
        _hellos.c.opened_at >= bindparam("since", type_=Moment()),
    )
    .order_by(_hellos.c.opened_at, _hellos.c.id)
)
_TAKEN = select(_hellos).where(_hellos.c.taken_by == bindparam("person"), _hellos.c.state == "taken")
_MOVE = (
    update(_hellos)
    .where(_hellos.c.id == bindparam("hello"), _hellos.c.version == bindparam("expected"))
    .values(
        state=bindparam("new_state"),
        step=bindparam("new_step"),
        taken_by=bindparam("new_taken_by"),
        version=bindparam("expected") + 1,
    )
)
_ASK = upsert(_asks).on_conflict_do_nothing(index_elements=["hello_id", "person_id"])
_ASKED = select(_asks).where(_asks.c.hello_id == bindparam("hello")).order_by(_asks.c.id)
_DECLINE = (
    update(_asks)
    .where(_asks.c.hello_id == bindparam("hello"), _asks.c.person_id == bindparam("person"))
    .values(declined=True)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hello:
    """One request: why, where it stands, and who has it. `version` is what a move is checked against."""

    id: int
    person_id: int
    house_id: int
    kind: HelloKind
    opened_at: datetime
    state: HelloState = "waiting"
    step: int = 0
    version: int = 1
    taken_by: int | None = None


class Hellos(Repository):
    """Who is asked to say hello to whom."""

    async def add(self, hello: Hello) -> None:
        """A new request."""
        await self._many(_ADD, [values_of(hello)])

    async def get(self, hello_id: int) -> Hello | None:
        """One request; None when it is gone."""
        row = await self._first(_GET, {"hello": hello_id})
        return None if row is None else Hello(**row._mapping)

    async def of(self, person_id: int, since: datetime) -> list[Hello]:
        """Requests about a person since a moment, oldest first."""
        return [Hello(**row._mapping) for row in await self._all(_SINCE, {"person": person_id, "since": since})]

    async def taken_by(self, person_id: int) -> list[Hello]:
        """What somebody has taken and not yet done."""
        return [Hello(**row._mapping) for row in await self._all(_TAKEN, {"person": person_id})]

    async def move(self, hello: Hello, state: HelloState, *, step: int, taken_by: int | None) -> bool:
        """Move a request on; False when somebody else moved it first."""
        values = {
            "hello": hello.id,
            "expected": hello.version,
            "new_state": state,
            "new_step": step,
            "new_taken_by": taken_by,
        }
        return await self._count(_MOVE, values) == 1

    async def ask(self, hello_id: int, people: Iterable[tuple[int, int]]) -> None:
        """These people are asked, each by the id of their ask; who was asked before is not asked again."""
        await self._many(
            _ASK,
            [{"id": ask, "hello_id": hello_id, "person_id": person, "declined": False} for ask, person in people],
        )

    async def asked(self, hello_id: int) -> dict[int, bool]:
        """Everybody who was asked, and whether they said that they can't."""
        return {row.person_id: row.declined for row in await self._all(_ASKED, {"hello": hello_id})}

    async def decline(self, hello_id: int, person_id: int) -> None:
        """They can't."""
        await self._count(_DECLINE, {"hello": hello_id, "person": person_id})
