"""A first week: one question a day, seven on Saturday, ten sentences on Monday, and a pause when one is wanted."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def a_day(house: House, ana: Somebody, mood: str = "😐", craving: str = "2", confidence: str = "8") -> None:
    """Eight in the evening, and half a minute."""
    await house.at("20:00")
    await ana.reads("Hi Ana, a moment for you?")
    await ana.taps(mood, craving, confidence, "Go on", "Nothing today", "That's enough for today")


async def asked_at_eight(house: House) -> Somebody:
    """It is Wednesday. Ana wants to be asked at eight in the evening."""
    [ana] = await house.people("Ana the participant")
    await ana.taps("⚙️ Settings", "🕗 Check-in time", "Another time")
    await ana.writes("20:00")
    await ana.reads("Good. I'll ask at that time from now on.")
    return ana


async def test_a_first_week(house: House) -> None:
    ana = await asked_at_eight(house)
    for _ in ("Wednesday", "Thursday", "Friday"):
        await a_day(house, ana)
    # Saturday at four, far from the daily one: seven questions, with why they come so seldom.
    await house.at("16:00")
    await ana.reads("have you got a minute?", "Once a week, because days go up and down")
    await ana.taps("Let's do it", "Several days", "Not at all", "Several days", "Several days")
    await ana.taps("Some of the time", "Often", "Often")
    await ana.sees("Loneliness (UCLA-3): 8 of 9", "Low mood (PHQ-2): 1 of 6", "None of this is a diagnosis")
    await ana.taps("I'm all right for now")
    await a_day(house, ana)
    await a_day(house, ana)
    await ana.reads("This was your week", "Sun: mood 3 of 5")
    # Monday: what carries her, now that she has come; and again in a quarter.
    await house.at("16:00")
    await ana.reads("have you got two minutes?", "four times a year")
    await ana.taps("Let's do it", "5", "4", "3", "6", "6", "4", "4", "2", "4", "5")
    await ana.sees("What carries you most: people to count on and belonging", "a hand would help: what you live on")
    await ana.taps("That's enough for today")
    await house.nothing_was_missed()


async def test_away_for_a_few_days_nobody_asks_and_nobody_reminds(house: House) -> None:
    ana = await asked_at_eight(house)
    await house.at("20:00")
    await ana.taps("A bit later", "I'm away for a while", "🏖 Ask me nothing for a while", "Sat, Mar 6")
    await ana.sees("🏖 Until Sat, Mar 6 I ask nothing.")
    await ana.taps("That's all")
    await house.at("20:00")
    await house.at("20:00")
    assert await ana.unread() == []
    await house.at("16:00")  # Saturday has come
    await ana.reads("have you got a minute?")


async def test_staff_switch_the_weekly_one_off_for_the_house(house: House) -> None:
    ana = await asked_at_eight(house)
    [sam] = await house.people("Sam of staff")
    await sam.writes("/asks")
    await sam.taps("☑ The week in seven questions")
    await sam.sees("These check-ins can come")
    await sam.taps("That's all")
    for _ in ("Wednesday", "Thursday", "Friday"):
        await a_day(house, ana)
    await house.at("16:00")
    assert await ana.unread() == []
    await ana.writes("/times")
    times = await ana.reads("This is what I ask, and when")
    assert "seven questions" not in (times.text or "")
