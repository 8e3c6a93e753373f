"""A chat can be hidden: what the bot said vanishes, and the keys stay."""

from tests.support.house import House


async def test_what_was_said_is_taken_back_and_the_keys_stay(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/help")
    await ana.reads("/skills for hard moments")
    await ana.writes("/discreet")
    await ana.taps("Yes, take it back")
    await ana.reads("What I wrote in the last two days is gone from this chat.")
    await house.later(seconds=5)
    chat = await ana.chat()
    assert [bubble.text for bubble in chat.said] == [
        "Done. What I wrote in the last two days is gone from this chat."
    ]
    assert chat.keyboard == (("🆘 SOS", "☰ Menu"),)


async def test_the_card_of_a_call_that_is_not_over_stays(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await maria.reads("🔔 Ana is asking for somebody")
    await maria.writes("/discreet")
    await maria.taps("Yes, take it back")
    await maria.reads("is gone from this chat")
    await house.later(seconds=5)
    assert len((await maria.chat()).said) == 2
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await ana.has_read_everything()
