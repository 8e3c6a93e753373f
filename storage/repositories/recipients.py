"""Whom an announcement reached, one line a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.outbox import OutboxRow
from storage.models.recipients import RecipientRow
from storage.repositories.base import Repository, values_of
from storage.types import Moment, one_of, table_of

RecipientOutcome: TypeAlias = Literal[
    "waiting", "sent", "unsure", "blocked", "unreachable", "expired", "withheld", "taken_back"
]

_recipients = table_of(RecipientRow)
_outbox = table_of(OutboxRow)

_NOW = bindparam("now", type_=Moment())
_THOSE = _recipients.c.announcement_id == bindparam("announcement")
_ADD = (
    insert(_recipients)
    .on_conflict_do_nothing(index_elements=["announcement_id", "person_id"])
    .returning(_recipients.c.id)
)
_OF = select(_recipients).where(_THOSE).order_by(_recipients.c.id)
_LINE = select(_recipients).where(_THOSE, _recipients.c.person_id == bindparam("person"))
_WITHOUT_LETTER = (_recipients.c.outcome == "waiting") & _recipients.c.outbox_id.is_(None)
_UNSENT = _OF.where(_WITHOUT_LETTER, _recipients.c.not_before.is_(None) | (_recipients.c.not_before <= _NOW)).limit(
    bindparam("limit")
)
_UNDER_WAY = (
    select(_recipients.c.id)
    .where(_THOSE, _recipients.c.outcome == "waiting", _recipients.c.outbox_id.is_not(None))
    .limit(1)
)
_NEXT = select(func.min(_recipients.c.not_before).label("moment")).where(_THOSE, _WITHOUT_LETTER)
_TALLY = select(_recipients.c.outcome, func.count().label("people")).where(_THOSE).group_by(_recipients.c.outcome)
_ANSWERS = (
    select(_recipients.c.answer, func.count().label("people"))
    .where(_THOSE, _recipients.c.answer.is_not(None))
    .group_by(_recipients.c.answer)
)
_REACTED = select(func.count().label("people")).where(_THOSE, _recipients.c.reacted)
_HAND_OVER = (
    update(_recipients)
    .where(_recipients.c.id == bindparam("recipient"))
    .values(outbox_id=bindparam("letter"), outcome="waiting", reason=None, settled_at=None)
)
_PUT_OFF = (
    update(_recipients).where(one_of(_recipients.c.id, "ids")).values(not_before=bindparam("until", type_=Moment()))
)
_WAITING_LETTERS = select(_recipients.c.outbox_id).where(
    _THOSE, _recipients.c.outcome == "waiting", _recipients.c.outbox_id.is_not(None)
)
_WITHDRAW_LETTERS = (
    update(_outbox)
    .where(_outbox.c.id.in_(_WAITING_LETTERS), _outbox.c.state == "waiting")
    .values(state="superseded", reason="withdrawn", settled_at=_NOW)
)
_WITHDRAW = (
    update(_recipients)
    .where(
        _THOSE,
        _recipients.c.outcome == "waiting",
        _recipients.c.outbox_id.in_(select(_outbox.c.id).where(_outbox.c.state == "superseded")),
    )
    .values(outbox_id=None)
)
_FOLLOW = (
    update(_recipients).where(_THOSE, one_of(_recipients.c.outcome, "outcomes", str)).values(todo=bindparam("what"))
)
_FOLLOW_UNANSWERED = (
    update(_recipients)
    .where(
        _THOSE,
        _recipients.c.outcome.in_(["sent", "unsure"]),
        _recipients.c.answer.is_(None),
        _recipients.c.reminded.is_(False),
    )
    .values(todo="remind", reminded=True)
)
_DUE = _OF.where(_recipients.c.todo.is_not(None), _recipients.c.outcome != "waiting").limit(bindparam("limit"))
_ANY_TODO = select(_recipients.c.id).where(_THOSE, _recipients.c.todo.is_not(None)).limit(1)
_BEING_TAKEN_BACK = (
    select(_recipients.c.id)
    .join(_outbox, _outbox.c.id == _recipients.c.taking_back_id)
    .where(_THOSE, _outbox.c.state.in_(["waiting", "sending"]))
    .limit(1)
)
_FOLLOWED = update(_recipients).where(one_of(_recipients.c.id, "ids")).values(todo=None)
_AGAIN = (
    update(_recipients)
    .where(_THOSE, one_of(_recipients.c.outcome, "outcomes", str))
    .values(outbox_id=None, outcome="waiting", reason=None, settled_at=None, not_before=None)
)
_END = (
    update(_recipients)
    .where(_THOSE, _WITHOUT_LETTER)
    .values(outcome=bindparam("new_outcome"), reason=bindparam("new_reason"), settled_at=_NOW)
)
_SETTLE = (
    update(_recipients)
    .where(
        _recipients.c.outbox_id == bindparam("letter"),
        _recipients.c.outcome != "sent",
        _recipients.c.outcome != "taken_back",
    )
    .values(
        outcome=bindparam("new_outcome"),
        reason=bindparam("new_reason"),
        settled_at=bindparam("now", type_=Moment()),
    )
)
_TAKE_BACK = (
    update(_recipients).where(_recipients.c.id == bindparam("recipient")).values(taking_back_id=bindparam("letter"))
)
_TAKEN_BACK = (
    update(_recipients)
    .where(one_of(_recipients.c.taking_back_id, "ids"))
    .values(outcome="taken_back", settled_at=_NOW)
)
_ANSWER = (
    update(_recipients)
    .where(_THOSE, _recipients.c.person_id == bindparam("person"))
    .values(answer=bindparam("new_answer"))
)
_BY_MESSAGE = (
    select(_recipients)
    .join(_outbox, _outbox.c.id == _recipients.c.outbox_id)
    .where(_recipients.c.person_id == bindparam("person"), _outbox.c.message_id == bindparam("message"))
)
_REACT = (
    update(_recipients).where(_recipients.c.id == bindparam("recipient")).values(reacted=bindparam("now_reacted"))
)
_MESSAGES = (
    select(_recipients.c.id, _outbox.c.message_id)
    .join(_outbox, _outbox.c.id == _recipients.c.outbox_id)
    .where(one_of(_recipients.c.id, "ids"), _outbox.c.message_id.is_not(None))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """One line of an announcement: whether it reached one person, if not, why, and what they answered.

    `house_id` is the house through which it is theirs; `not_before`, when its time comes there; `todo`, what must
    still follow: `correct`, `take_back`, `remind`.
    """

    id: int
    announcement_id: int
    person_id: int
    house_id: int | None = None
    outcome: RecipientOutcome = "waiting"
    reason: str | None = None
    outbox_id: int | None = None
    not_before: datetime | None = None
    taking_back_id: int | None = None
    answer: str | None = None
    todo: str | None = None
    reminded: bool = False
    reacted: bool = False
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
        result = await self._statements.execute(_ADD, [values_of(each) for each in recipients])
        return set(result.scalars())

    async def of(self, announcement_id: int) -> list[Recipient]:
        """Every line of an announcement."""
        return [Recipient(**row._mapping) for row in await self._all(_OF, {"announcement": announcement_id})]

    async def line(self, announcement_id: int, person_id: int) -> Recipient | None:
        """One person's line."""
        row = await self._first(_LINE, {"announcement": announcement_id, "person": person_id})
        return None if row is None else Recipient(**row._mapping)

    async def by_message(self, person_id: int, message_id: int) -> Recipient | None:
        """The line whose letter is this message in the person's chat."""
        row = await self._first(_BY_MESSAGE, {"person": person_id, "message": message_id})
        return None if row is None else Recipient(**row._mapping)

    async def unsent(self, announcement_id: int, now: datetime, limit: int) -> list[Recipient]:
        """Lines that wait and have no letter yet, and whose time has come: a long one is written in pieces."""
        rows = await self._all(_UNSENT, {"announcement": announcement_id, "now": now, "limit": limit})
        return [Recipient(**row._mapping) for row in rows]

    async def next_moment(self, announcement_id: int) -> datetime | None:
        """When the time of the next line comes that has none yet; None when no line waits for a time."""
        row = await self._first(_NEXT, {"announcement": announcement_id})
        return None if row is None else row.moment

    async def any_under_way(self, announcement_id: int) -> bool:
        """Whether a line waits for what becomes of its letter."""
        return await self._first(_UNDER_WAY, {"announcement": announcement_id}) is not None

    async def put_off(self, line_ids: Iterable[int], until: datetime) -> None:
        """Their time comes later."""
        await self._count(_PUT_OFF, {"ids": sorted(line_ids), "until": until})

    async def hand_over(self, letters: Mapping[int, int]) -> None:
        """Give lines their letter: line id to outbox id."""
        await self._many(
            _HAND_OVER,
            [{"recipient": line_id, "letter": letter_id} for line_id, letter_id in sorted(letters.items())],
        )

    async def withdraw(self, announcement_id: int, now: datetime) -> None:
        """Letters nobody has in hand yet will not go: their lines have none any more."""
        values = {"announcement": announcement_id, "now": now}
        await self._count(_WITHDRAW_LETTERS, values)
        await self._count(_WITHDRAW, values)

    async def again(self, announcement_id: int, outcomes: Iterable[RecipientOutcome]) -> int:
        """Lines that ended so wait for a new letter; how many."""
        return await self._count(_AGAIN, {"announcement": announcement_id, "outcomes": sorted(outcomes)})

    async def end(self, announcement_id: int, outcome: RecipientOutcome, reason: str, now: datetime) -> int:
        """Lines that wait and have no letter end like this; how many."""
        values = {"announcement": announcement_id, "new_outcome": outcome, "new_reason": reason, "now": now}
        return await self._count(_END, values)

    async def settle_by_outbox(self, arrivals: Sequence[Arrival], now: datetime) -> None:
        """What the postman's work means for the lines; a line that has its outcome keeps it."""
        await self._many(
            _SETTLE,
            [
                {"letter": each.outbox_id, "new_outcome": each.outcome, "new_reason": each.reason, "now": now}
                for each in arrivals
                if each.outcome != "waiting"
            ],
        )

    async def messages_of(self, line_ids: Iterable[int]) -> dict[int, int]:
        """Where lines became messages: line id to message id."""
        return {row.id: row.message_id for row in await self._all(_MESSAGES, {"ids": sorted(line_ids)})}

    async def take_back(self, letters: Mapping[int, int]) -> None:
        """These lines' messages are being taken back by these letters: line id to outbox id."""
        await self._many(
            _TAKE_BACK, [{"recipient": line, "letter": letter} for line, letter in sorted(letters.items())]
        )

    async def taken_back(self, letters: Iterable[int], now: datetime) -> None:
        """Those letters have done it."""
        await self._count(_TAKEN_BACK, {"ids": sorted(letters), "now": now})

    async def answer(self, announcement_id: int, person_id: int, answer: str | None) -> bool:
        """What somebody answers now, None for nothing any more; False when it was not for them."""
        values = {"announcement": announcement_id, "person": person_id, "new_answer": answer}
        return await self._count(_ANSWER, values) == 1

    async def react(self, line_id: int, *, reacted: bool) -> None:
        """Whether a reaction stands on it."""
        await self._count(_REACT, {"recipient": line_id, "now_reacted": reacted})

    async def follow(self, announcement_id: int, what: str, outcomes: Iterable[RecipientOutcome]) -> int:
        """Something must follow at every line that ended so, or is still on its way; how many."""
        values = {"announcement": announcement_id, "what": what, "outcomes": sorted(outcomes)}
        return await self._count(_FOLLOW, values)

    async def remind(self, announcement_id: int) -> int:
        """Those who got it and have not answered are to be reminded, nobody twice; how many."""
        return await self._count(_FOLLOW_UNANSWERED, {"announcement": announcement_id})

    async def to_follow(self, announcement_id: int, limit: int) -> list[Recipient]:
        """Lines at which something must follow, and which are not on their way any more."""
        rows = await self._all(_DUE, {"announcement": announcement_id, "limit": limit})
        return [Recipient(**row._mapping) for row in rows]

    async def any_to_follow(self, announcement_id: int) -> bool:
        """Whether there is one at all."""
        return await self._first(_ANY_TODO, {"announcement": announcement_id}) is not None

    async def any_being_taken_back(self, announcement_id: int) -> bool:
        """Whether one is being taken back at this moment."""
        return await self._first(_BEING_TAKEN_BACK, {"announcement": announcement_id}) is not None

    async def followed(self, line_ids: Iterable[int]) -> None:
        """It is done there."""
        await self._count(_FOLLOWED, {"ids": sorted(line_ids)})

    async def tally(self, announcement_id: int) -> dict[RecipientOutcome, int]:
        """How many lines have each outcome; outcomes of nobody are missing."""
        return {row.outcome: row.people for row in await self._all(_TALLY, {"announcement": announcement_id})}

    async def answers(self, announcement_id: int) -> dict[str, int]:
        """How many gave each answer."""
        return {row.answer: row.people for row in await self._all(_ANSWERS, {"announcement": announcement_id})}

    async def reactions(self, announcement_id: int) -> int:
        """How many put a reaction on it."""
        row = await self._first(_REACTED, {"announcement": announcement_id})
        return 0 if row is None else int(row.people)
