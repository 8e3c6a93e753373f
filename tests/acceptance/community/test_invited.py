"""At a milestone, and after a call that went well, somebody is invited to tell how they did it. Seldom, and once."""

import pytest

from tests.support.house import House
from tests.support.somebody import Somebody

ASKED = "Would you tell how you came through a hard moment?"
BEFORE_YOU_GO = "Before you go: something good for you, or somebody to talk to?"


async def counting(house: House, days: int) -> Somebody:
    """Ana counts her days, in a house where two could read what she tells."""
    ana, *others = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await ana.writes("/days")
    await ana.taps("Count my days")
    await ana.writes(str(days))
    await ana.taps("Just me")
    await house.at_rest()
    for each in (ana, *others):
        await each.has_read_everything()
    return ana


async def checks_in(who: Somebody) -> None:
    """Neither a good day nor a hard one."""
    await who.has_read_everything()
    await who.writes("/checkin")
    await who.taps("😐", "2", "8", "Go on", "Nothing today")


async def test_at_a_month_ana_is_asked_and_a_no_is_good_for_a_quarter(house: House) -> None:
    ana = await counting(house, days=29)
    await house.later(days=1)
    await checks_in(ana)
    await ana.sees("30 days, Ana.", ASKED, "It can wait.")
    await ana.taps("Not now")
    await ana.sees(BEFORE_YOU_GO)
    await ana.taps("That's enough for today")
    await house.later(days=30)
    await checks_in(ana)
    await ana.sees("60 days, Ana.", BEFORE_YOU_GO)
    await ana.taps("That's enough for today")


async def test_one_tap_opens_it(house: House) -> None:
    ana = await counting(house, days=29)
    await house.later(days=1)
    await checks_in(ana)
    await ana.taps("🌳 Tell how I did it")
    await ana.sees("Two people of the house read it first", "What was it about?")


@pytest.mark.parametrize(
    ("days", "before"),
    [(6, ""), (29, "/restrict"), (29, "/stop"), (29, "/tell")],
    ids=["in the first weeks", "nothing of theirs is used", "no messages", "they told one by themselves"],
)
async def test_it_never_presses(house: House, days: int, before: str) -> None:
    ana = await counting(house, days)
    if before:
        await ana.writes(before)
        await ana.has_read_everything()
    match before:
        case "/restrict":
            await ana.taps("Yes, don't use it")
        case "/stop":
            await ana.taps("Yes, stop messages")
        case "/tell":
            await tells_by_voice(ana)
    await house.later(days=1)
    await checks_in(ana)
    await ana.sees(f"{days + 1} days, Ana.", BEFORE_YOU_GO)
    await ana.taps("That's enough for today")
    for each in house.everybody:
        await each.has_read_everything()


async def tells_by_voice(teller: Somebody) -> None:
    await teller.taps("🌙 Not sleeping")
    await teller.sees("What happened?")
    await teller.sends("voice")
    await teller.taps("That's all of it", "Somebody here", "Yes, hand it on")
    await teller.sees("I've handed it on")


async def closes_a_call(house: House, maria: Somebody, *, then: str) -> None:
    """Ana calls, Maria has it to its end, and says how she is."""
    [ana] = await house.people("Ana the participant")
    await ana.presses("🆘 SOS")
    await maria.taps("I'm on it", "I'm with them", "It's over")
    await maria.taps("Just being there", "Go on", "No need", then)
    await house.at_rest()
    for each in house.everybody:
        await each.has_read_everything()


async def test_a_mentor_who_closed_a_call_well_is_asked_for_a_story_of_their_own(house: House) -> None:
    maria, _ben = await house.people("Maria the mentor", "Ben the mentor")
    await closes_a_call(house, maria, then="I'm all right")
    await maria.sees("Would you tell it? Yours alone, nothing of this call.")
    await maria.taps("Not now")
    await maria.sees("I won't ask again for a good while.")


async def test_of_a_call_that_was_a_lot_nothing_more_is_asked(house: House) -> None:
    maria, _ben = await house.people("Maria the mentor", "Ben the mentor")
    await closes_a_call(house, maria, then="It was a lot")
    await maria.taps("Knowing that is enough")
    await maria.sees("Do something kind for yourself today.")
    assert not any("nothing of this call" in each.text for each in (await maria.chat()).said)
