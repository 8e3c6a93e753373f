"""From a local time of day to the next moment it comes: pure, and right on the nights the clocks change."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

EVERY_DAY = 0b1111111
"""All seven days; bit 0 is Monday."""


@cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of a name, kept: the library itself keeps the last eight, and reads the others from disk again."""
    return ZoneInfo(name)


def next_moment(local_minutes: int, zone: str, after: datetime, days: int = EVERY_DAY, *, weeks: int = 1) -> datetime:
    """The next moment (UTC), strictly later than `after`, when it is `local_minutes` past midnight in `zone`.

    With `weeks` above one, that many weeks less one are let by first: what has just come on a Sunday comes again on
    the Sunday so many weeks later.

    A local time that does not exist that day comes at the next one that does; one that exists twice comes once,
    the first time. Raises ValueError if no day is chosen.
    """
    if not days & EVERY_DAY:
        raise ValueError("no day of the week is chosen")
    there = zone_of(zone)
    # Weeks are counted on the calendar there: an hour more or less in between makes no other day.
    after = (after.astimezone(there) + timedelta(weeks=weeks - 1)).astimezone(UTC)
    day = after.astimezone(there).date() - timedelta(days=1)
    at = time(local_minutes // 60, local_minutes % 60)
    for _ in range(10):
        if days >> day.weekday() & 1:
            moment = _exists(datetime.combine(day, at, there))
            if moment > after:
                return moment
        day += timedelta(days=1)
    raise AssertionError("a week has seven days")


def _exists(local: datetime) -> datetime:
    """The moment of a local time. In a gap, its end: walking there in UTC lands on the next time that exists."""
    moment = local.astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    before = local.replace(fold=0).utcoffset()
    after = local.replace(fold=1).utcoffset()
    assert before is not None  # noqa: S101 - a ZoneInfo always knows
    assert after is not None  # noqa: S101 - likewise
    # In a gap the two offsets differ by its length; the gap ends where the later offset begins.
    low, high = moment - abs(after - before), moment + abs(after - before)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(local.tzinfo).utcoffset() == low.astimezone(local.tzinfo).utcoffset():
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)
