"""Telephone numbers that are always there: the house's own first, then the country's."""

from collections.abc import Sequence

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import EVERYONE, MEMBERS
from dialogs.library import Library
from dialogs.numbers import Country
from dialogs.values import Text, Value
from storage.repositories.houses import House


def numbers_of(library: Library, house: House) -> Text:
    """Whom to call from a house, a line each, in the language of whoever reads it."""
    lines = []
    if house.phone:
        lines.append(Text(library.phrases["numbers_house"], {"house": house.name, "phone": house.phone}))
    country = library.numbers.of(house.country)
    lines.append(Text(library.phrases["numbers_emergency"], {"emergency": country.emergency}))
    return _a_line_each([*lines, *_lines(country)])


def public_numbers_of(library: Library) -> Text:
    """Whom to call from anywhere: the lines say themselves where they are answered."""
    return _a_line_each(_lines(library.numbers.public))


async def numbers(desk: Desk) -> Value:
    """Those for the house this conversation is about."""
    return numbers_of(desk.library, await desk.house())


async def public_numbers(desk: Desk) -> Value:
    """Those for somebody whose country is not known."""
    return public_numbers_of(desk.library)


async def emergency_number(desk: Desk) -> Value:
    """The number for an ambulance where the house stands."""
    return desk.library.numbers.of((await desk.house()).country).emergency


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("numbers", MEMBERS, numbers)
    registry.fact("public_numbers", EVERYONE, public_numbers)
    registry.fact("emergency_number", MEMBERS, emergency_number)


def _lines(country: Country) -> list[Text]:
    return [Text(line.says) for line in country.lines]


def _a_line_each(lines: Sequence[Text]) -> Text:
    names = [f"line{number}" for number in range(len(lines))]
    return Text("\n".join(f"{{{name}}}" for name in names), dict(zip(names, lines, strict=True)))
