"""How long what is kept: one list, with the reasons. Told in /privacy, and held to by a tick."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.conversation.arguments import number
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import EVERYONE
from dialogs.values import Value
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of data, by its name in storage, and for how many days it is kept."""

    kind: str
    days: int


KEPT: Final = (
    # A year lets people look back on the same season; what helped then is worth knowing.
    Kept("checkins", 365),
    Kept("results", 365),
    Kept("practices", 365),
    # Long enough to thank, to look back together and to see that the rota holds; then a call is nobody's business.
    Kept("alerts", 90),
    Kept("hellos", 90),
    # Whether somebody was asked and answered only matters for what worries us now.
    Kept("prompts", 90),
    # A season of the house.
    Kept("announcements", 90),
    # Who made and used an invite matters while people find out how somebody came in.
    Kept("invites", 30),
    # As long as anything that may have been shown.
    Kept("showings", 365),
)

LETTERS: Final = timedelta(days=7)
"""Messages that were sent: enough to tidy them, to take them back, and to find out what became of one."""

RELAYED: Final = timedelta(hours=48)
"""What two people of a call wrote to each other through the bot: as long as it can be taken back."""

RELAY: Final = "relay"
"""The purpose of letters that carry it."""

FAILURES: Final = timedelta(days=30)
"""Sealed copies of what went wrong: enough for staff to report it and for somebody to look."""

HANDLED: Final = timedelta(hours=48)
"""Numbers of updates that are done; Telegram repeats none after a day."""

GUESSES: Final = timedelta(hours=24)
"""Wrong invite codes: enough to slow down whoever tries many."""

STRANGERS: Final = timedelta(hours=48)
"""Whoever wrote to the bot and never joined is forgotten after so long: enough to come back to an open invite."""

LEFT: Final = timedelta(days=90)
"""Whoever left is forgotten after so long, unless they chose: people come back, and mostly in the first weeks."""

CHOICES: Final = (timedelta(days=30), LEFT, timedelta(days=365))
"""Among these they choose, before they leave and after it. More than a year nothing is of use to them here."""

OVER: Final = timedelta(days=2)
"""What was on in a house on one day: that day is over, wherever the house stands."""

_AT_ONCE: Final = 100


async def tidy(work: UnitOfWork, now: datetime) -> None:
    """Forgets what has been kept long enough. Done again, it does nothing more."""
    await work.outbox.prune(now - LETTERS)
    await work.outbox.prune(now - RELAYED, RELAY)
    await work.retention.prune("relayed", now - RELAYED)
    await work.updates.prune_failed(now - FAILURES)
    await work.updates.prune(now - HANDLED)
    await work.guesses.prune(now - GUESSES)
    await work.events.prune((now - OVER).date())
    for each in KEPT:
        gone = await work.retention.prune(each.kind, now - timedelta(days=each.days))
        if gone:
            log.info("retention.pruned", kind=each.kind, rows=gone)
    people = await work.retention.never_joined(now - STRANGERS, _AT_ONCE)
    for long in CHOICES:
        people += await work.retention.left(now - long, _AT_ONCE, days=long.days, unsaid=LEFT.days)
    for person in people:
        await work.people.delete(person)
    if people:
        log.info("retention.forgotten", people=len(people))


async def kept_for(desk: Desk) -> Value:
    """What is kept how long, a line each, shortest first."""
    lines = [
        desk.phrase("kept_strangers", hours=STRANGERS // timedelta(hours=1)),
        desk.phrase("kept_relayed", hours=RELAYED // timedelta(hours=1)),
        desk.phrase("kept_letters", days=LETTERS.days),
    ]
    lines += [desk.phrase(f"kept_{each.kind}", days=each.days) for each in sorted(KEPT, key=lambda each: each.days)]
    lines += [desk.phrase("kept_stories"), desk.phrase("kept_left", days=_chosen(desk))]
    return "\n".join(desk.render(line) for line in lines)


async def remembered_days(desk: Desk) -> Value:
    """For how many days after leaving they are remembered: what they chose, or what holds for everybody."""
    return _chosen(desk)


async def remember_me(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """They choose that number. Raises ValueError for one that is not offered."""
    days = number(arguments, "days")
    if timedelta(days=days) not in CHOICES:
        raise ValueError("nobody is remembered for so long")
    await desk.work.people.remember(desk.me.id, days)
    desk.know(remember_days=days)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("kept_for", EVERYONE, kept_for)
    registry.fact("remembered_days", EVERYONE, remembered_days)
    registry.action("remember_me", EVERYONE, remember_me)


def _chosen(desk: Desk) -> int:
    days = None if desk.person is None else desk.person.remember_days
    return LEFT.days if days is None else days
