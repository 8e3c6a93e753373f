"""A lapse: met without shame, safe first, the next hour, people, and no day lost."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def counting(house: House, *ways: str, days: str = "29") -> Somebody:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/days")
    await ana.reads("Some people like to count their days")
    await ana.taps("Count my days")
    await ana.writes(days)
    await ana.reads("I count from there.")
    await ana.taps(*(ways or ("Just me",)))
    return ana


async def test_a_lapse(house: House) -> None:
    ana = await counting(house, days="40")
    [maria] = await house.people("Maria the mentor")
    await ana.writes("/days")
    await ana.reads("40 days in a row", "40 days in total", "60 days, on ")
    await ana.taps("I used, or I'm close to it")
    first = await ana.sees("It takes courage", "Signs of an overdose", "911", "the red box by the kitchen door")
    assert not any(word in (first.text or "").lower() for word in ("relapse", "failed", "clean", "should"))
    await ana.taps("I'm safe for now", "Go where people are", "I have somebody")
    await ana.writes("I went home by the old street.")
    await ana.reads("40 days are yours and stay yours.")
    await ana.writes("/days")
    await ana.reads("0 days in a row", "40 days in total")
    await ana.taps("What I wanted to remember")
    await ana.sees("I went home by the old street.")
    # As she agreed, somebody says hello, and hears one sentence.
    await house.later(minutes=30)
    card = await maria.reads("Would you say hello to Ana?")
    assert "street" not in (card.text or "")
    await maria.taps("I'll say hello")
    await ana.reads("Maria is going to say hello to you.")
    await house.later(days=2)
    await ana.writes("/days")
    await ana.reads("2 days in a row", "42 days in total")


async def test_whoever_is_close_to_it_rides_the_wave_and_loses_nothing(house: House) -> None:
    ana = await counting(house)
    await ana.writes("/used")
    await ana.taps("I haven't used. I'm close to it", "I'm all right for now")
    await ana.writes("/days")
    await ana.reads("29 days in a row")


async def test_a_body_that_is_not_right_asks_the_whole_house_at_once(house: House) -> None:
    ana = await counting(house)
    [ben] = await house.people("Ben the participant")
    await ana.writes("/used")
    await ana.taps("My body isn't right", "🆘 Yes, everybody")
    await ana.sees("Call 911 now")
    await ben.reads("Ana")
    await ben.has_read_everything()
    await ana.has_read_everything()


async def test_thirty_days_are_celebrated_with_the_house_as_she_wishes(house: House) -> None:
    ana = await counting(house, "The whole house")
    [ben] = await house.people("Ben the participant")
    await house.later(days=1)
    await ana.writes("/checkin")
    await ana.taps("🙂", "2", "8", "Go on", "Nothing today")
    await ana.sees("30 days")
    await ben.reads("Ana", "30 days")
    await ana.taps("That's enough for today")
    await ana.writes("/who_saw")
    await ana.reads("Ben: a milestone of yours")
    # It is said once.
    await house.later(days=1)
    await ana.writes("/checkin")
    await ana.taps("🙂", "2", "8", "Go on", "Nothing today", "That's enough for today")
    assert await ben.unread() == []


async def test_a_milestone_kept_quietly_is_told_to_nobody(house: House) -> None:
    ana = await counting(house)
    [ben] = await house.people("Ben the participant")
    await house.later(days=1)
    await ana.writes("/checkin")
    await ana.taps("🙂", "2", "8", "Go on", "Nothing today", "That's enough for today")
    assert await ben.unread() == []
