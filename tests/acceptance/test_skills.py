"""The three skills, as somebody does them."""

import pytest

from tests.support.house import House
from tests.support.somebody import Somebody


@pytest.fixture
async def ana(house: House) -> Somebody:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/skills")
    await ana.reads("What would you like to try?")
    return ana


async def test_breathing_is_one_message_in_rhythm(house: House, ana: Somebody) -> None:
    await ana.taps("Slow breathing", "7", "I'm ready")
    message = await ana.sees("Breathe in …", "● ● ● ○ ○ ○")
    for words, dots in (
        ("in", "● ● ● ● ● ●"),
        ("out", "● ● ● ● ○ ○"),
        ("out", "● ● ○ ○ ○ ○"),
        ("out", "○ ○ ○ ○ ○ ○"),
    ):
        await house.later(seconds=2)
        assert (await ana.sees(words, dots)).id == message.id
    for _ in range(36):
        await house.later(seconds=2)
    await ana.sees("How tense are you now?")
    await ana.taps("3")
    await ana.sees("Well done. Your breath goes everywhere with you")


async def test_breathing_that_was_stopped_does_not_go_on_behind_ones_back(house: House, ana: Somebody) -> None:
    await ana.taps("Slow breathing", "7", "I'm ready")
    await house.later(seconds=2)
    await ana.taps("Stop here")
    await ana.sees("How tense are you now?")
    for _ in range(3):
        await house.later(seconds=2)
        await ana.sees("How tense are you now?")
    await ana.taps("2")
    await ana.sees("Well done.")


async def test_riding_the_wave(house: House, ana: Somebody) -> None:
    await ana.taps("Ride the wave", "8", "I'm with you", "Chest", "I feel it", "Stop here", "Still rising")
    await ana.sees("Then stay on your board a little longer.")
    await ana.taps("I can go on", "3")
    await ana.sees("You rode it. It came, and you let it pass.")


async def test_a_wave_that_stays_high_brings_people(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    await ana.taps(
        "Ride the wave", "8", "I'm with you", "Head", "I feel it", "Stop here", "At its peak", "I can go on"
    )
    await ana.taps("9", "🆘 Yes, I want somebody now")
    await ana.reads("I've asked Maria")
    await ana.sees("I'm asking Maria right now.")
    await maria.reads("Ana is asking for somebody, now.")


async def test_five_four_three_two_one(house: House, ana: Somebody) -> None:
    await ana.taps("5-4-3-2-1, back to here", "6", "I have five", "I have four", "I have three", "I have two")
    await ana.taps("I have it", "2")
    await ana.sees("Welcome back. Five, four, three, two, one.")
