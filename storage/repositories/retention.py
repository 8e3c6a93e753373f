"""What has been kept long enough: one statement a kind, and the people nobody needs to remember any more."""

from datetime import datetime
from typing import Final

from sqlalchemy import Delete, bindparam, delete, exists, func, or_, select

from storage.models.alerts import AlertRow
from storage.models.announcements import AnnouncementRow
from storage.models.checkins import CheckinRow
from storage.models.hellos import HelloRow
from storage.models.invites import InviteRow
from storage.models.memberships import GrantRow, MembershipRow
from storage.models.networks import NetworkGrantRow
from storage.models.people import PersonRow
from storage.models.practices import PracticeRow
from storage.models.prompts import PromptRow
from storage.models.relay import RelayedRow
from storage.models.results import ResultRow
from storage.models.showings import ShowingRow
from storage.repositories.base import Repository
from storage.types import Moment, Row, table_of

_BEFORE = bindparam("before", type_=Moment())


def _older(model: type[Row], column: str) -> Delete:
    """Rows whose moment lies before; a moment that has not come (a call still open) is never old."""
    table = table_of(model)
    return delete(table).where(table.c[column] < _BEFORE)


_OLD: Final = {
    "checkins": _older(CheckinRow, "at"),
    "results": _older(ResultRow, "at"),
    "practices": _older(PracticeRow, "finished_at"),
    "prompts": _older(PromptRow, "planned_at"),
    "alerts": _older(AlertRow, "ended_at"),
    "hellos": _older(HelloRow, "opened_at"),
    "announcements": _older(AnnouncementRow, "finished_at"),
    "invites": _older(InviteRow, "expires_at"),
    "relayed": _older(RelayedRow, "at"),
    "showings": _older(ShowingRow, "at"),
}

_people = table_of(PersonRow)
_PLACES = (table_of(MembershipRow), table_of(GrantRow), table_of(NetworkGrantRow))
_NEVER_JOINED = (
    select(_people.c.id)
    .where(_people.c.joined_at < _BEFORE, *(~exists().where(each.c.person_id == _people.c.id) for each in _PLACES))
    .order_by(_people.c.id)
    .limit(bindparam("limit"))
)
_LEFT = (
    select(_people.c.id)
    .where(
        func.coalesce(_people.c.remember_days, bindparam("unsaid")) == bindparam("days"),
        *(
            ~exists().where(each.c.person_id == _people.c.id, each.c.until.is_(None) | (each.c.until >= _BEFORE))
            for each in _PLACES
        ),
        or_(*(exists().where(each.c.person_id == _people.c.id) for each in _PLACES)),
    )
    .order_by(_people.c.id)
    .limit(bindparam("limit"))
)


class Retention(Repository):
    """Forgets by age."""

    async def prune(self, kind: str, before: datetime) -> int:
        """Delete what is of a kind and older than a moment; how many. Raises KeyError for a kind it does not know."""
        return await self._count(_OLD[kind], {"before": before})

    async def never_joined(self, before: datetime, limit: int) -> list[int]:
        """People who came before a moment and never belonged to a house."""
        return [row.id for row in await self._all(_NEVER_JOINED, {"before": before, "limit": limit})]

    async def left(self, before: datetime, limit: int, *, days: int, unsaid: int) -> list[int]:
        """People who once belonged to a house, whose last place ended before a moment, and who chose so many days.

        `unsaid`: what those who never chose count as.
        """
        wanted = {"before": before, "limit": limit, "days": days, "unsaid": unsaid}
        return [row.id for row in await self._all(_LEFT, wanted)]
