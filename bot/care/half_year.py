"""Half a year of somebody's check-ins: a value a week, as one picture and in words. Only they see it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

from bot.care.checkin_times import day_begins, today
from bot.care.checkins import Answers
from bot.care.week import BANDS
from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Registry
from bot.policy import PARTICIPANTS
from dialogs.values import Picture, Text, Value

WEEKS: Final = 26
PICTURE: Final = "half_year"
_MONTH: Final = 4
"""Weeks that are looked at together, at the beginning and at the end."""


async def last_weeks(desk: Desk) -> Mapping[date, Sequence[Answers]]:
    """The check-ins of each of the last weeks, by the day the week begins; the last one ends today."""
    end = today(desk) + timedelta(days=1)
    weeks: dict[date, list[Answers]] = {end - timedelta(weeks=ago): [] for ago in reversed(range(1, WEEKS + 1))}
    first = min(weeks)
    for kept in await desk.work.checkins.of(desk.me.id, day_begins(desk, first)):
        if first <= kept.day < end:
            begins = first + timedelta(weeks=(kept.day - first).days // 7)
            weeks[begins].append(Answers.from_json(kept.answers))
    return weeks


def weekly(weeks: Mapping[date, Sequence[Answers]], name: str) -> list[float | None]:
    """The mean of each week, to a tenth; None for a week without an answer."""
    read = next(value for band, _, _, value in BANDS if band == name)
    found = [[value for answers in each if (value := read(answers)) is not None] for each in weeks.values()]
    return [round(fmean(values), 1) if values else None for values in found]


def ends(values: Sequence[float | None]) -> tuple[float, float] | None:
    """How it was in the first weeks with an answer, and how in the last; None with too few to tell them apart."""
    there = [value for value in values if value is not None]
    if len(there) < 2 * _MONTH:
        return None
    return round(fmean(there[:_MONTH]), 1), round(fmean(there[-_MONTH:]), 1)


async def half_year_any(desk: Desk) -> Value:
    """Whether at least two of its weeks have a check-in."""
    return sum(bool(each) for each in (await last_weeks(desk)).values()) >= 2


async def half_year_picture(desk: Desk) -> Value:
    """The figures to draw, with every word already in the reader's language: they travel in the outbox."""
    weeks = await last_weeks(desk)
    bands: list[dict[str, object]] = [
        {
            "label": desk.render(desk.phrase(f"picture_{name}")),
            "low": low,
            "high": high,
            "values": weekly(weeks, name),
        }
        for name, low, high, _ in BANDS
    ]
    months = [
        format_date(begins, format="MMM", locale=desk.reader.locale) if begins.day <= 7 else "" for begins in weeks
    ]
    title = desk.render(desk.phrase("picture_half_year"))
    return Picture(PICTURE, {"title": title, "days": months, "bands": bands})


async def half_year_words(desk: Desk) -> Value:
    """The same in words: how it was, and how it is."""
    weeks = await last_weeks(desk)
    days = sum(len(each) for each in weeks.values())
    lines: list[Text] = [desk.phrase("half_year_days", days=days)]
    for name, _, high, _ in BANDS:
        values = weekly(weeks, name)
        label = desk.phrase(f"picture_{name}")
        between = ends(values)
        if between is not None:
            lines.append(
                desk.phrase(
                    "half_year_from",
                    what=label,
                    before=_number(desk, between[0]),
                    now=_number(desk, between[1]),
                    most=high,
                )
            )
        elif there := [value for value in values if value is not None]:
            lines.append(desk.phrase("half_year_mean", what=label, now=_number(desk, fmean(there)), most=high))
    return a_line_each(lines)


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("half_year_any", PARTICIPANTS, half_year_any)
    registry.fact("half_year_picture", PARTICIPANTS, half_year_picture)
    registry.fact("half_year_words", PARTICIPANTS, half_year_words)


def _number(desk: Desk, value: float) -> str:
    """3.5, or 3 where there is nothing behind the point, as the reader's language writes it."""
    return str(format_decimal(round(value, 1), locale=desk.reader.locale))
