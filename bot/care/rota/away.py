"""When somebody can't be asked: away for some days, or quiet at night."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.care.rota.facts import my_turns_ahead
from bot.care.rota.words import moment, until_lines
from bot.conversation.arguments import number, words
from bot.conversation.desk import Desk
from bot.schedule.times import next_moment
from dialogs.values import Value

LONGEST_DAYS: Final = 14
_BACK_AT: Final = 8 * 60
"""Minutes past midnight: whoever is away is asked again from eight in the morning, where they live."""

_QUIET: Final[Mapping[str, tuple[int, int] | None]] = {
    "none": None,
    "21-7": (21 * 60, 7 * 60),
    "22-7": (22 * 60, 7 * 60),
    "23-8": (23 * 60, 8 * 60),
    "0-9": (0, 9 * 60),
}
"""Quiet hours that are offered, in minutes past midnight."""


async def away_until(desk: Desk) -> Value:
    """Until when the person is away; none when they are not."""
    until = await _away_until(desk)
    return None if until is None else moment(until, desk.reader)


async def turns_while_away(desk: Desk) -> Value:
    """Turns that somebody else has to take while the person is away, a line each; empty when there are none."""
    until = await _away_until(desk)
    return "" if until is None else await until_lines(desk, await my_turns_ahead(desk, until))


async def quiet_hours(desk: Desk) -> Value:
    """The person's quiet hours; none when they have none."""
    said = (await desk.work.availability.of([desk.me.id])).get(desk.me.id)
    if said is None or said.quiet_from is None or said.quiet_until is None:
        return None
    hours: dict[str, Value] = {"start": _time(said.quiet_from), "end": _time(said.quiet_until)}
    return desk.phrase("quiet_hours", **hours)


async def set_away(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Away for so many days, until the morning after the last of them. Raises ValueError for too many."""
    days = number(arguments, "days")
    if not 1 <= days <= LONGEST_DAYS:
        raise ValueError(f"days should be from 1 to {LONGEST_DAYS}")
    today = desk.now.astimezone(ZoneInfo(desk.me.zone)).date()
    noon_before = datetime.combine(today + timedelta(days=days - 1), time(12), ZoneInfo(desk.me.zone))
    # It is the morning of the day after that noon, which may have been while this was said.
    until = next_moment(_BACK_AT, desk.me.zone, max(noon_before, desk.now))
    await desk.work.availability.set_away(desk.me.id, until)


async def end_away(desk: Desk, _: Mapping[str, Value]) -> None:
    """They are back."""
    await desk.work.availability.set_away(desk.me.id, None)


async def set_quiet(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """These are their quiet hours. Raises ValueError for hours that were not offered."""
    hours = words(arguments, "hours")
    if hours not in _QUIET:
        raise ValueError("these hours were not offered")
    await desk.work.availability.set_quiet(desk.me.id, _QUIET[hours])


async def _away_until(desk: Desk) -> datetime | None:
    said = (await desk.work.availability.of([desk.me.id])).get(desk.me.id)
    until = said.away_until if said is not None else None
    return until if until is not None and until > desk.now else None


def _time(minutes: int) -> time:
    return time(*divmod(minutes, 60))
