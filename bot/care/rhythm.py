"""What Hearth asks and how often: beats that a house may leave out, each at a person's own local time and days."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, get_day_names

from bot.conversation.arguments import words, words_if
from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Registry
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import MEMBERS, STAFF, Audience, audience_of, may
from bot.schedule.times import EVERY_DAY, next_moment
from bot.schedule.typed_times import minutes_of, read_time
from dialogs.values import Option, Text, Value
from storage.repositories.schedules import Schedule

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """A dialog that comes by itself: on which days of every so many weeks, until somebody chooses others.

    `soon`: the first time is in the first week, and only then so many weeks apart.
    """

    dialog: str
    days: int
    weeks: int = 1
    soon: bool = False


def _on(*days: str) -> int:
    return sum(1 << _DAYS.index(day) for day in days)


DAILY: Final = Beat(dialog="daily_checkin", days=EVERY_DAY)

BEATS: Final = (
    DAILY,
    Beat(dialog="weekly_checkin", days=_on("sat")),
    Beat(dialog="monthly_checkin", days=_on("wed"), weeks=4),
    Beat(dialog="recovery_capital", days=_on("mon"), weeks=13, soon=True),
    Beat(dialog="house_pulse", days=_on("fri"), weeks=4),
)
"""Each on a day of its own, so that nobody meets two of the longer ones at once (CARE, “Check-ins”)."""

_APART: Final = 4 * 60
_NOON: Final = 12 * 60
_EVENING: Final = 20 * 60


def beside(daily: int) -> int:
    """When the longer ones come, in minutes past midnight: four hours from the daily one, and not before noon."""
    return daily - _APART if daily - _APART >= _NOON else min(daily + _APART, 21 * 60)


def first_moment(beat: Beat, minutes: int, zone: str, now: datetime) -> datetime:
    """When a beat comes for the first time."""
    return next_moment(minutes, zone, now, beat.days, weeks=1 if beat.soon else beat.weeks)


async def begin(desk: Desk, minutes: int) -> None:
    """A person who is asked for the first time begins with every beat for them; the daily one at this time."""
    schedules = [
        Schedule(
            id=desk.ids.new(),
            person_id=desk.me.id,
            kind=beat.dialog,
            local_minutes=minutes if beat is DAILY else beside(minutes),
            days=beat.days,
            weeks=beat.weeks,
            next_at=first_moment(beat, minutes if beat is DAILY else beside(minutes), desk.me.zone, desk.now),
        )
        for beat in BEATS
        if may(desk.standing, _audience(desk, beat))
    ]
    for schedule in schedules:
        await desk.work.schedules.set(schedule)


async def begin_rhythm(desk: Desk, _: Mapping[str, Value]) -> None:
    """Whoever is asked nothing yet begins with what is for them."""
    if not await _mine(desk):
        await begin(desk, _EVENING)


# what a house asks


async def house_asks(desk: Desk) -> Value:
    """The beats that the house has not switched off."""
    off = await desk.work.switches.off(desk.house_id)
    return tuple(beat.dialog for beat in BEATS if beat.dialog not in off)


async def house_beat_options(desk: Desk) -> Value:
    """Every beat, ticked where the house has it."""
    off = await desk.work.switches.off(desk.house_id)
    return tuple(
        Option(
            beat.dialog,
            Text("{box} {title}", {"box": "☐" if beat.dialog in off else "☑", "title": _title(desk, beat)}),
        )
        for beat in BEATS
    )


async def switch_beat(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Switches a beat on or off for the whole house. Raises ValueError for what is none."""
    beat = _beat(arguments)
    off = await desk.work.switches.off(desk.house_id)
    await desk.work.switches.set(desk.ids.new(), desk.house_id, beat.dialog, on=beat.dialog in off)
    await trail.note(desk, What.ASKS_CHANGED)


# what a person is asked


async def rhythm_lines(desk: Desk) -> Value:
    """What the person is asked and when, a line each."""
    mine = await _mine(desk)
    lines = [_line(desk, beat, mine.get(beat.dialog)) for beat in await _open_to(desk)]
    paused = await paused_until(desk)
    if isinstance(paused, str):
        lines.append(desk.phrase("rhythm_paused", until=paused))
    return a_line_each(lines)


async def rhythm_options(desk: Desk) -> Value:
    """The beats that the person can be asked, by title."""
    return tuple(Option(beat.dialog, _title(desk, beat)) for beat in await _open_to(desk))


async def beat_line(desk: Desk) -> Value:
    """The beat in `kind`, as in the list."""
    beat = _beat({"dialog": desk.answers.get("kind")})
    return _line(desk, beat, (await _mine(desk)).get(beat.dialog))


async def beat_set(desk: Desk) -> Value:
    """Whether the person is asked the beat in `kind`."""
    return desk.answers.get("kind") in await _mine(desk)


