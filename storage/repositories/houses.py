"""Recovery homes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from storage.models.houses import HouseRow
from storage.repositories.base import Repository
from storage.sealing import DataKey
from storage.statements import AnyRow
from storage.types import one_of, table_of

_NAME = "houses.name"
_ADDRESS = "houses.address"
_PHONE = "houses.phone"
_NALOXONE = "houses.naloxone"

_houses = table_of(HouseRow)

_ALL = select(_houses).order_by(_houses.c.id)
_BY_ID = _ALL.where(one_of(_houses.c.id, "ids"))
_BY_HASH = _ALL.where(_houses.c.name_hash.in_(bindparam("hashes", expanding=True)))
_ADD = insert(_houses)
_UPDATE = (
    update(_houses)
    .where(_houses.c.id == bindparam("house"))
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in (
                "name_sealed",
                "name_hash",
                "country",
                "zone",
                "address_sealed",
                "phone_sealed",
                "naloxone_sealed",
            )
        }
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """A recovery home: ISO country, IANA zone, and what helpers must know (where the naloxone is, too)."""

    id: int
    name: str
    country: str
    zone: str
    created_at: datetime
    address: str | None = None
    phone: str | None = None
    naloxone: str | None = None


class Houses(Repository):
    """Houses, found by id or by name, whatever its case."""

    async def add(self, house: House) -> None:
        """A new house, with a data key of its own."""
        key = await self._keys.make(house.id)
        row = self._sealed(house, key) | {"id": house.id, "created_at": house.created_at}
        await self._many(_ADD, [row])

    async def update(self, house: House) -> None:
        """Everything about a house, as it is now. Raises Forgotten."""
        key = await self._keys.one(house.id)
        changes = {f"new_{name}": value for name, value in self._sealed(house, key).items()}
        await self._count(_UPDATE, changes | {"house": house.id})

    async def get(self, house_id: int) -> House | None:
        """The house with this id."""
        return (await self.get_many((house_id,))).get(house_id)

    async def get_many(self, ids: Iterable[int]) -> dict[int, House]:
        """The houses with these ids, by id."""
        rows = await self._all(_BY_ID, {"ids": sorted(set(ids))})
        return {house.id: house for house in await self._open(rows)}

    async def by_name(self, name: str) -> House | None:
        """The house of this name."""
        hashes = self._keys.lookup.hashes("house", folded(name))
        found = await self._open(await self._all(_BY_HASH, {"hashes": hashes}))
        return found[0] if found else None

    async def all(self) -> list[House]:
        """Every house, oldest first."""
        return await self._open(await self._all(_ALL, {}))

    def _sealed(self, house: House, key: DataKey) -> dict[str, Any]:  # Any: a column's value
        return {
            "name_sealed": key.seal(_NAME, house.id, house.name),
            "name_hash": self._keys.lookup.hash("house", folded(house.name)),
            "country": house.country,
            "zone": house.zone,
            "address_sealed": key.seal_if(_ADDRESS, house.id, house.address),
            "phone_sealed": key.seal_if(_PHONE, house.id, house.phone),
            "naloxone_sealed": key.seal_if(_NALOXONE, house.id, house.naloxone),
        }

    async def _open(self, rows: Iterable[AnyRow]) -> list[House]:
        rows = list(rows)
        keys = await self._keys.all_of(row.id for row in rows)
        return [
            House(
                id=row.id,
                name=keys[row.id].open_text(_NAME, row.id, row.name_sealed),
                country=row.country,
                zone=row.zone,
                created_at=row.created_at,
                address=keys[row.id].open_text_if(_ADDRESS, row.id, row.address_sealed),
                phone=keys[row.id].open_text_if(_PHONE, row.id, row.phone_sealed),
                naloxone=keys[row.id].open_text_if(_NALOXONE, row.id, row.naloxone_sealed),
            )
            for row in rows
        ]


def folded(name: str) -> str:
    """A name as it is compared: without case or stray spaces."""
    return " ".join(name.casefold().split())
