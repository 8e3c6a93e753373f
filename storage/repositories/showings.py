"""Each time something about a person was shown to somebody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.models.people import PersonRow
from storage.models.showings import ShowingRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, one_of, table_of

_showings = table_of(ShowingRow)
_people = table_of(PersonRow)

_ADD = insert(_showings).on_conflict_do_nothing(index_elements=["id"])
_THERE = select(_people.c.id).where(one_of(_people.c.id, "ids"))
_OF = (
    select(_showings)
    .where(
        _showings.c.about_id == bindparam("about"),
        _showings.c.at >= bindparam("since", type_=Moment()),
    )
    .order_by(_showings.c.at, _showings.c.id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Showing:
    """`what` of a person (a call, their words, a worry …) `viewer_id` was shown, and `why`: words of ours."""

    id: int
    about_id: int
    viewer_id: int
    what: str
    why: str
    at: datetime


class Showings(Repository):
    """Showings; a person reads those about them, and nobody else does."""

    async def add_many(self, showings: Sequence[Showing]) -> None:
        """Note showings, each once. Those about somebody deleted meanwhile are left out: nobody could read them."""
        if not showings:
            return
        wanted = sorted({showing.about_id for showing in showings})
        there = {row.id for row in await self._all(_THERE, {"ids": wanted})}
        await self._many(_ADD, [values_of(each) for each in showings if each.about_id in there])

    async def of(self, about_id: int, since: datetime) -> list[Showing]:
        """What was shown of a person since a moment, oldest first."""
        rows = await self._all(_OF, {"about": about_id, "since": since})
        return [Showing(**row._mapping) for row in rows]
