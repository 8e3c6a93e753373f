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
}

EACH_STEP: Final = timedelta(hours=3)

REST: Final = timedelta(days=3)
"""After one worry nobody is asked about another for so long: people are with them, or have been."""

_WAKING: Final = (time(8), time(21))


def waking(at: datetime, zone: str) -> datetime:
    """That moment, or the next morning at eight where the house stands, if people sleep then."""
    there = at.astimezone(zone_of(zone))
    begins, ends = _WAKING
    if begins <= there.time() < ends:
        return at
    day = there.date() + timedelta(days=there.time() >= ends)
    return datetime.combine(day, begins, zone_of(zone)).astimezone(at.tzinfo)
