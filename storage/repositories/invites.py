"""Invitations into a house."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from storage.models.invites import InviteRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, table_of

_invites = table_of(InviteRow)

_NOW = bindparam("now", type_=Moment())
_THIS = _invites.c.id == bindparam("invite")
_COLUMNS = [each for each in _invites.c if each.name != "code_hash"]
_BY_HASH = select(*_COLUMNS).where(_invites.c.code_hash.in_(bindparam("hashes", expanding=True)))
_OF_HOUSE = select(*_COLUMNS).where(_invites.c.house_id == bindparam("house")).order_by(_invites.c.id)
_ADD = insert(_invites)
_REDEEM = (
    update(_invites)
    .where(
        _THIS,
        _invites.c.used_at.is_(None),
        _invites.c.revoked_at.is_(None),
        _invites.c.expires_at > _NOW,
    )
    .values(used_at=_NOW, used_by=bindparam("person"))
)
_REVOKE = (
    update(_invites)
    .where(
        _THIS,
        _invites.c.house_id == bindparam("house"),
        _invites.c.used_at.is_(None),
        _invites.c.revoked_at.is_(None),
    )
    .values(revoked_at=_NOW)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Invite:
    """An invitation into a house with a role, good once, until it expires. The code itself is not kept.

    With `network_id`, the role is over that network, and the house is where it begins.
    """

    id: int
    house_id: int
    role: str
    created_at: datetime
    expires_at: datetime
    created_by: int | None = None
    used_at: datetime | None = None
    used_by: int | None = None
    network_id: int | None = None
    revoked_at: datetime | None = None


class Invites(Repository):
    """Invitations, found by their code's keyed hash."""

    async def add(self, invite: Invite, code: str) -> None:
        """A new invitation; its code is stored as a hash and told to nobody again."""
        hashed = self._keys.lookup.hash("invite", code)
        await self._many(_ADD, [values_of(invite) | {"code_hash": hashed}])

    async def by_code(self, code: str) -> Invite | None:
        """The invitation a code belongs to, used or not."""
        hashes = self._keys.lookup.hashes("invite", code)
        row = await self._first(_BY_HASH, {"hashes": hashes})
        return None if row is None else Invite(**row._mapping)

    async def of_house(self, house_id: int) -> list[Invite]:
        """Every invitation into a house, oldest first."""
        return [Invite(**row._mapping) for row in await self._all(_OF_HOUSE, {"house": house_id})]

    async def redeem(self, invite_id: int, person_id: int, now: datetime) -> bool:
        """Use it up; False when it is used, revoked or expired. Of a hundred at once, one wins."""
        return await self._count(_REDEEM, {"invite": invite_id, "person": person_id, "now": now}) == 1

    async def revoke(self, invite_id: int, house_id: int, now: datetime) -> bool:
        """Take back an invitation into this house; False when it is used or revoked already."""
        return await self._count(_REVOKE, {"invite": invite_id, "house": house_id, "now": now}) == 1
