"""The daily check-in: at a person's own time, put off, answered, missed without blame, and never in the way."""

import pytest

from tests.support.house import House
from tests.support.somebody import Somebody


@pytest.fixture
async def ana(house: House) -> Somebody:
    """Ana is asked at eight in the evening."""
    [ana] = await house.people("Ana the participant")
    await ana.taps("⚙️ Settings", "🕗 Check-in time", "Another time")
    await ana.writes("20:00")
    await ana.reads("Good. I'll ask at that time from now on.")
    return ana


async def checks_in(ana: Somebody, mood: str, craving: str, confidence: str) -> None:
    """The whole check-in, from its first question."""
    await ana.taps(mood, craving, confidence, "Go on", "Nothing today")


async def test_it_comes_at_eight_by_the_clock_where_ana_lives(house: House, ana: Somebody) -> None:
    await house.at("19:59")
    assert await ana.unread() == []
    await house.at("20:00")
    await ana.reads("Hi Ana, a moment for you?", "How are you right now?")
    await checks_in(ana, "🙂", "3", "8")
    await ana.sees("Thank you, Ana.", "something good for you, or somebody to talk to?")
    await ana.taps("That's enough for today")
    await ana.sees("Take care of yourself, Ana.")
    await house.at("20:00")
    await ana.reads("Hi Ana, a moment for you?")


async def test_later_means_later(house: House, ana: Somebody) -> None:
    await house.at("20:00")
    await ana.reads("a moment for you?")
    await ana.taps("A bit later", "In half an hour")
    await ana.sees("All right, I'll ask again then.")
    await house.later(minutes=29)
    assert await ana.unread() == []
    await house.later(minutes=1)
    await ana.reads("a moment for you?")


async def test_not_today_is_an_answer(house: House, ana: Somebody) -> None:
    await house.at("20:00")
    await ana.taps("Not today")
    await ana.sees("All right, not today.")
    await house.later(hours=4)


async def test_hard_answers_are_met_with_people_first(house: House, ana: Somebody) -> None:
    [maria] = await house.people("Maria the mentor")
    await house.at("20:00")
    await checks_in(ana, "😞", "9", "2")
    await ana.sees("That's a lot to carry.", "Do you want to talk to somebody now?")
    await ana.taps("🆘 Yes, I want somebody now")
    await ana.reads("I've asked Maria")
    await ana.sees("I'm asking Maria right now.")
    await maria.reads("Ana is asking for somebody, now.")


async def test_the_week_is_a_picture_for_ana_alone(house: House, ana: Somebody) -> None:
    for mood, craving in (("😐", "5"), ("🙂", "3")):
        await house.at("20:00")
        await checks_in(ana, mood, craving, "8")
        await ana.taps("That's enough for today")
    await ana.writes("/week")
    week = await ana.reads("mood 4 of 5, craving 3, confidence 8", "Only you see this.")
    assert week.raw["photo"]


async def test_it_waits_while_ana_is_in_the_middle_of_something(house: House, ana: Somebody) -> None:
    await house.at("19:59")
    await ana.writes("/skills")
    await ana.taps("5-4-3-2-1, back to here", "6", "I have five")
    await house.at("20:00")
    assert await ana.unread() == []
    await ana.taps("I have four", "I have three", "I have two", "I have it", "2")
    await ana.sees("Welcome back.")
    await house.later(minutes=5)
    await ana.reads("a moment for you?")


async def test_after_an_outage_of_two_days_nobody_is_asked_about_the_past(house: House, ana: Somebody) -> None:
    await house.sleeps()
    await house.later(days=2, hours=2)
    await house.wakes()
    await house.app.ticks.at_once()
    await house.at_rest()
    assert await ana.unread() == []
    async with house.app.database.read() as work:
        known = (await work.people.find_many([ana.id]))[ana.id]
        prompts = await work.prompts.of(known.id, known.joined_at)
    assert {prompt.outcome for prompt in prompts} == {"not_asked"}
    await house.at("20:00")
    await ana.reads("a moment for you?")


async def test_stop_holds_what_hearth_would_write_first_and_keeps_sos(house: House, ana: Somebody) -> None:
    maria, sam = await house.people("Maria the mentor", "Sam of staff")
    await ana.writes("/stop")
    await ana.taps("Yes, stop messages")
    await ana.sees("Done. I won't write first any more.")
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone")
    await sam.writes("Soup tonight.")
    await sam.taps("Send to 1")
    await maria.reads("Soup tonight.")
    await house.at("20:00")
    assert await ana.unread() == []
    await sam.reads("Got it: 1 of 2", "Ana: wants no messages for now")
    await ana.presses("🆘 SOS")
    await ana.reads("I've asked Maria")
    await ana.reads("I'm asking Maria right now.")
    await maria.reads("Ana is asking for somebody, now.")
    await ana.writes("/stop")
    await ana.taps("Turn messages on again")
    await ana.sees("Good. I'll write to you again.")


async def test_leaving_the_house_ends_what_it_wrote_and_says_whom_to_call(house: House, ana: Somebody) -> None:
    await ana.writes("/stop")
    await ana.taps("I want to leave the house", "Yes, leave")
    await ana.sees("You have left. Take good care of yourself, Ana.", "988")
    await house.at("20:00")
    assert await ana.unread() == []
    commands = (await ana.chat()).commands
    assert {"help_now", "privacy", "start"} <= set(commands)
    assert not {"sos", "menu", "checkin"} & set(commands)
    await ana.writes("/checkin")
    await ana.reads("This part is for others in the house.")
