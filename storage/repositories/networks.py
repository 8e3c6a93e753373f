"""Homes run together, and who has a role over all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.networks import NetworkGrantRow, NetworkHouseRow, NetworkRow
from storage.repositories.base import Repository, values_of
from storage.repositories.houses import folded
from storage.statements import AnyRow
from storage.types import Moment, one_of, table_of

_NAME = "networks.name"

_networks = table_of(NetworkRow)
_houses = table_of(NetworkHouseRow)
_grants = table_of(NetworkGrantRow)

_NOW = bindparam("now", type_=Moment())
_LASTS = (_grants.c.since <= _NOW) & (_grants.c.until.is_(None) | (_grants.c.until > _NOW))

_ALL = select(_networks).order_by(_networks.c.id)
_BY_ID = _ALL.where(_networks.c.id == bindparam("network"))
_BY_HASH = _ALL.where(_networks.c.name_hash.in_(bindparam("hashes", expanding=True)))
_OF_HOUSE = _ALL.join(_houses, _houses.c.network_id == _networks.c.id).where(_houses.c.house_id == bindparam("house"))
_HOUSES_OF = (
    select(_houses.c.house_id).where(_houses.c.network_id == bindparam("network")).order_by(_houses.c.house_id)
)
_WITH_ROLE = (
    select(_grants.c.person_id)
    .where(_grants.c.network_id == bindparam("network"), _grants.c.role == bindparam("wanted"), _LASTS)
    .distinct()
    .order_by(_grants.c.person_id)
)
_ROLES_OF = select(_grants.c.network_id, _grants.c.role).where(_grants.c.person_id == bindparam("person"), _LASTS)
_ADD = insert(_networks)
_TAKE_IN = insert(_houses).on_conflict_do_nothing(index_elements=["house_id"])
_GRANT = insert(_grants)
_END_GRANTS = (
    update(_grants)
    .where(
        _grants.c.person_id == bindparam("person"),
        _grants.c.network_id == bindparam("network"),
        one_of(_grants.c.role, "roles", str),
        _grants.c.until.is_(None) | (_grants.c.until > _NOW),
    )
    .values(until=_NOW)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """Homes run together."""

    id: int
    name: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class NetworkGrant:
    """A role over a network, such as staff or on_call; for good, or until a moment."""

    id: int
    person_id: int
    network_id: int
    role: str
    since: datetime
    until: datetime | None = None


class Networks(Repository):
    """Networks, found by id, by name, or by one of their houses."""

    async def add(self, network: Network) -> None:
        """A new network, with a data key of its own."""
        key = await self._keys.make(network.id)
        row = {
            "id": network.id,
            "name_sealed": key.seal(_NAME, network.id, network.name),
            "name_hash": self._keys.lookup.hash("network", folded(network.name)),
            "created_at": network.created_at,
        }
        await self._many(_ADD, [row])

    async def get(self, network_id: int) -> Network | None:
        """The network with this id."""
        return await self._one(await self._all(_BY_ID, {"network": network_id}))

    async def by_name(self, name: str) -> Network | None:
        """The network of this name, whatever its case."""
        hashes = self._keys.lookup.hashes("network", folded(name))
        return await self._one(await self._all(_BY_HASH, {"hashes": hashes}))

    async def of_house(self, house_id: int) -> Network | None:
        """The network a house belongs to, if it belongs to one."""
        return await self._one(await self._all(_OF_HOUSE, {"house": house_id}))

    async def houses_of(self, network_id: int) -> list[int]:
        """The houses of a network, by id, the oldest first."""
        return [row.house_id for row in await self._all(_HOUSES_OF, {"network": network_id})]

    async def take_in(self, network_id: int, house_id: int) -> bool:
        """A house belongs to this network from now on; False when it belongs to one already."""
        return await self._count(_TAKE_IN, {"network_id": network_id, "house_id": house_id}) == 1

    async def grant(self, grant: NetworkGrant) -> None:
        """Give a role over a network."""
        await self._many(_GRANT, [values_of(grant)])

    async def with_role(self, network_id: int, role: str, now: datetime) -> list[int]:
        """The people who have a role over a network now."""
        rows = await self._all(_WITH_ROLE, {"network": network_id, "wanted": role, "now": now})
        return [row.person_id for row in rows]

    async def roles_of(self, person_id: int, now: datetime) -> dict[int, frozenset[str]]:
        """The roles somebody has over networks now, by network."""
        found: dict[int, frozenset[str]] = {}
        for row in await self._all(_ROLES_OF, {"person": person_id, "now": now}):
            found[row.network_id] = found.get(row.network_id, frozenset()) | {row.role}
        return found

    async def end_grants(self, person_id: int, network_id: int, roles: Iterable[str], now: datetime) -> bool:
        """Take roles over a network back; False when they have none of them."""
        values = {"person": person_id, "network": network_id, "roles": sorted(roles), "now": now}
        return await self._count(_END_GRANTS, values) > 0

    async def _one(self, rows: Sequence[AnyRow]) -> Network | None:
        for row in rows:
            key = await self._keys.one(row.id)
            name = key.open_text(_NAME, row.id, row.name_sealed)
            return Network(id=row.id, name=name, created_at=row.created_at)
        return None
