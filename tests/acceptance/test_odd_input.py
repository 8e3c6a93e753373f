"""People are people: old buttons, double taps, typing where there are buttons, and things no bot can read."""

import pytest

from tests.support.house import House
from tests.support.somebody import Somebody


@pytest.fixture
async def ana(house: House) -> Somebody:
    [ana] = await house.people("Ana the participant")
    return ana


async def in_a_checkin(ana: Somebody) -> None:
    await ana.writes("/checkin")
    await ana.reads("How are you right now?")


async def test_an_old_button_is_answered_kindly_and_not_executed(house: House, ana: Somebody) -> None:
    await in_a_checkin(ana)
    mood = await ana.sees("How are you right now?")
    await ana.taps("😄", "2")
    await ana.sees("How sure are you")
    await ana.taps_once_more(mood, "😞")
    await ana.reads("That button is from earlier. Here is where we are now:", "How sure are you")


async def test_a_double_tap_counts_once_and_is_not_scolded(house: House, ana: Somebody) -> None:
    await in_a_checkin(ana)
    mood = await ana.sees("How are you right now?")
    await ana.taps_once_more(mood, "😄")
    await ana.taps_once_more(mood, "😄")
    await house.at_rest()
    await ana.sees("How strong is any craving right now?")


async def test_words_where_a_button_is_wanted_are_met_with_the_question(house: House, ana: Somebody) -> None:
    await ana.writes("/skills")
    await ana.taps("5-4-3-2-1, back to here", "6")
    await ana.sees("Find five things you can see.")
    await ana.writes("a lamp, a chair, my shoes")
    await ana.reads("Please tap one of the buttons.", "Find five things you can see.")


async def test_a_number_may_be_typed(house: House, ana: Somebody) -> None:
    await in_a_checkin(ana)
    await ana.taps("🙂")
    await ana.writes("11")
    await ana.reads("Please tap a number from 0 to 10.")
    await ana.writes("7")
    await ana.reads("How sure are you")


@pytest.mark.parametrize("kind", ["photo", "sticker"])
async def test_what_a_bot_cant_hear_is_answered_with_somebody_who_can(house: House, ana: Somebody, kind: str) -> None:
    await ana.taps("⚙️ Settings", "💬 Language", "Leave it · Dejarlo así")
    await ana.sends(kind)
    await ana.reads("I can't hear or see this, but I don't want to miss you.", "🆘 SOS")


async def test_a_voice_message_in_a_dialog_leaves_the_dialog_open(house: House, ana: Somebody) -> None:
    await in_a_checkin(ana)
    await ana.taps("🙂")
    await ana.sees("How strong is any craving right now?")
    await ana.sends("voice")
    await ana.reads("I can't hear this, Ana, and I don't want to miss you.")
    await ana.taps("I'm all right")
    await ana.has_read_everything()
    await ana.sees("How strong is any craving right now?")
    await ana.taps("3")
    await ana.sees("How sure are you")


async def test_an_edited_message_is_not_taken_twice(house: House, ana: Somebody) -> None:
    await in_a_checkin(ana)
    await ana.taps("🙂")
    sent = await house.phones.send(ana.id, "7")
    await ana.reads("How sure are you")
    assert sent.message is not None
    await house.phones.edit(ana.id, sent.message.id, "8")
    await house.at_rest()
    await ana.sees("How sure are you")


async def test_a_forwarded_command_commands_nothing(house: House, ana: Somebody) -> None:
    sent = await house.phones.send(ana.id, "/sos")
    await house.at_rest()
    await ana.has_read_everything()
    assert sent.message is not None
    await ana.taps("I'll just wait")
    await house.at_rest()
    await ana.has_read_everything()
    await house.phones.forward(ana.id, sent.message.id)
    await ana.reads("I'm here, Ana. What would help right now?")


async def test_what_is_not_meant_for_us_is_heard_and_left_alone(house: House, ana: Somebody) -> None:
    ana_wire = {"id": ana.id, "is_bot": False, "first_name": "Ana"}
    channel = {"message_id": 1, "date": 0, "chat": {"id": -100, "type": "channel"}, "text": "news"}
    await house.phones.inject(
        {"channel_post": channel},
        {"something_of_next_year": {"from": ana_wire}},
        {"message": {"message_id": 2}},
        {"message": None},
        {"callback_query": {"id": 7}},
        {"message": {"message_id": 3, "date": 0, "from": ana_wire, "chat": {"id": ana.id, "type": "private"}}},
    )
    await house.at_rest()
    await ana.writes("/checkin")
    await ana.reads("How are you right now?")


async def test_a_button_that_hearth_never_wrote_does_nothing_but_open_the_door(house: House, ana: Somebody) -> None:
    card = await ana.last()
    forged = {
        "id": "9",
        "from": {"id": ana.id, "is_bot": False, "first_name": "Ana"},
        "message": {"message_id": card.id, "date": 0, "chat": {"id": ana.id, "type": "private"}},
        "chat_instance": "1",
        "data": "c:alert:999:take_alert",
    }
    await house.phones.inject({"callback_query": forged})
    await ana.reads("This part is for others in the house.")


async def test_the_longest_text_there_can_be_is_read(house: House, ana: Somebody) -> None:
    await in_a_checkin(ana)
    await ana.taps("🙂", "2", "8", "Go on")
    await ana.sees("Is there one thing that helped today")
    await ana.writes("🌊" * 2048)
    await ana.reads("That is more than I can keep in one piece.", "500")
    await ana.writes("walking by the river 🌊")
    await ana.reads("Thank you, Ana.")


async def test_a_name_from_right_to_left_turns_no_sentence_around(house: House) -> None:
    mentor, dana = await house.people("Maria the mentor", "Dana the participant")
    await dana.taps("⚙️ Settings", "🙂 My name here")
    await dana.writes("\u202eדנה 🌸")
    await dana.reads("Good to meet you, דנה 🌸.")
    await dana.presses("🆘 SOS")
    await dana.has_read_everything()
    await mentor.reads("🔔 דנה 🌸 is asking for somebody, now.")
