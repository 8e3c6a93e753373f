"""What people agreed to, and when they took it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select

from storage.models.consents import ConsentRow
from storage.repositories.base import Repository, values_of
from storage.types import one_of, table_of

_consents = table_of(ConsentRow)

_CURRENT = select(_consents).where(
    _consents.c.id.in_(
        select(func.max(_consents.c.id))
        .where(one_of(_consents.c.person_id, "ids"), _consents.c.purpose == bindparam("wanted"))
        .group_by(_consents.c.person_id)
    )
)
_OF = select(_consents).where(_consents.c.person_id == bindparam("person")).order_by(_consents.c.id)
_RECORD = insert(_consents)


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """One yes (`given`) or no to one purpose, in the version of the text that was shown."""

    id: int
    person_id: int
    purpose: str
    version: int
    given: bool
    at: datetime


class Consents(Repository):
    """Every yes and no ever said; the last one counts (ids rise with time)."""

    async def record(self, consent: Consent) -> None:
        """A yes or a no, added to those before."""
        await self._many(_RECORD, [values_of(consent)])

    async def current(self, person_ids: Iterable[int], purpose: str) -> dict[int, Consent]:
        """The last word of each person on a purpose; who was never asked is missing."""
        rows = await self._all(_CURRENT, {"ids": sorted(set(person_ids)), "wanted": purpose})
        return {row.person_id: Consent(**row._mapping) for row in rows}

    async def of(self, person_id: int) -> list[Consent]:
        """Everything one person said, oldest first."""
        return [Consent(**row._mapping) for row in await self._all(_OF, {"person": person_id})]
