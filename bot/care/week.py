"""A person's last seven days, as a picture and in words. Only they see it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from babel.dates import format_date

from bot.care.checkin_times import day_begins, today
from bot.care.checkins import Answers
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import PARTICIPANTS
from dialogs.values import Picture, Text, Value

DAYS = 7
PICTURE = "week"

_SUNDAY = 6

BANDS: tuple[tuple[str, int, int, Callable[[Answers], int | None]], ...] = (
    ("mood", 1, 5, lambda answers: answers.mood),
    ("craving", 0, 10, lambda answers: answers.craving),
    ("confidence", 0, 10, lambda answers: answers.confidence),
)
"""What is drawn, with the ends of its scale."""


async def last_days(desk: Desk) -> Mapping[date, Answers | None]:
    """The last seven days, today the last of them; None where no check-in is kept.

    Of two in a day the later counts; that of a check-in under way before any.
    """
    end = today(desk)
    days: dict[date, Answers | None] = {end - timedelta(days=ago): None for ago in reversed(range(DAYS))}
    for kept in await desk.work.checkins.of(desk.me.id, day_begins(desk, min(days))):
        if kept.day in days:
            days[kept.day] = Answers.from_json(kept.answers)
    if "mood" in desk.answers:
        days[end] = Answers.read(desk.answers)
    return days


async def sunday(desk: Desk) -> Value:
    """Whether it is Sunday where the person lives."""
    return today(desk).weekday() == _SUNDAY


async def week_any(desk: Desk) -> Value:
    """Whether there is at least one check-in among them."""
    return any(answers is not None for answers in (await last_days(desk)).values())


async def week_picture(desk: Desk) -> Value:
    """The figures to draw, with every word already in the reader's language: they travel in the outbox."""
    days = await last_days(desk)
    bands: list[dict[str, object]] = [
        {
            "label": desk.render(desk.phrase(f"picture_{name}")),
            "low": low,
            "high": high,
            "values": [None if answers is None else value(answers) for answers in days.values()],
        }
        for name, low, high, value in BANDS
    ]
    return Picture(
        PICTURE,
        {
            "title": desk.render(desk.phrase("picture_title")),
            "days": [_day(each, desk.reader.locale) for each in days],
            "bands": bands,
        },
    )


async def week_words(desk: Desk) -> Value:
    """The same in words, a line for each day with a check-in."""
    lines: list[Text] = []
    for day, answers in (await last_days(desk)).items():
        if answers is not None:
            values = {name: value(answers) for name, _, _, value in BANDS}
            lines.append(desk.phrase("week_day", day=_day(day, desk.reader.locale), **values))
    return "\n".join(desk.render(line) for line in lines)


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("sunday", PARTICIPANTS, sunday)
    registry.fact("week_any", PARTICIPANTS, week_any)
    registry.fact("week_picture", PARTICIPANTS, week_picture)
    registry.fact("week_words", PARTICIPANTS, week_words)


def _day(day: date, locale: str) -> str:
    """Mon, lun."""
    return format_date(day, format="EEE", locale=locale)
