"""Who lives where, and who does what there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Table, bindparam, insert, literal, null, select, union, union_all, update

from storage.models.memberships import GrantRow, MembershipRow
from storage.models.networks import NetworkGrantRow, NetworkHouseRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, one_of, table_of

_memberships = table_of(MembershipRow)
_grants = table_of(GrantRow)
_network_grants = table_of(NetworkGrantRow)
_network_houses = table_of(NetworkHouseRow)

_NOW = bindparam("now", type_=Moment())


def _lasts(table: Table) -> ColumnElement[bool]:
    return (table.c.since <= _NOW) & (table.c.until.is_(None) | (table.c.until > _NOW))


# A role over a network is a role in each of its houses.
_IN_EACH_HOUSE = _network_grants.join(_network_houses, _network_houses.c.network_id == _network_grants.c.network_id)

_PLACES = union_all(
    select(
        _memberships.c.person_id,
        _memberships.c.house_id,
        _memberships.c.id,
        _memberships.c.standing,
        literal(None, _grants.c.role.type).label("role"),
        literal(None, _network_houses.c.network_id.type).label("network_id"),
    ).where(one_of(_memberships.c.person_id, "ids"), _lasts(_memberships)),
    select(
        _grants.c.person_id,
        _grants.c.house_id,
        null(),
        null(),
        _grants.c.role,
        null(),
    ).where(one_of(_grants.c.person_id, "ids"), _lasts(_grants)),
    select(
        _network_grants.c.person_id,
        _network_houses.c.house_id,
        null(),
        null(),
        _network_grants.c.role,
        _network_grants.c.network_id,
    )
    .select_from(_IN_EACH_HOUSE)
    .where(one_of(_network_grants.c.person_id, "ids"), _lasts(_network_grants)),
)
_WITH_ROLE = union(
    select(_grants.c.person_id).where(
        _grants.c.house_id == bindparam("house"), _grants.c.role == bindparam("wanted"), _lasts(_grants)
    ),
    select(_network_grants.c.person_id)
    .select_from(_IN_EACH_HOUSE)
    .where(
        _network_houses.c.house_id == bindparam("house"),
        _network_grants.c.role == bindparam("wanted"),
        _lasts(_network_grants),
    ),
).order_by("person_id")
_MEMBERS = (
    select(_memberships.c.id.label("membership_id"), _memberships.c.person_id, _memberships.c.standing)
    .where(_memberships.c.house_id == bindparam("house"), _lasts(_memberships))
    .order_by(_memberships.c.id)
)
_PEOPLE = union(
    select(_memberships.c.person_id).where(_memberships.c.house_id == bindparam("house"), _lasts(_memberships)),
    select(_grants.c.person_id).where(_grants.c.house_id == bindparam("house"), _lasts(_grants)),
).order_by("person_id")
_EVER = union(
    select(_memberships.c.person_id).where(_memberships.c.house_id == bindparam("house")),
    select(_grants.c.person_id).where(_grants.c.house_id == bindparam("house")),
    select(_network_grants.c.person_id)
    .select_from(_IN_EACH_HOUSE)
    .where(_network_houses.c.house_id == bindparam("house")),
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
    """What one person is in one house. Without a membership (staff who don't live there) there are only roles.

    `network_roles` are those among `roles` that they have over the house's network, `network_id`.
    """

    house_id: int
    membership_id: int | None = None
    standing: str | None = None
    roles: frozenset[str] = frozenset()
    network_id: int | None = None
    network_roles: frozenset[str] = frozenset()

    @property
    def is_home(self) -> bool:
        """Whether they belong to the house itself, and have not only a role over its network."""
        return self.membership_id is not None or bool(self.roles - self.network_roles)

    def roles_by(self, network_id: int | None) -> frozenset[str]:
        """The roles they have over a network; over the house, or over its network too, where none is named."""
        return self.roles if network_id is None else self.network_roles


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
        over: defaultdict[tuple[int, int], dict[str, int]] = defaultdict(dict)
        rows = await self._all(_PLACES, {"ids": sorted(set(person_ids)), "now": now})
        for row in rows:
            person_id, house_id, membership_id, standing, role, network_id = row
            if role is None:
                living[person_id, house_id] = (membership_id, standing)
            else:
                roles[person_id, house_id].add(role)
                if network_id is not None:
                    over[person_id, house_id][role] = network_id
        places: defaultdict[int, tuple[Place, ...]] = defaultdict(tuple)
        for where in sorted(living.keys() | roles.keys()):
            person_id, house_id = where
            membership_id, standing = living.get(where, (None, None))
            place = Place(
                house_id=house_id,
                membership_id=membership_id,
                standing=standing,
                roles=frozenset(roles.get(where, ())),
                network_id=next(iter(over[where].values()), None) if where in over else None,
                network_roles=frozenset(over.get(where, ())),
            )
            places[person_id] += (place,)
        return dict(places)

    async def with_role(self, house_id: int, role: str, now: datetime) -> list[int]:
        """The people who have a role over a house, or over its network, now."""
        rows = await self._all(_WITH_ROLE, {"house": house_id, "wanted": role, "now": now})
        return [row.person_id for row in rows]

    async def members(self, house_id: int, now: datetime) -> list[Member]:
        """The people of a house now, oldest membership first."""
        return [Member(**row._mapping) for row in await self._all(_MEMBERS, {"house": house_id, "now": now})]

    async def people_of(self, house_id: int, now: datetime) -> list[int]:
        """Everybody who belongs to a house in any way now; not who only has a role over its network."""
        return [row.person_id for row in await self._all(_PEOPLE, {"house": house_id, "now": now})]

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
