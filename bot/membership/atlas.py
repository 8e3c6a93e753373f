"""Time zones as people know them: by country, by city, by the time it is there. Pure; the tables are tzdata's.

`zone.tab` lists each country's zones with the place where most people live first; Babel knows the cities in
many languages.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_location

AT_MOST = 8
"""Buttons of a list; longer ones nobody reads."""

_HALF_A_YEAR = timedelta(days=182)
_SHORTEST = 3
"""Letters that a beginning of a name must have to count as one."""


@lru_cache(maxsize=1)
def by_country() -> Mapping[str, tuple[str, ...]]:
    """Every country's zones (ISO 3166 and IANA names), the place where most people live first."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found[country] += (zone,)
    return dict(found)


@lru_cache(maxsize=1)
def all_zones() -> frozenset[str]:
    """Every zone that is some country's."""
    return frozenset(zone for zones in by_country().values() for zone in zones)


def distinct(zones: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The first zone of each way to keep time: those with the same hours now and half a year on are one."""
    kept: dict[tuple[timedelta | None, timedelta | None], str] = {}
    for zone in zones:
        there = ZoneInfo(zone)
        kept.setdefault((now.astimezone(there).utcoffset(), (now + _HALF_A_YEAR).astimezone(there).utcoffset()), zone)
    return tuple(kept.values())


def choices(country: str, own: str, now: datetime) -> tuple[str, ...]:
    """The zones to offer in a country, each a different clock, the house's own first."""
    zones = by_country().get(country, ())
    first = (own,) if own in zones or not zones else ()
    return distinct((*first, *zones), now)[:AT_MOST]


def city(zone: str, locale: str) -> str:
    """The city a zone is known by, in a language: New York, Nueva York."""
    return get_timezone_location(zone, locale=locale, return_city=True)


def label(zone: str, locale: str, now: datetime) -> str:
    """A zone as a button: the time there, and the city."""
    return f"{now.astimezone(ZoneInfo(zone)):%H:%M} {city(zone, locale)}"


def find(text: str, locales: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The zones that fit a city or a country as somebody typed it, best first; accents and case don't matter.

    A whole name beats the beginning of one, and that beats a name among other words (`Madrid, Spain`).
    """
    wanted = folded(text)
    names = _names(tuple(locales))
    if wanted in names:
        return distinct(names[wanted], now)[:AT_MOST]
    beginnings = [name for name in names if len(wanted) >= _SHORTEST and name.startswith(wanted)]
    among = [name for name in names if len(name) >= _SHORTEST and f" {name} " in f" {wanted} "]
    found = beginnings or sorted(among, key=wanted.find)
    return tuple(dict.fromkeys(zone for name in found for zone in names[name]))[:AT_MOST]


def folded(text: str) -> str:
    """Words as they are compared: small letters without accents, single spaces, no marks."""
    small = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(each for each in unicodedata.normalize("NFKD", small) if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in plain).split())


@lru_cache(maxsize=4)
def _names(locales: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Zones by every name of their city, and by every name of their country where no city is called so."""
    cities: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    countries: dict[str, tuple[str, ...]] = {}
    for country, zones in by_country().items():
        for zone in zones:
            called = {zone.rpartition("/")[2], *(city(zone, locale) for locale in locales)}
            for name in {folded(each) for each in called}:
                cities[name] += (zone,)
        for locale in locales:
            countries[folded(Locale.parse(locale).territories.get(country, country))] = zones
    return countries | cities
