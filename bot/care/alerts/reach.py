"""Whom a call has reached: Telegram says of each letter that it came, or that it never will, and of no more."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.delivery.items import Settled
from bot.delivery.promises import Kind, State
from bot.ids import Ids
from dialogs.values import Value
from storage.repositories.alert_trail import Ask
from storage.repositories.people import Person
from storage.repositories.timers import Timer
from storage.unit_of_work import UnitOfWork

TIMER: Final = "alert_reached"

_HOW: Final[Mapping[State, str]] = {
    State.SENT: "yes",
    State.REFUSED: "no",
    State.FAILED: "no",
    State.WITHHELD: "no",
}
"""What is not known (unsure) is not said."""


async def settle(work: UnitOfWork, ended: Sequence[Settled], now: datetime, ids: Ids) -> None:
    """Notes it with those who were asked; the person hears of it through the door, a moment later."""
    letters = [each for each in ended if each.kind is Kind.ALERT and each.state in _HOW]
    alerts: set[int] = set()
    for how in ("yes", "no"):
        some = [each.id for each in letters if _HOW[each.state] == how]
        if some:
            alerts |= await work.alert_trail.reached(some, how, now)
    await work.timers.add_many(
        [
            Timer(id=ids.new(), kind=TIMER, subject_id=each, fence=0, due_at=now, created_at=now)
            for each in sorted(alerts)
        ]
    )


def told(desk: Desk, asks: Iterable[Ask], people: Mapping[int, Person]) -> Value:
    """In words, for the one who asked: on whose phone it is by now, and who can't be reached."""
    waiting = [ask for ask in asks if ask.answer is None and ask.person_id in people]
    lines = []
    for how, phrase in (("yes", "alert_has_reached"), ("no", "alert_cannot_reach")):
        names = tuple(sorted({people[ask.person_id].name for ask in waiting if ask.reached == how}))
        if names:
            lines.append(desk.phrase(phrase, names=names))
    return a_line_each(lines) if lines else ""
