"""What is on in the house: lines that staff write, every week or for one day, and everybody finds on that day."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Final

from babel.dates import format_skeleton, get_day_names

from bot.conversation.arguments import words, words_if
from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import NotAllowedError, Registry
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import MEMBERS, STAFF
from bot.schedule.times import EVERY_DAY, zone_of
from bot.schedule.typed_times import minutes_of, read_time
from dialogs.values import Option, Text, Value
from storage.problems import Conflict
from storage.repositories.events import Event

MOST: Final = 30
"""Lines a house can have: more is not a week's plan, and would not fit on a screen."""

_AHEAD: Final = 14
"""Days ahead for which a line can be written."""

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def on_day(events: list[Event], day: date) -> list[Event]:
    """What is on that day, by its time; what has no fixed time stands last."""
    found = [each for each in events if each.day == day or each.days >> day.weekday() & 1]
    return sorted(found, key=lambda each: (each.minutes is None, each.minutes or 0, each.id))


async def today_any(desk: Desk) -> Value:
    """Whether anything is on today."""
    return bool(await _today(desk))


async def today_lines(desk: Desk) -> Value:
    """What is on today where the house stands, a line each."""
    return a_line_each([_at_its_time(desk, each) for each in await _today(desk)])


async def event_lines(desk: Desk) -> Value:
    """All that is written down, a line each, with when it is on."""
    return a_line_each([_when(desk, each) for each in await _coming(desk)])


async def event_options(desk: Desk) -> Value:
    """The same, to choose from."""
    return tuple(Option(str(each.id), each.words) for each in await _coming(desk))


async def events_full(desk: Desk) -> Value:
    """Whether there is no room for another."""
    return len(await _coming(desk)) >= MOST


async def event_day_options(desk: Desk) -> Value:
    """The days for which something can be written, today first."""
    first = await _house_day(desk)
    days = [first + timedelta(days=ahead) for ahead in range(_AHEAD)]
    return tuple(Option(each.isoformat(), _date(desk, each)) for each in days)


async def add_event(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """One line more: every week on these `days`, or on one `day`; `time` as typed, or none.

    Raises Conflict when there is no room any more, ValueError for what is no day or no time.
    """
    if len(await _coming(desk)) >= MOST:
        raise Conflict("the list is full")
    given, typed, once = arguments.get("days"), words_if(arguments, "time"), words_if(arguments, "day")
    weekly = sum(1 << _DAYS.index(str(each)) for each in given) if isinstance(given, tuple) else 0
    day = None if once is None else date.fromisoformat(once)
    at = None if typed is None else read_time(typed)
    if (day is None) == (weekly == 0) or (typed is not None and at is None):
        raise ValueError("on days of the week or on one day, and at a time of day")
    await desk.work.events.add(
        Event(
            id=desk.ids.new(),
            house_id=desk.house_id,
            words=words(arguments, "words"),
            days=weekly,
            day=day,
            minutes=None if at is None else minutes_of(at),
            added_at=desk.now,
        )
    )
    await trail.note(desk, What.EVENTS_CHANGED)


async def remove_event(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Takes a line away. Raises Conflict when it is gone, NotAllowedError for what is none."""
    chosen = words(arguments, "event")
    if not chosen.isdigit():
        raise NotAllowedError("no line of this house")
    if not await desk.work.events.remove(int(chosen), desk.house_id):
        raise Conflict("somebody else took it away first")
    await trail.note(desk, What.EVENTS_CHANGED)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for fact in (today_any, today_lines):
        registry.fact(fact.__name__, MEMBERS, fact)
    for fact in (event_lines, event_options, events_full, event_day_options):
        registry.fact(fact.__name__, STAFF, fact)
    registry.action("add_event", STAFF, add_event)
    registry.action("remove_event", STAFF, remove_event)


async def _house_day(desk: Desk) -> date:
    """The date where the house stands."""
    house = await desk.house()
    return desk.now.astimezone(zone_of(house.zone)).date()


async def _today(desk: Desk) -> list[Event]:
    return on_day(await desk.work.events.of_house(desk.house_id), await _house_day(desk))


async def _coming(desk: Desk) -> list[Event]:
    """All that is still to come, oldest line first."""
    first = await _house_day(desk)
    return [each for each in await desk.work.events.of_house(desk.house_id) if each.day is None or each.day >= first]


def _at_its_time(desk: Desk, event: Event) -> Text:
    if event.minutes is None:
        return desk.phrase("event_open", words=event.words)
    return desk.phrase("event_timed", words=event.words, time=time(*divmod(event.minutes, 60)))


def _when(desk: Desk, event: Event) -> Text:
    line = _at_its_time(desk, event)
    if event.day is not None:
        return desk.phrase("event_once", line=line, day=_date(desk, event.day))
    if event.days == EVERY_DAY:
        return desk.phrase("event_daily", line=line)
    named = get_day_names("abbreviated", locale=desk.reader.locale)
    days = tuple(str(named[number]) for number in range(7) if event.days >> number & 1)
    return desk.phrase("event_weekly", line=line, days=days)


def _date(desk: Desk, day: date) -> str:
    return str(format_skeleton("MMMEd", day, locale=desk.reader.locale))
