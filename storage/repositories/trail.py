"""Staff's own trail: append-only, chained per house, so that a gap or a changed line shows.

Each line's digest is a keyed hash, by the house's key, over the digest before it and the line's own canonical
bytes: whoever can write to the database but has no key can neither change, take out nor add a line unseen.
What a chain can't show is that its end was cut off; its head, noted elsewhere, does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import orjson
from sqlalchemy import bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from storage.models.trail import TrailRow
from storage.problems import Conflict
from storage.repositories.base import Repository, values_of
from storage.sealing import DataKey
from storage.types import EPOCH, table_of

BEGINNING: Final = ""
"""What stands before the first line."""

_trail = table_of(TrailRow)

_ADD = insert(_trail)
_OF_HOUSE = select(_trail).where(_trail.c.house_id == bindparam("house")).order_by(_trail.c.number)
_HEAD = _OF_HOUSE.order_by(None).order_by(_trail.c.number.desc()).limit(1)
_PAGE = (
    _OF_HOUSE.where(_trail.c.number < bindparam("before"))
    .order_by(None)
    .order_by(_trail.c.number.desc())
    .limit(bindparam("limit"))
)
_OF_KIND = _OF_HOUSE.where(_trail.c.kind == bindparam("kind")).limit(1)
_CONCERNING = _PAGE.where(
    (_trail.c.actor_hash == bindparam("who"))
    | (_trail.c.about_hash == bindparam("who"))
    | _trail.c.kind.in_(bindparam("kinds", expanding=True))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """Something done in a house. `actor_id` is None for the command line; `detail` is technical, without words."""

    id: int
    house_id: int
    at: datetime
    kind: str
    actor_id: int | None = None
    about_id: int | None = None
    detail: str = "{}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A deed as it stands in the trail: people by their pseudonym, and the chain."""

    id: int
    house_id: int
    number: int
    at: datetime
    kind: str
    actor_hash: bytes | None
    about_hash: bytes | None
    detail: str
    previous: str
    digest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether a house's trail is whole: lines that are, the digest of the last, the first number that is wrong."""

    lines: int
    head: str
    broken_at: int | None


class Trail(Repository):
    """The trail of each house. Nothing here changes or removes a line."""

    async def append(self, deed: Deed) -> None:
        """One more line, in the transaction of the deed. Raises Conflict when another process was first."""
        key = await self._keys.one(deed.house_id)
        head = await self._first(_HEAD, {"house": deed.house_id})
        line = Line(
            id=deed.id,
            house_id=deed.house_id,
            number=1 if head is None else head.number + 1,
            at=deed.at,
            kind=deed.kind,
            actor_hash=None if deed.actor_id is None else pseudonym(key, deed.actor_id),
            about_hash=None if deed.about_id is None else pseudonym(key, deed.about_id),
            detail=deed.detail,
            previous=BEGINNING if head is None else head.digest,
            digest="",
        )
        row = values_of(line) | {"digest": _digest(key, line)}
        try:
            await self._many(_ADD, [row])
        except IntegrityError as error:
            raise Conflict("Somebody else's deed came first.") from error

    async def page(self, house_id: int, *, before: int, limit: int) -> list[Line]:
        """The newest lines with a number below `before`, newest first."""
        rows = await self._all(_PAGE, {"house": house_id, "before": before, "limit": limit})
        return [Line(**row._mapping) for row in rows]

    async def has(self, house_id: int, kind: str) -> bool:
        """Whether a deed of this kind was ever done in the house."""
        return await self._first(_OF_KIND, {"house": house_id, "kind": kind}) is not None

    async def concerning(
        self, house_id: int, person_id: int, kinds: Iterable[str], *, before: int, limit: int
    ) -> list[Line]:
        """The same, of what one person did, what was done about them, and whatever is of one of these kinds."""
        who = pseudonym(await self._keys.one(house_id), person_id)
        values = {"house": house_id, "before": before, "limit": limit, "who": who, "kinds": sorted(kinds)}
        return [Line(**row._mapping) for row in await self._all(_CONCERNING, values)]

    async def pseudonyms(self, house_id: int, person_ids: Iterable[int]) -> dict[bytes, int]:
        """Whom the pseudonyms of a house stand for, among these people. Raises Forgotten."""
        key = await self._keys.one(house_id)
        return {pseudonym(key, each): each for each in person_ids}

    async def verify(self, house_id: int) -> Verdict:
        """Walks the whole chain of a house. Raises Forgotten."""
        key = await self._keys.one(house_id)
        before, expected = BEGINNING, 1
        for row in await self._all(_OF_HOUSE, {"house": house_id}):
            line = Line(**row._mapping)
            if line.number != expected or line.previous != before or line.digest != _digest(key, line):
                return Verdict(lines=expected - 1, head=before, broken_at=expected)
            before, expected = line.digest, expected + 1
        return Verdict(lines=expected - 1, head=before, broken_at=None)


def pseudonym(key: DataKey, person_id: int) -> bytes:
    """Who somebody is in a house's trail: always the same, and nobody's name once the person is deleted."""
    return key.mac("trail.person", str(person_id).encode())


def _digest(key: DataKey, line: Line) -> str:
    canonical = orjson.dumps(
        [
            line.house_id,
            line.number,
            (line.at - EPOCH).total_seconds(),
            line.kind,
            None if line.actor_hash is None else line.actor_hash.hex(),
            None if line.about_hash is None else line.about_hash.hex(),
            line.detail,
            line.previous,
        ]
    )
    return key.mac("trail.line", canonical).hex()
