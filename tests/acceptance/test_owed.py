"""What could not be said is not forgotten: it stands above the answer when its person is next in touch."""

from tests.support.house import House
from tests.support.somebody import Somebody

LEAD = "In case this did not reach you before:"
HELP = "/skills for hard moments"
NEWS = "The boiler is fixed."


async def test_a_reply_that_could_not_be_said_stands_above_the_next_answer_once(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await house.phones.fault("403", chat_id=ana.id, method="sendMessage")
    await house.phones.send(ana.id, "/help")
    await house.at_rest()
    await house.phones.lift_faults()

    await ana.writes("/menu")

    assert await last_said(house, ana, 3) == [LEAD, HELP, "What would you like?"]
    await ana.has_read_everything()
    await ana.writes("/menu")
    await ana.reads("What would you like?")
    assert not [bubble for bubble in await ana.unread() if LEAD in bubble.text]


async def test_a_reply_in_doubt_twice_is_shown_on_next_contact(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await house.phones.fault("reset_before", chat_id=ana.id, method="sendMessage", count=2)
    await house.phones.send(ana.id, "/help")
    await house.later(seconds=10)
    assert HELP not in (await ana.last()).text

    await ana.writes("hm")

    await ana.reads(LEAD)
    await ana.reads(HELP)
    await ana.has_read_everything()


async def test_a_reply_that_waited_a_day_in_vain_is_shown_on_next_contact(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await house.phones.fault("429", chat_id=ana.id, retry_after=3600)
    await house.phones.send(ana.id, "/help")
    while await house.phones.pending():
        pass  # asking is a round trip, in which the bot goes on
    await house.sleeps()
    await house.phones.lift_faults()
    await house.phones.advance(25 * 3600)
    await house.wakes()
    await ana.has_read_everything()
    assert HELP not in (await ana.last()).text

    await ana.writes("hm")

    await ana.reads(LEAD)
    await ana.reads(HELP)
    await ana.has_read_everything()


async def test_what_is_owed_waits_for_as_long_as_it_cannot_be_said(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await house.phones.fault("403", chat_id=ana.id, method="sendMessage")
    for text in ("/help", "hm", "hm"):
        await house.phones.send(ana.id, text)
        await house.at_rest()
    await house.phones.lift_faults()

    await ana.writes("/menu")

    await ana.reads("What would you like?")
    said = [bubble.text for bubble in await ana.unread()]
    assert sum(HELP in text for text in said) == 1
    assert sum(LEAD in text for text in said) == 1
    await ana.has_read_everything()


async def test_a_question_that_a_newer_turn_has_superseded_stays_away(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await house.phones.fault("403", chat_id=ana.id, method="sendMessage")
    await house.phones.send(ana.id, "/checkin")
    await house.at_rest()
    await house.phones.send(ana.id, "/skills")
    await house.at_rest()
    await house.phones.lift_faults()

    await ana.writes("/help")

    await ana.reads(HELP)
    said = [bubble.text for bubble in await ana.unread()]
    assert not [text for text in said if "How are you right now?" in text]
    await ana.has_read_everything()


async def test_a_card_that_could_not_be_shown_comes_as_it_stands_by_then(house: House) -> None:
    sam, ana = await house.people("Sam of staff", "Ana the participant")
    await sam.writes("/announce")
    await sam.writes(NEWS)
    await sam.sees("This is how it will look")
    await house.phones.fault("403", chat_id=sam.id, method="sendMessage")
    await sam.taps("Send to 1")
    await house.at_rest()
    await house.phones.lift_faults()
    await house.later(minutes=2)

    await sam.writes("/menu")

    await sam.reads(LEAD)
    await sam.reads("📣 Got it: 1 of 1")
    await sam.has_read_everything()
    await ana.has_read_everything()


async def last_said(house: House, somebody: Somebody, count: int) -> list[str]:
    """What stands last in a chat, of each message the words by which it is known here."""
    await house.at_rest()
    said = (await somebody.chat()).said[-count:]
    return [
        next((words for words in (LEAD, HELP, "What would you like?") if words in each.text), each.text)
        for each in said
    ]
