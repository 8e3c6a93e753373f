"""A time of day as people type it: `20`, `8pm`, `8:30 pm`, `20.30`, `20h30`, `8 de la noche`. Pure."""

import re
import unicodedata
from collections.abc import Mapping

_NAMED: Mapping[str, str] = {
    "noon": "12:00",
    "midday": "12:00",
    "mediodia": "12:00",
    "midnight": "00:00",
    "medianoche": "00:00",
}
_BEFORE_NOON = frozenset({"am", "de la manana", "de la madrugada", "in the morning"})
_AFTER_NOON = frozenset(
    {"pm", "de la tarde", "in the afternoon", "in the evening", "del mediodia", "de la noche", "at night"}
)
_AT_NIGHT = frozenset({"de la noche", "at night"})
"""At twelve these mean midnight, though at eight they mean the evening."""

_LEAD = re.compile(r"^(?:at|around|a las?|las?)\s+")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.,h]\s*(?P<minute>\d{2})|(?P<together>\d{2})|\s*h)?"
    r"(?:\s*(?:hrs|hs|horas|uhr|o'clock))?\s*(?P<half>[a-z ]*)"
)


def read_time(typed: str) -> str | None:
    """The time of day as `HH:MM`, or None when it is not understood."""
    text = _LEAD.sub("", _plain(typed))
    if text in _NAMED:
        return _NAMED[text]
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    hour = _hour(int(found["hour"]), found["half"].strip())
    minute = int(found["minute"] or found["together"] or 0)
    return f"{hour:02}:{minute:02}" if hour is not None and minute < 60 else None


def minutes_of(time: str) -> int:
    """Minutes past midnight of `HH:MM`."""
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def time_at(minutes: int) -> str:
    """The inverse of `minutes_of`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _hour(hour: int, half: str) -> int | None:
    """The hour on a clock of twenty-four; None when hour and half of the day don't go together."""
    if not half or 13 <= hour <= 23:
        # Whoever writes “20 in the morning” mistyped; “20:00 pm” is plain enough.
        return hour if hour <= 23 and half not in _BEFORE_NOON else None
    if hour > 12 or half not in _BEFORE_NOON | _AFTER_NOON:
        return None
    if half in _BEFORE_NOON or (hour == 12 and half in _AT_NIGHT):
        return hour % 12
    return hour % 12 + 12


def _plain(typed: str) -> str:
    """Small letters without accents; `p. m.` is `pm`."""
    letters = unicodedata.normalize("NFKD", typed.casefold())
    text = "".join(each for each in letters if not unicodedata.combining(each))
    text = re.sub(r"(?<![a-z])([ap])\.?\s*m\b\.?", r"\1m", text)
    return " ".join(text.split()).rstrip(".!")
