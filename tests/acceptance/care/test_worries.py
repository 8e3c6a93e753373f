"""A bad Thursday and a silent week: people first, one sentence to a mentor as agreed, and no blame."""

import pytest

from tests.acceptance.care.test_a_first_week import a_day, asked_at_eight
from tests.support.house import House
from tests.support.somebody import Somebody

HARD = ("😞", "9", "2", "Lonely", "Go on", "Nothing today")


@pytest.fixture
async def ana(house: House) -> Somebody:
    return await asked_at_eight(house)


async def a_bad_evening(house: House, ana: Somebody) -> None:
    await house.at("20:00")
    await ana.taps(*HARD)
    await ana.sees("That's a lot to carry.", "Do you want to talk to somebody now?", "Never your answers.")


async def test_a_bad_thursday(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    await a_day(house, ana)
    await a_bad_evening(house, ana)
    await ana.taps("I'm all right for now")
    await house.later(minutes=29)
    assert await maria.unread() == []
    await house.later(minutes=1)
    card = await maria.reads("Would you say hello to Ana?", "It isn't SOS")
    assert all(word not in (card.text or "") for word in ("9", "lonely", "craving"))
    await maria.taps("I'll say hello")
    await ana.reads("Maria is going to say hello to you.")
    await maria.taps("We talked")
    await maria.sees("Thank you for being there.")
    await ana.writes("/who_saw")
    await ana.reads("Maria: that you may be having a hard time")
    # The day after is hard, too; they are with her, and are not asked about it all over again.
    await house.at("20:00")
    await ana.taps(*HARD)
    await ana.sees("That's a lot to carry.")
    await ana.taps("I'm all right for now")
    await house.later(hours=1)
    await house.nothing_was_missed()


async def test_nobody_is_told_when_she_would_rather_not_this_time(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    await a_bad_evening(house, ana)
    await ana.taps("Tell nobody this time")
    await ana.sees("All right, I tell nobody.")
    await house.later(hours=15)
    assert await maria.unread() == []


async def test_nobody_is_told_without_her_yes(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    await ana.writes("/consents")
    await ana.taps("☑ Tell a mentor when it's hard", "That's all")
    await house.at("20:00")
    await ana.taps(*HARD, "I'm all right for now")
    await house.later(hours=15)
    assert await maria.unread() == []


async def test_a_yes_taken_back_in_that_half_hour_counts(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    await a_bad_evening(house, ana)
    await ana.writes("/consents")
    await ana.taps("☑ Tell a mentor when it's hard", "That's all")
    await house.later(hours=15)
    assert await maria.unread() == []


async def test_whoever_asks_for_people_herself_is_not_worried_about_besides(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    await a_bad_evening(house, ana)
    await ana.taps("🆘 Yes, I want somebody now")
    await maria.taps("I'm on it")
    await maria.taps("I'm with them")
    await house.later(minutes=45)
    assert not [each for each in await maria.unread() if "say hello" in (each.text or "")]
    await ana.has_read_everything()


async def test_who_cannot_is_no_dead_end_and_the_truth_is_told(house: House, ana: Somebody) -> None:
    maria, tom = await house.people("Maria the mentor", "Tom the mentor")
    await a_bad_evening(house, ana)
    await ana.taps("I'm all right for now")
    await house.later(minutes=30)
    await maria.taps("I can't right now")
    await maria.sees("That's all right.")
    await tom.taps("I can't right now")
    await ana.reads("I couldn't find anybody to say hello this time.")


async def test_nobody_is_asked_at_night(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    await house.at("23:00")
    await ana.has_read_everything()
    await ana.writes("/checkin")
    await ana.taps(*HARD, "I'm all right for now")
    await house.at("07:59")
    assert await maria.unread() == []
    await house.at("08:00")
    await maria.reads("Would you say hello to Ana?")


async def test_a_silent_week(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    for _ in range(2):
        await house.at("20:00")
        await ana.reads("a moment for you?")
    await house.at("16:00")
    await house.at("20:00")
    await ana.reads("We missed each other for a few days, and that's all right.", "I'll ask somebody you chose")
    await house.at("08:00")
    card = await maria.reads(
        "Would you say hello to Ana?", "I haven't heard from them for a few days.", "No need to ask why"
    )
    assert "missed" not in (card.text or "")
    await maria.taps("I'll say hello")
    await ana.reads("Maria is going to say hello to you.")
    # It is said once. The week goes on as any other, and nobody counts.
    await ana.has_read_everything()
    await house.at("20:00")
    await ana.has_read_everything()
    await house.at("12:00")
    assert await maria.unread() == []


async def test_whoever_speaks_after_the_gentle_word_is_left_in_peace(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    for _ in range(3):
        await house.at("20:00")
        await ana.has_read_everything()
    await ana.taps("Not today")
    await house.at("12:00")
    assert await maria.unread() == []


async def test_what_we_failed_to_send_is_nobodys_silence(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    await house.at("20:00")
    await ana.reads("a moment for you?")
    await house.sleeps()
    await house.later(days=2)
    await house.wakes()
    await house.app.ticks.at_once()
    await house.at_rest()
    await house.at("20:00")
    await ana.reads("a moment for you?")
    assert await maria.unread() == []
