"""Whom a worry asks, and when: slower than any call, and never at night. Pure."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from bot.schedule.times import zone_of
from storage.repositories.hellos import HelloKind

STEPS: Final = ("chosen", "on_call", "mentor")
"""Whom the person chose, the mentors on call, every mentor. Never staff: they agreed to a mentor."""

BEGINS_AFTER: Final[Mapping[HelloKind, timedelta]] = {
    "worry": timedelta(minutes=30),  # first a skill and a human are theirs to take
    "silence": timedelta(hours=3),  # first there is a gentle message to answer
    "company": timedelta(),
    "talk": timedelta(),  # they asked for it themselves
}

EACH_STEP: Final[Mapping[HelloKind, timedelta]] = {
    "worry": timedelta(hours=3),
    "silence": timedelta(hours=3),
    "company": timedelta(hours=3),
    "talk": timedelta(hours=1),
}

THEIR_OWN: Final[frozenset[HelloKind]] = frozenset({"company", "talk"})
"""What a person asks for by a tap: it needs no other consent, and is no worry."""

REST: Final = timedelta(days=3)
"""After one worry nobody is asked about another for so long: people are with them, or have been."""

_WAKING: Final = (time(8), time(21))


def steps_of(kind: HelloKind) -> tuple[str, ...]:
    """Whom it asks, one step after the other. Who asks for somebody themselves may be answered by staff, too."""
    return (*STEPS, "staff") if kind == "talk" else STEPS


def waking(at: datetime, zone: str) -> datetime:
    """That moment, or the next morning at eight where the house stands, if people sleep then."""
    there = at.astimezone(zone_of(zone))
    begins, ends = _WAKING
    if begins <= there.time() < ends:
        return at
    day = there.date() + timedelta(days=there.time() >= ends)
    return datetime.combine(day, begins, zone_of(zone)).astimezone(at.tzinfo)
