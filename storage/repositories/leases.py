"""Leases: for what only one process may do at a time, such as polling."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.leases import LeaseRow
from storage.repositories.base import Repository
from storage.types import Moment, table_of

_leases = table_of(LeaseRow)

_insert = insert(_leases)
_ACQUIRE = _insert.on_conflict_do_update(
    index_elements=["name"],
    set_={"owner": _insert.excluded.owner, "until": _insert.excluded.until},
    where=(_leases.c.until <= bindparam("now", type_=Moment())) | (_leases.c.owner == _insert.excluded.owner),
).returning(_leases.c.name)
_OURS = (_leases.c.name == bindparam("lease"), _leases.c.owner == bindparam("holder"))
_RENEW = update(_leases).where(*_OURS).values(until=bindparam("new_until", type_=Moment()))
_RELEASE = delete(_leases).where(*_OURS)
_HOLDER = select(_leases.c.owner).where(
    _leases.c.name == bindparam("lease"), _leases.c.until > bindparam("now", type_=Moment())
)


class Leases(Repository):
    """Named leases: one owner each, until a moment or until given back."""

    async def acquire(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        """Take a lease that is free, ended or ours already; False while somebody else holds it."""
        values = {"name": name, "owner": owner, "now": now, "until": until}
        return await self._first(_ACQUIRE, values) is not None

    async def renew(self, name: str, owner: str, until: datetime) -> bool:
        """Hold a lease longer; False when it is somebody else's by now: stop what it was for."""
        return await self._count(_RENEW, {"lease": name, "holder": owner, "new_until": until}) == 1

    async def release(self, name: str, owner: str) -> None:
        """Give a lease back; nothing happens when it is not ours."""
        await self._count(_RELEASE, {"lease": name, "holder": owner})

    async def holder(self, name: str, now: datetime) -> str | None:
        """Who holds a lease now."""
        row = await self._first(_HOLDER, {"lease": name, "now": now})
        return None if row is None else row.owner
