"""The numbers of those who answer stand wherever somebody may need them, in their language, the house's own first."""

import pytest

from tests.support.house import House
from tests.support.somebody import Somebody

OWN, EMERGENCY, LINE = "Maple House: +1 555 0100", "911", "988"


def in_order(text: str, *parts: str) -> bool:
    """Whether these stand in it, one after another."""
    places = [text.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


async def numbers_read_by(ana: Somebody) -> str:
    """The next message to Ana in which there are numbers."""
    return (await ana.reads(OWN)).text


@pytest.mark.parametrize("asks", ["/sos", "/help_now", "I want to kill myself"])
async def test_the_house_comes_first_then_the_emergency_then_the_lines_of_the_country(
    house: House, asks: str
) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.writes(asks)
    text = await numbers_read_by(ana)
    assert in_order(text, OWN, f"Life in danger: {EMERGENCY}", "988 Suicide & Crisis Lifeline")
    await ana.has_read_everything()


@pytest.mark.parametrize("asks", ["/sos", "/help_now", "me quiero matar"])
async def test_and_in_spanish_for_somebody_who_speaks_it(house: House, asks: str) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/language")
    await ana.taps("Español")
    await ana.has_read_everything()
    await ana.writes(asks)
    text = await numbers_read_by(ana)
    assert in_order(text, OWN, f"Vida en peligro: {EMERGENCY}", LINE)
    assert "call or text" not in text
    await ana.has_read_everything()


@pytest.mark.parametrize("asks", ["/help_now", "/start", "I'm going to kill myself"])
async def test_a_stranger_reads_where_each_number_is_answered(house: House, asks: str) -> None:
    zoe = await house.stranger("Zoe")
    await zoe.writes(asks)
    text = (await zoe.reads(LINE)).text
    assert in_order(text, "US and Canada", "Mexico", "findahelpline.com")
    assert OWN not in text
    await zoe.has_read_everything()
