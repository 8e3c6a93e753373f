from dataclasses import replace
from datetime import UTC

import pytest

from bot.care.numbers import numbers_of, public_numbers_of
from bot.policy import Role
from dialogs.library import Library
from dialogs.texts import Reader
from storage.repositories.houses import House
from tests.bot.membership.world import ANA, NOON_IN_NEW_YORK, World

MAPLE = House(
    id=1, name="Maple House", country="US", zone="America/New_York", created_at=NOON_IN_NEW_YORK, phone="+1 555 0100"
)


def shown(library: Library, house: House, reader: Reader) -> list[str]:
    return library.catalogues.render(numbers_of(library, house), reader).splitlines()


@pytest.fixture
def english() -> Reader:
    return Reader("en", UTC)


def test_the_house_itself_comes_first_then_the_ambulance(library: Library, english: Reader) -> None:
    lines = shown(library, MAPLE, english)
    assert lines[0] == "Maple House: +1 555 0100"
    assert "911" in lines[1]
    assert any("988" in line for line in lines[2:])


def test_a_house_without_a_telephone_begins_with_the_ambulance(library: Library, english: Reader) -> None:
    assert "911" in shown(library, replace(MAPLE, phone=None), english)[0]


def test_each_country_has_its_own_and_others_a_directory(library: Library, english: Reader) -> None:
    assert any("116 123" in line for line in shown(library, replace(MAPLE, country="GB"), english))
    assert any("findahelpline" in line for line in shown(library, replace(MAPLE, country="JP"), english))


def test_lines_are_in_the_language_of_whoever_reads_them(library: Library, english: Reader) -> None:
    spanish = replace(english, locale="es")
    assert shown(library, MAPLE, english) != shown(library, MAPLE, spanish)
    assert shown(library, MAPLE, spanish)[0] == "Maple House: +1 555 0100"


def test_somebody_anywhere_gets_several_lines(library: Library, english: Reader) -> None:
    assert len(library.catalogues.render(public_numbers_of(library), english).splitlines()) > 3


async def test_the_ambulance_is_that_of_the_house(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    assert await world.ask(ANA, "emergency_number") == "911"
