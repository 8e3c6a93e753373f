"""Whom an announcement reached, one line a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.recipients import RecipientRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, table_of

RecipientOutcome: TypeAlias = Literal["waiting", "sent", "unsure", "blocked", "unreachable", "expired", "withheld"]

_recipients = table_of(RecipientRow)

_THOSE = _recipients.c.announcement_id == bindparam("announcement")
_ADD = (
    insert(_recipients)
    .on_conflict_do_nothing(index_elements=["announcement_id", "person_id"])
    .returning(_recipients.c.id)
)
_OF = select(_recipients).where(_THOSE).order_by(_recipients.c.id)
_UNSENT = _OF.where(_recipients.c.outcome == "waiting", _recipients.c.outbox_id.is_(None)).limit(bindparam("limit"))
_TALLY = select(_recipients.c.outcome, func.count().label("people")).where(_THOSE).group_by(_recipients.c.outcome)
_HAND_OVER = (
    update(_recipients)
    .where(_recipients.c.id == bindparam("recipient"))
    .values(outbox_id=bindparam("letter"), outcome="waiting", reason=None, settled_at=None)
)
_SETTLE = (
    update(_recipients)
    .where(_recipients.c.outbox_id == bindparam("letter"), _recipients.c.outcome != "sent")
    .values(
        outcome=bindparam("new_outcome"),
        reason=bindparam("new_reason"),
        settled_at=bindparam("now", type_=Moment()),
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """One line of an announcement: whether it reached one person, and if not, why."""

    id: int
    announcement_id: int
    person_id: int
    outcome: RecipientOutcome = "waiting"
    reason: str | None = None
    outbox_id: int | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """What became of one letter of an announcement."""

    outbox_id: int
    outcome: RecipientOutcome
    reason: str | None = None


class Recipients(Repository):
    """The lines of announcements."""

    async def add_many(self, recipients: Sequence[Recipient]) -> set[int]:
        """Whom it is for; the ids of the lines that are new, for nobody stands in an announcement twice."""
        if not recipients:
            return set()
        result = await self._connection.execute(_ADD, [values_of(each) for each in recipients])
        return set(result.scalars())

    async def of(self, announcement_id: int) -> list[Recipient]:
        """Every line of an announcement."""
        return [Recipient(**row._mapping) for row in await self._all(_OF, {"announcement": announcement_id})]

    async def unsent(self, announcement_id: int, limit: int) -> list[Recipient]:
        """Lines that wait and have no letter yet: a long announcement is written in pieces."""
        rows = await self._all(_UNSENT, {"announcement": announcement_id, "limit": limit})
        return [Recipient(**row._mapping) for row in rows]

    async def hand_over(self, letters: Mapping[int, int]) -> None:
        """Give lines their letter (again, when staff resend): line id to outbox id."""
        await self._many(
            _HAND_OVER,
            [{"recipient": line_id, "letter": letter_id} for line_id, letter_id in sorted(letters.items())],
        )

    async def settle_by_outbox(self, arrivals: Sequence[Arrival], now: datetime) -> None:
        """What the postman's work means for the lines; a line that was sent stays sent."""
        await self._many(
            _SETTLE,
            [
                {
                    "letter": each.outbox_id,
                    "new_outcome": each.outcome,
                    "new_reason": each.reason,
                    "now": None if each.outcome == "waiting" else now,
                }
                for each in arrivals
            ],
        )

    async def tally(self, announcement_id: int) -> dict[RecipientOutcome, int]:
        """How many lines have each outcome; outcomes of nobody are missing."""
        return {row.outcome: row.people for row in await self._all(_TALLY, {"announcement": announcement_id})}
