"""The clock a person lives by."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.membership import atlas
from bot.membership.invitation import house_ahead
from bot.policy import EVERYONE, MEMBERS
from bot.schedule.times import next_moment
from dialogs.values import Option, Value
from storage.repositories.schedules import Schedule

_INSTANT: Final = timedelta(microseconds=1)


def key_of(zone: str) -> str:
    """A zone as the key of a choice, which has no slash: America.New_York."""
    return zone.replace("/", ".")


def read_key(key: str) -> str:
    """The zone of a key, or of its own name. Raises ValueError for one that no country keeps."""
    zone = key.replace(".", "/")
    if zone not in atlas.all_zones() and zone != "UTC":
        raise ValueError("this is not a time zone")
    return zone


async def live_in(desk: Desk, zone: str) -> None:
    """The person lives by this zone from now on: their own times follow that clock."""
    before = desk.me.zone
    await desk.work.people.set_zone(desk.me.id, zone)
    desk.know(zone=zone)
    tomorrow = datetime.combine(_today(desk) + timedelta(days=1), time(), ZoneInfo(zone))
    for schedule in await desk.work.schedules.of(desk.me.id):
        if schedule.weeks > 1:
            next_at = _same_day(desk, schedule, before)
        else:
            # Whoever travels west meets the same hour twice, and is asked once.
            after = tomorrow - _INSTANT if await _had_today(desk, schedule, before) else desk.now
            next_at = next_moment(schedule.local_minutes, zone, after, schedule.days)
        await desk.work.schedules.set(replace(schedule, next_at=next_at))


async def zone_options(desk: Desk) -> Value:
    """Time zones of the country of the house, each by the time it is there now."""
    house = await house_ahead(desk)
    return () if house is None else _options(desk, atlas.choices(house.country, house.zone, desk.now))


async def zone_matches(desk: Desk) -> Value:
    """Time zones that fit the city typed in `city`."""
    return _options(desk, _found(desk))


async def zone_found(desk: Desk) -> Value:
    """Whether there is one."""
    return bool(_found(desk))


async def set_zone(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """They live by this zone: a key, or a zone's own name."""
    await live_in(desk, read_key(words(arguments, "zone")))


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("zone_options", EVERYONE, zone_options)
    registry.fact("zone_matches", EVERYONE, zone_matches)
    registry.fact("zone_found", EVERYONE, zone_found)
    registry.action("set_zone", MEMBERS, set_zone)


async def _had_today(desk: Desk, schedule: Schedule, before: str) -> bool:
    """Whether today, where the person is now, was asked about, or let off by the clock they lived by before."""
    let_off = schedule.next_at > next_moment(schedule.local_minutes, before, desk.now, schedule.days)
    midnight = datetime.combine(_today(desk), time(), ZoneInfo(desk.me.zone))
    firings = await desk.work.prompts.of(desk.me.id, midnight)
    return let_off or any(each.kind == schedule.kind and each.outcome != "not_asked" for each in firings)


def _same_day(desk: Desk, schedule: Schedule, before: str) -> datetime:
    """What comes every so many weeks comes on the same date there; if that hour has gone by, on the next day."""
    day = schedule.next_at.astimezone(ZoneInfo(before)).date()
    midnight = datetime.combine(day, time(), ZoneInfo(desk.me.zone))
    return next_moment(schedule.local_minutes, desk.me.zone, max(midnight - _INSTANT, desk.now))


def _today(desk: Desk) -> date:
    return desk.now.astimezone(ZoneInfo(desk.me.zone)).date()


def _found(desk: Desk) -> tuple[str, ...]:
    city = desk.answers.get("city")
    return atlas.find(city, desk.library.catalogues.locales, desk.now) if isinstance(city, str) else ()


def _options(desk: Desk, zones: Iterable[str]) -> tuple[Option, ...]:
    locale = desk.reader.locale
    return tuple(Option(key=key_of(zone), label=atlas.label(zone, locale, desk.now)) for zone in zones)
