"""When a person wants to be asked how they are: their own time, on their own clock."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.care import rhythm
from bot.care.rhythm import BEATS, DAILY
from bot.conversation.arguments import words_if
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import EVERYONE, PARTICIPANTS
from bot.schedule.times import next_moment
from bot.schedule.typed_times import minutes_of, read_time
from dialogs.values import Value
from storage.repositories.schedules import Schedule

DIALOG = DAILY.dialog
"""The dialog that asks; the kind of its schedule and of its prompts."""


def today(desk: Desk) -> date:
    """The date where the person lives."""
    return desk.now.astimezone(ZoneInfo(desk.me.zone)).date()


def day_begins(desk: Desk, day: date) -> datetime:
    """The moment a day begins where the person lives."""
    return datetime.combine(day, time(), ZoneInfo(desk.me.zone))


async def schedule_of(desk: Desk) -> Schedule | None:
    """The person's time for the daily check-in."""
    schedules = await desk.work.schedules.of(desk.me.id)
    return next((each for each in schedules if each.kind == DIALOG), None)


async def done_today(desk: Desk) -> bool:
    """Whether a check-in of today, where the person lives, is kept."""
    day = today(desk)
    kept = await desk.work.checkins.of(desk.me.id, day_begins(desk, day))
    return any(each.day == day for each in kept)


async def ask_no_more_today(desk: Desk) -> None:
    """Whoever checked in, or said not today, is not asked again today: a time still ahead moves to tomorrow."""
    schedule = await schedule_of(desk)
    if schedule is None or schedule.next_at >= day_begins(desk, today(desk) + timedelta(days=1)):
        return
    following = next_moment(schedule.local_minutes, desk.me.zone, max(schedule.next_at, desk.now), schedule.days)
    # When it was fired this very moment it has moved on by itself; the check-in then says that today is done.
    await desk.work.schedules.reschedule(schedule.id, following, schedule.next_at)


async def time_understood(desk: Desk) -> Value:
    """Whether `typed_time` is a time of day."""
    typed = desk.answers.get("typed_time")
    return isinstance(typed, str) and read_time(typed) is not None


async def checkin_time(desk: Desk) -> Value:
    """The person's own time, local, shown as their language writes it; none when there is none."""
    schedule = await schedule_of(desk)
    return None if schedule is None else time(*divmod(schedule.local_minutes, 60))


async def set_checkin_time(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Asks every day at this time, as typed; none: never. Raises ValueError for what is not a time."""
    typed = words_if(arguments, "time")
    if typed is None:
        await desk.work.schedules.remove(desk.me.id, DIALOG)
        return
    read = read_time(typed)
    if read is None:
        raise ValueError("this is not a time of day")
    kinds = {beat.dialog for beat in BEATS}
    if any(each.kind in kinds for each in await desk.work.schedules.of(desk.me.id)):
        await rhythm.at(desk, DAILY, minutes_of(read))
    else:
        await rhythm.begin(desk, minutes_of(read))
    if await done_today(desk):
        await ask_no_more_today(desk)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("time_understood", EVERYONE, time_understood)
    registry.fact("checkin_time", PARTICIPANTS, checkin_time)
    registry.action("set_checkin_time", PARTICIPANTS, set_checkin_time)
