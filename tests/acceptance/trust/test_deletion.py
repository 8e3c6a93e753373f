"""Whoever goes takes everything along; those who relied on them are told, and nobody waits alone."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def goes(person: Somebody) -> None:
    """/delete, with both confirmations."""
    await person.writes("/delete")
    await person.taps("I want that", "Yes, delete everything")
    await person.sees("It is done.", "the key that opened it was destroyed")


async def test_somebody_deletes_everything_and_is_a_stranger_again(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await goes(ana)
    await ana.has_read_everything()
    await ana.writes("/who_saw")
    await ana.reads("Nothing of you was shown to anybody")
    await ana.writes("/delete")
    await ana.reads("Nothing is kept of you here")
    assert (await ana.chat()).keyboard == ()
    async with house.app.database.read() as work:
        assert await work.people.find_many([ana.id]) == {}


async def test_it_takes_two_yeses(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/delete")
    await ana.taps("I want that")
    await ana.sees("Shall I delete everything now?", "988")
    await ana.taps("No, keep it")
    await ana.sees("everything stays as it is")
    await ana.has_read_everything()
    async with house.app.database.read() as work:
        assert list(await work.people.find_many([ana.id])) == [ana.id]


async def test_their_open_call_ends_and_those_asked_are_told_why(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await maria.reads("🔔 Ana is asking for somebody")
    await maria.taps("I'm on it")
    await ana.writes("/delete")
    await ana.taps("I want that")
    await ana.sees("There is a call for help that is not over.")
    await ana.taps("Yes, delete everything")
    await ana.sees("It is done.")
    await ana.has_read_everything()
    await maria.reads("Ana has left Hearth, so their call ends here.", "look in or call", "911")
    await maria.sees("This call is over: whoever asked has left Hearth.")
    await house.later(minutes=40)
    await maria.writes("/alerts")
    await maria.reads("All quiet.")


async def test_a_mentor_who_goes_hands_on_the_call_they_had(house: House) -> None:
    ana, maria, tom, _sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("🔔 Ana is asking for somebody")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await tom.has_read_everything()
    await goes(maria)
    await maria.has_read_everything()
    await ana.reads("It's not certain that Maria can be there")
    await tom.reads("🔔 Ana still needs somebody.")
    await tom.taps("I'm on it")
    await ana.reads("Tom is on it.")
    await maria.has_read_everything()
    await ana.has_read_everything()
    await tom.has_read_everything()


async def test_the_only_mentor_on_call_goes_and_staff_are_asked_at_once(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("🔔 Ana is asking for somebody")
    await goes(maria)
    await maria.has_read_everything()
    await sam.reads("🔔 Ana is asking for somebody")
    await ana.has_read_everything()


async def test_an_announcement_under_way_goes_on_when_its_author_or_a_reader_goes(house: House) -> None:
    ana, ben, sam = await house.people("Ana the participant", "Ben the participant", "Sam of staff")
    await house.phones.fault("429", method="sendMessage", chat_id=ana.id, count=1, retry_after=1)
    await sam.writes("/announce")
    await sam.writes("The boiler is fixed.")
    await sam.taps("Send to 2")
    await goes(ben)
    await goes(sam)
    await house.later(minutes=2)
    await ana.reads("The boiler is fixed.")
    for each in (ben, sam):
        await each.has_read_everything()


async def test_the_last_of_staff_is_told_what_follows(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    await sam.writes("/delete")
    await sam.taps("I want that")
    await sam.sees("You are the last person of staff.", "by the command line only")
    await sam.taps("Yes, delete everything")
    await sam.reads("It is done.")
    await sam.has_read_everything()
