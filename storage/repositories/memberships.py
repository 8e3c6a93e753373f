"""Who lives where, and who does what there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, bindparam, insert, literal, null, select, union, union_all, update

from storage.models.memberships import GrantRow, MembershipRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, one_of, table_of

_memberships = table_of(MembershipRow)
_grants = table_of(GrantRow)

_NOW = bindparam("now", type_=Moment())


def _lasts(table: Table) -> ColumnElement[bool]:
    return (table.c.since <= _NOW) & (table.c.until.is_(None) | (table.c.until > _NOW))


_PLACES = union_all(
    select(
        _memberships.c.person_id,
        _memberships.c.house_id,
        _memberships.c.id,
        _memberships.c.standing,
        literal(None, _grants.c.role.type).label("role"),
    ).where(one_of(_memberships.c.person_id, "ids"), _lasts(_memberships)),
    select(
        _grants.c.person_id,
        _grants.c.house_id,
        null(),
        null(),
        _grants.c.role,
    ).where(one_of(_grants.c.person_id, "ids"), _lasts(_grants)),
)
_WITH_ROLE = (
    select(_grants.c.person_id)
    .where(_grants.c.house_id == bindparam("house"), _grants.c.role == bindparam("wanted"), _lasts(_grants))
    .distinct()
    .order_by(_grants.c.person_id)
)
_MEMBERS = (
    select(_memberships.c.id.label("membership_id"), _memberships.c.person_id, _memberships.c.standing)
    .where(_memberships.c.house_id == bindparam("house"), _lasts(_memberships))
    .order_by(_memberships.c.id)
)
_EVER = union(
    select(_memberships.c.person_id).where(_memberships.c.house_id == bindparam("house")),
    select(_grants.c.person_id).where(_grants.c.house_id == bindparam("house")),
)
_ADD = insert(_memberships)
_GRANT = insert(_grants)
_END = (
    update(_memberships)
    .where(
        _memberships.c.id == bindparam("membership"),
        _memberships.c.house_id == bindparam("house"),
        _memberships.c.until.is_(None) | (_memberships.c.until > _NOW),
    )
    .values(until=_NOW)
)
_END_GRANT = (
    update(_grants)
    .where(
        _grants.c.person_id == bindparam("person"),
        _grants.c.house_id == bindparam("house"),
        _grants.c.role == bindparam("ended_role"),
        _grants.c.until.is_(None) | (_grants.c.until > _NOW),
    )
    .values(until=_NOW)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """A person in a house, with a standing: resident, outpatient or alumni; for good, or until a moment."""

    id: int
    person_id: int
    house_id: int
    standing: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """A role over a house: participant, mentor, staff, officer; for good, or until a moment."""

    id: int
    person_id: int
    house_id: int
    role: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What one person is in one house. Without a membership (staff who don't live there) there are only roles."""

    house_id: int
    membership_id: int | None = None
    standing: str | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One person of a house."""

    membership_id: int
    person_id: int
    standing: str


class Memberships(Repository):
    """Memberships and grants, each with its dates; ended ones are kept."""

    async def places_of(self, person_ids: Iterable[int], now: datetime) -> dict[int, tuple[Place, ...]]:
        """Each person's places now, oldest house first; who has none is missing."""
        living: dict[tuple[int, int], tuple[int, str]] = {}
        roles: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        rows = await self._all(_PLACES, {"ids": sorted(set(person_ids)), "now": now})
        for row in rows:
            person_id, house_id, membership_id, standing, role = row
            if role is None:
                living[person_id, house_id] = (membership_id, standing)
            else:
                roles[person_id, house_id].add(role)
        places: defaultdict[int, tuple[Place, ...]] = defaultdict(tuple)
        for where in sorted(living.keys() | roles.keys()):
            person_id, house_id = where
            membership_id, standing = living.get(where, (None, None))
            place = Place(
                house_id=house_id,
                membership_id=membership_id,
                standing=standing,
                roles=frozenset(roles.get(where, ())),
            )
            places[person_id] += (place,)
        return dict(places)

    async def with_role(self, house_id: int, role: str, now: datetime) -> list[int]:
        """The people who have a role over a house now."""
        rows = await self._all(_WITH_ROLE, {"house": house_id, "wanted": role, "now": now})
        return [row.person_id for row in rows]

    async def members(self, house_id: int, now: datetime) -> list[Member]:
        """The people of a house now, oldest membership first."""
        return [Member(**row._mapping) for row in await self._all(_MEMBERS, {"house": house_id, "now": now})]

    async def ever_of(self, house_id: int) -> set[int]:
        """Everybody who ever belonged to a house, in whatever way, the deleted aside."""
        return {row.person_id for row in await self._all(_EVER, {"house": house_id})}

    async def add(self, membership: Membership) -> None:
        """Somebody belongs to a house."""
        await self._many(_ADD, [values_of(membership)])

    async def grant(self, grant: Grant) -> None:
        """Give a role over a house."""
        await self._many(_GRANT, [values_of(grant)])

    async def end(self, membership_id: int, house_id: int, now: datetime) -> bool:
        """End a membership of this house; False when it had ended already, or is another house's."""
        return await self._count(_END, {"membership": membership_id, "house": house_id, "now": now}) == 1

    async def end_grant(self, person_id: int, house_id: int, role: str, now: datetime) -> bool:
        """Take a role back; False when they don't have it."""
        values = {"person": person_id, "house": house_id, "ended_role": role, "now": now}
        return await self._count(_END_GRANT, values) > 0
