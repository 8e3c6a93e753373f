"""A yes is taken back in two taps, and counts from then on, for what is already on its way too."""

import pytest

from bot.membership import consent
from bot.membership.consent import Purpose
from tests.support.house import House


async def test_words_taken_back_before_the_card_is_sent_are_not_on_it(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await maria.reads("🔔 Ana is asking for somebody")
    await ana.sees("write a line about what's going on")
    await house.phones.fault("429", chat_id=maria.id, retry_after=2, count=1)
    await ana.writes("behind the church")
    await ana.writes("/consents")
    await ana.taps("☑ Pass on my words in a call")
    await ana.taps("That's all")
    await house.at_rest()
    await house.later(seconds=5)
    edits = [call for call in await house.phones.calls("editMessageText") if "Ana is asking" in str(call)]
    assert [call["status"] for call in edits] == [429, 400]  # the second changes nothing, and Telegram says so
    assert "behind the church" in str(edits[0])
    assert "behind the church" not in str(edits[1])
    assert "behind the church" not in (await maria.sees("🔔 Ana is asking for somebody")).text
    for each in (ana, maria):
        await each.has_read_everything()


async def test_words_agreed_to_are_read_until_that_is_taken_back(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.sees("write a line about what's going on")
    await ana.writes("behind the church")
    await maria.sees("“behind the church”")
    await ana.writes("/consents")
    await ana.taps("☑ Pass on my words in a call", "That's all")
    await house.later(minutes=4)
    card = await sam.reads("🔔 Ana is asking for somebody")
    assert "church" not in card.text
    for each in (ana, maria, sam):
        await each.has_read_everything()


async def test_when_the_words_change_people_are_asked_again_and_a_no_stands_till_then(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    [ana] = await house.people("Ana the participant")
    monkeypatch.setattr(consent, "VERSIONS", {each: 2 if each is Purpose.WORRY else 1 for each in Purpose})
    await ana.presses("☰ Menu")
    await ana.reads("Something you agreed to is worded anew, Ana.")
    await ana.taps("Look at it")
    await ana.sees("Until you say yes to the new words, it counts as no.")
    await ana.taps("☐ Tell a mentor when it's hard", "🕰 When I said what")
    await ana.sees("What you said, the newest first:\nMar 3, 2027: tell a mentor when it's hard: yes")
    await ana.taps("That's all")
    await ana.has_read_everything()
    await ana.presses("☰ Menu")
    await ana.reads("Hi Ana. What would you like?")


async def test_three_times_no_costs_nothing_of_what_the_house_tells_and_no_call_for_help(house: House) -> None:
    maria, sam = await house.people("Maria the mentor", "Sam of staff")
    ben = await house.stranger("Ben")
    await ben.opens(await house.invite("participant"))
    await ben.taps("Go on · Seguir", "Yes, I am")
    await ben.sees("Maple House promises: a no never costs you your bed.", "A court can order")
    await ben.taps("Go on", "No, don't keep them", "No, tell nobody", "No, ask without words")
    await ben.taps("Ben", "09:00 New York", "Not now")
    await ben.sees("You're in.")
    await ben.has_read_everything()
    await sam.writes("/announce")
    await sam.writes("The boiler is fixed.")
    await sam.taps("Send to 2")
    await ben.reads("The boiler is fixed.")
    await ben.presses("🆘 SOS")
    await maria.reads("🔔 Ben is asking for somebody")
    await maria.taps("I'm on it")
    await ben.reads("Maria is on it.")
    for each in house.everybody:
        await each.has_read_everything()