async def set_beat(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Asks at this time (as typed), on the days it was asked before. Raises ValueError for what is no time."""
    beat = _beat(arguments)
    read = read_time(words(arguments, "time"))
    if read is None:
        raise ValueError("this is not a time of day")
    await at(desk, beat, minutes_of(read))


async def at(desk: Desk, beat: Beat, minutes: int) -> None:
    """A beat comes at this local time from now on; its days, and a pause, stay as they are."""
    before = (await _mine(desk)).get(beat.dialog)
    if before is None:
        before = Schedule(
            id=desk.ids.new(),
            person_id=desk.me.id,
            kind=beat.dialog,
            local_minutes=minutes,
            days=beat.days,
            weeks=beat.weeks,
            next_at=desk.now,
        )
        next_at = first_moment(beat, minutes, desk.me.zone, desk.now)
    elif beat.weeks > 1:
        next_at = _same_week(before, minutes, desk.me.zone, desk.now)
    else:
        next_at = next_moment(minutes, desk.me.zone, desk.now, before.days)
    await desk.work.schedules.set(replace(before, local_minutes=minutes, next_at=next_at))


async def set_beat_days(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Asks on these days; without any, everything stays as it is."""
    beat = _beat(arguments)
    before = (await _mine(desk)).get(beat.dialog)
    given = arguments.get("days")
    chosen = _on(*(str(day) for day in given)) if isinstance(given, tuple) else 0
    if before is None or not chosen:
        return
    next_at = next_moment(before.local_minutes, desk.me.zone, desk.now, chosen)
    await desk.work.schedules.set(replace(before, days=chosen, next_at=next_at))


async def drop_beat(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Asks the person this no more."""
    await desk.work.schedules.remove(desk.me.id, _beat(arguments).dialog)


# a pause


async def paused_until(desk: Desk) -> Value:
    """The day until which the person is asked nothing, in words; none when they are asked."""
    ends = [each.paused_until for each in (await _mine(desk)).values() if each.paused_until is not None]
    if not ends or max(ends) <= desk.now:
        return None
    return _date(max(ends).astimezone(ZoneInfo(desk.me.zone)).date(), desk.reader.locale)


async def pause_options(desk: Desk) -> Value:
    """Days until which a pause can last: each of the coming fortnight, and then some weeks."""
    today = desk.now.astimezone(ZoneInfo(desk.me.zone)).date()
    days = [today + timedelta(days=ahead) for ahead in (*range(2, 15), 21, 28, 42)]
    return tuple(Option(day.isoformat(), _date(day, desk.reader.locale)) for day in days)


async def pause_rhythm(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Asks nothing until that day begins where the person lives; none ends a pause."""
    typed = words_if(arguments, "until")
    until = None
    if typed is not None:
        until = datetime.combine(date.fromisoformat(typed), time(), ZoneInfo(desk.me.zone))
    for schedule in (await _mine(desk)).values():
        await desk.work.schedules.set(replace(schedule, paused_until=until))


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("house_asks", MEMBERS, house_asks)
    registry.fact("house_beat_options", STAFF, house_beat_options)
    registry.action("switch_beat", STAFF, switch_beat)
    registry.fact("rhythm_lines", MEMBERS, rhythm_lines)
    registry.fact("rhythm_options", MEMBERS, rhythm_options)
    registry.fact("beat_line", MEMBERS, beat_line)
    registry.fact("beat_set", MEMBERS, beat_set)
    registry.fact("paused_until", MEMBERS, paused_until)
    registry.fact("pause_options", MEMBERS, pause_options)
    registry.action("begin_rhythm", MEMBERS, begin_rhythm)
    registry.action("set_beat", MEMBERS, set_beat)
    registry.action("set_beat_days", MEMBERS, set_beat_days)
    registry.action("drop_beat", MEMBERS, drop_beat)
    registry.action("pause_rhythm", MEMBERS, pause_rhythm)


def _beat(given: Mapping[str, Value]) -> Beat:
    wanted = given.get("dialog")
    found = next((beat for beat in BEATS if beat.dialog == wanted), None)
    if found is None:
        raise ValueError("nothing of that name comes by itself")
    return found


async def _mine(desk: Desk) -> dict[str, Schedule]:
    kinds = {beat.dialog for beat in BEATS}
    return {each.kind: each for each in await desk.work.schedules.of(desk.me.id) if each.kind in kinds}


async def _open_to(desk: Desk) -> list[Beat]:
    off = await desk.work.switches.off(desk.house_id)
    return [beat for beat in BEATS if beat.dialog not in off and may(desk.standing, _audience(desk, beat))]


def _audience(desk: Desk, beat: Beat) -> Audience:
    return audience_of(desk.library.scripts[beat.dialog].dialog.audience)


def _title(desk: Desk, beat: Beat) -> Text:
    return Text(desk.library.scripts[beat.dialog].dialog.title)


def _line(desk: Desk, beat: Beat, schedule: Schedule | None) -> Text:
    title = _title(desk, beat)
    if schedule is None:
        return desk.phrase("rhythm_never", title=title)
    at = time(*divmod(schedule.local_minutes, 60))
    if beat.weeks > 1:
        there = schedule.next_at.astimezone(ZoneInfo(desk.me.zone)).date()
        return desk.phrase("rhythm_next", title=title, time=at, day=_date(there, desk.reader.locale))
    if schedule.days == EVERY_DAY:
        return desk.phrase("rhythm_daily", title=title, time=at)
    named = get_day_names("abbreviated", locale=desk.reader.locale)
    days = tuple(str(named[number]) for number in range(7) if schedule.days >> number & 1)
    return desk.phrase("rhythm_days", title=title, time=at, days=days)


def _same_week(before: Schedule, minutes: int, zone: str, now: datetime) -> datetime:
    """The day on which it would have come anyway, at another time."""
    day = before.next_at.astimezone(ZoneInfo(zone)).date()
    midnight = datetime.combine(day, time(), ZoneInfo(zone))
    return next_moment(minutes, zone, max(midnight - timedelta(microseconds=1), now), before.days)


def _date(day: date, locale: str) -> str:
    """Sat, Mar 6."""
    return str(format_skeleton("MMMEd", day, locale=locale))
