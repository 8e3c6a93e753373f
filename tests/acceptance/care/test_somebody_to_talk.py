"""Somebody to talk with, when it isn't urgent: people are asked in turn, slowly and never at night."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def asks(ana: Somebody) -> None:
    await ana.writes("/company")
    await ana.taps("💬 Somebody to talk with", "Yes, please ask")


async def test_a_mentor_says_yes_and_reads_nothing_but_the_name(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await asks(ana)
    await ana.sees("I'm asking. It may take a few hours")
    await house.later(minutes=1)
    await maria.reads("👋 Ana would like somebody to talk with. It can wait a while.")
    await maria.taps("I'll say hello")
    await ana.reads("👋 Maria is going to say hello to you.")
    await ana.writes("/talk")
    await ana.sees("Maria said yes")
    await ana.taps("We talked")
    await maria.sees("Thank you for being there.")
    await ana.writes("/who_saw")
    await ana.reads("Maria")
    await house.later(hours=5)
    for each in (ana, maria, sam):
        await each.has_read_everything()


async def test_nobody_is_rushed_and_after_an_hour_the_next_are_asked_staff_last(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await asks(ana)
    await house.later(minutes=50)
    await maria.reads("Ana would like somebody to talk with")
    assert not await sam.unread()
    await house.later(minutes=15)
    await sam.reads("Ana would like somebody to talk with")
    await sam.taps("I can't right now")
    await maria.taps("I can't right now")
    await ana.reads("I couldn't find anybody to say hello this time.", "🆘 SOS asks people at once")
    for each in (ana, maria, sam):
        await each.has_read_everything()


async def test_in_the_night_people_sleep_and_are_asked_in_the_morning(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await house.at("23:00")
    await ana.has_read_everything()
    await maria.has_read_everything()
    await asks(ana)
    await ana.sees("so I ask in the morning, at eight")
    await house.at("07:30")
    assert not await maria.unread()
    await house.at("08:01")
    await maria.reads("Ana would like somebody to talk with")
    await ana.has_read_everything()


async def test_a_second_request_joins_the_first_and_can_be_taken_back(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await asks(ana)
    await house.later(minutes=1)
    await maria.reads("Ana would like somebody to talk with")
    await ana.writes("/company")
    await ana.taps("💬 Somebody to talk with")
    await ana.sees("I'm asking already.")
    await ana.taps("I don't need it any more")
    await maria.sees("This has been looked after.")
    await house.later(hours=5)
    for each in (ana, maria):
        await each.has_read_everything()


async def test_when_it_cannot_wait_any_more_sos_asks_at_once_and_the_quiet_request_ends(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await asks(ana)
    await house.later(minutes=1)
    await maria.reads("Ana would like somebody to talk with")
    await ana.presses("🆘 SOS")
    await maria.reads("🔔 Ana is asking for somebody, now.")
    await maria.taps("I'm on it")
    await house.later(hours=2)
    assert not any("somebody to talk with" in bubble.text for bubble in (await sam.chat()).said)
    for each in (ana, maria, sam):
        await each.has_read_everything()


async def test_where_there_is_nobody_to_ask_it_says_so(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/company")
    await ana.taps("💬 Somebody to talk with")
    await ana.sees("there is nobody here whom I could ask")
    await ana.taps("Nothing, thanks")
    await ana.has_read_everything()
