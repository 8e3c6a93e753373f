"""Turns and moments in somebody's words."""

from collections.abc import Iterable
from datetime import datetime

from babel.dates import format_skeleton, format_time

from bot.care.rota.rules import Shift
from bot.conversation.desk import Desk
from dialogs.texts import Reader
from dialogs.values import Option, Text, Value


def moment(at: datetime, reader: Reader) -> str:
    """A moment that may be weeks away: day, date and time where the reader lives."""
    there = at.astimezone(reader.zone)
    day = format_skeleton("MMMEd", there, locale=reader.locale)
    return f"{day}, {format_time(there, format='short', locale=reader.locale)}"


async def names(desk: Desk, people: Iterable[int]) -> tuple[str, ...]:
    """First names, in this order; who was deleted is missing."""
    ids = list(people)
    known = await desk.people(ids)
    return tuple(known[each].name for each in ids if each in known)


async def until_lines(desk: Desk, shifts: Iterable[Shift]) -> str:
    """A line for each: who, and until when."""
    lines = []
    for shift in shifts:
        phrase = "rota_until" if shift.people else "rota_nobody_until"
        values: dict[str, Value] = {
            "people": await names(desk, shift.people),
            "until": moment(shift.ends_at, desk.reader),
        }
        lines.append(desk.render(desk.phrase(phrase, **values)))
    return "\n".join(lines)


async def turn_options(desk: Desk, shifts: Iterable[Shift]) -> tuple[Option, ...]:
    """Turns as buttons: from when, and who."""
    options = []
    for shift in shifts:
        phrase = "rota_turn" if shift.people else "rota_turn_nobody"
        values: dict[str, Value] = {
            "people": await names(desk, shift.people),
            "start": moment(shift.starts_at, desk.reader),
        }
        options.append(Option(key_of(shift.starts_at), Text(desk.library.phrases[phrase], values)))
    return tuple(options)


async def people_options(desk: Desk, people: Iterable[int]) -> tuple[Option, ...]:
    """People as buttons, by name."""
    known = (await desk.people(people)).values()
    return tuple(Option(str(each.id), each.name) for each in sorted(known, key=lambda one: one.name.casefold()))


def key_of(at: datetime) -> str:
    """A moment as the key of a choice: minutes since 1970."""
    return str(int(at.timestamp()) // 60)


def starts_at_key(shifts: Iterable[Shift], key: str) -> Shift | None:
    """The turn behind a key."""
    return next((shift for shift in shifts if key_of(shift.starts_at) == key), None)
