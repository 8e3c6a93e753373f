"""A good week: what helped is seen, Sunday looks back, and then there is something to give."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def checks_in(who: Somebody, mood: str, craving: str, *note: str) -> None:
    await who.writes("/checkin")
    await who.taps(mood, craving, "8", "Go on")
    if note:
        await who.writes(*note)
    else:
        await who.taps("Nothing today")


async def test_sunday_looks_back_in_their_own_words_and_what_helped_is_a_picture(house: House) -> None:
    ana, ben = await house.people("Ana the participant", "Ben the participant")
    await ana.writes("/skills")
    await ana.taps("5-4-3-2-1, back to here", "6", "I have five", "I have four", "I have three", "I have two")
    await ana.taps("I have it", "2")
    await checks_in(ana, "🙂", "2", "The walk with Ben")
    await ana.taps("That's enough for today")
    await house.later(days=4)  # Sunday
    await checks_in(ana, "😐", "2")
    await ana.reads("Sun: mood 3 of 5")
    await ana.reads(
        "You practised 5-4-3-2-1, back to here (1×).",
        "What helped most: 5-4-3-2-1, back to here, down by 4 on average.",
        "· Wed: The walk with Ben",
    )
    await ana.taps("That's enough for today")
    await ana.writes("/practice")
    shown = await ana.reads("5-4-3-2-1, back to here: down by 4 on average, 1×")
    assert shown.raw["photo"]
    await ana.reads("· Wed: The walk with Ben")
    # It is hers alone, and a week without anything is passed over.
    await checks_in(ben, "😐", "2")
    await ben.reads("Sun: mood 3 of 5")
    await ben.sees("Before you go: something good for you, or somebody to talk to?")
    assert not [each for each in (await ben.chat()).said if "Your last seven days" in (each.text or "")]


async def test_when_things_go_well_there_is_something_to_give(house: House) -> None:
    ana, ben = await house.people("Ana the participant", "Ben the participant")
    await ben.writes("/company")
    await ben.taps("🙋 I'm up for company", "A walk", "That's it")
    for _ in range(2):
        await checks_in(ana, "🙂", "2")
        await ana.taps("That's enough for today")
        await house.later(days=1)
    await checks_in(ana, "😄", "1")
    await ana.sees("Would you say hello today?")
    await ana.taps("👋 Show me who", "Ben: a walk", "Yes, say hello")
    await ben.reads("Ana says hello")
    # Not again the day after.
    await house.later(days=1)
    await checks_in(ana, "😄", "1")
    await ana.sees("Before you go: something good for you, or somebody to talk to?")


async def test_it_is_left_in_one_tap_and_never_follows_a_hard_check_in(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    for _ in range(2):
        await checks_in(ana, "🙂", "2")
        await ana.taps("That's enough for today")
        await house.later(days=1)
    await checks_in(ana, "🙂", "9")
    await ana.sees("Do you want to talk to somebody now?")
    await ana.taps("I'm all right for now")
    for _ in range(2):
        await house.later(days=1)
        await checks_in(ana, "🙂", "2")
        await ana.sees("Before you go")
        await ana.taps("That's enough for today")
    await ana.reads("Sun: mood 4 of 5")
    await house.later(days=1)
    await checks_in(ana, "🙂", "2")
    # Nobody has said that they want company, so it is a hand in the house.
    await ana.sees("Is there something small you could do for somebody in the house today?")
    await ana.taps("Not today")
    await ana.sees("Take care of yourself, Ana.")
