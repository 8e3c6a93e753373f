"""Whom somebody wants asked first, whom never, and what staff hear before it matters."""

from bot.care.rota import watch
from bot.ids import RandomIds
from tests.acceptance.alerts.test_rota import is_ok, makes_a_rota, presses_sos
from tests.support.house import House
from tests.support.somebody import Somebody


async def chooses(house: House, ana: Somebody, maria: Somebody) -> None:
    """Ana wants Maria asked first, and Maria agrees."""
    await ana.writes("/my_people")
    await ana.taps("🫶 Somebody is asked first", maria.name)
    await ana.sees("As soon as they say yes, they come first.")
    await maria.reads("Ana would like you to be asked first")
    await maria.taps("Yes, ask me first")
    await maria.sees("When Ana presses SOS, you are asked first.")
    await ana.reads("Maria said yes")
    await house.at_rest()
    await ana.has_read_everything()


async def is_watched(house: House) -> None:
    """What the hourly tick does: the daily look at the house begins."""
    async with house.app.database.write() as work:
        await watch.begin(work, RandomIds(house.app.clock.now), house.app.clock.now())
        await work.commit()


async def test_somebody_chosen_who_is_also_on_call_is_asked_once_a_step(house: House) -> None:
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    await makes_a_rota(house, sam, maria, tom)
    await chooses(house, ana, maria)
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await house.later(minutes=3)
    await maria.reads("Ana is asking")
    await tom.reads("Ana is asking")
    await ana.reads("I'm asking Maria and Tom too.")


async def test_a_friend_in_the_house_comes_before_the_mentors(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await ana.writes("/my_people")
    await ana.taps("🫶 Somebody is asked first", "Ben")
    await ben.taps("Yes, ask me first")
    await ana.reads("Ben said yes")
    await house.at_rest()
    await ana.has_read_everything()
    await presses_sos(house, ana)
    await ben.reads("Ana is asking")
    await ben.taps("I can't now")
    await maria.reads("Ana is asking")
    await ana.reads("I'm asking Maria too.")


async def test_a_friend_who_has_not_answered_or_said_no_is_asked_like_everybody_else(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await ana.writes("/my_people")
    await ana.taps("🫶 Somebody is asked first", "Ben")
    await ben.reads("Ana would like you to be asked first")
    await house.at_rest()
    await ana.has_read_everything()
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await ben.taps("I'd rather not")
    await ana.reads("Ben would rather not be asked first.")


async def test_somebody_unwanted_is_never_asked_and_sees_nothing_of_it(house: House) -> None:
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    await ana.writes("/my_people")
    await ana.taps("Somebody is never asked")
    await ana.sees("Never means never, even if nobody else answers.")
    await ana.taps("Tom")
    await ana.sees("I won't ask them when you call.")
    await house.at_rest()
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await tom.writes("/alerts")
    await tom.reads("All quiet.")
    await house.later(minutes=3)
    await sam.reads("Ana is asking")
    await house.later(minutes=5)
    await sam.reads("Nobody has answered yet.")
    await ana.has_read_everything()
    await is_ok(house, ana, maria, sam)


async def test_staff_change_the_plan_and_see_who_would_be_asked(house: House) -> None:
    ana, _maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await sam.writes("/plan")
    await sam.taps("who is on call, 3 min", "Leave them out")
    await sam.taps("every mentor, 5 min", "Leave them out")
    await sam.sees("Rounds after the first: 0")
    assert {"who is on call: left out", "every mentor: left out"} <= set((await sam.last()).labels)
    await sam.taps("Who would be asked?")
    await sam.sees("At once: Sam (staff)", "After 5 min: the truth that nobody was reached")
    await sam.taps("That's all")
    await house.at_rest()
    await sam.has_read_everything()
    await presses_sos(house, ana)
    await sam.reads("Ana is asking")


async def test_a_plan_that_is_gone_through_again_asks_everybody_again_before_it_gives_up(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await sam.writes("/plan")
    await sam.taps("🔁 How many rounds", "Once more", "That's all")
    await house.at_rest()
    await sam.has_read_everything()
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await house.later(minutes=3)
    await sam.reads("Ana is asking")
    await house.later(minutes=5)
    await maria.reads("Ana is asking")
    await house.later(minutes=3)
    await sam.reads("Ana is asking")
    await house.later(minutes=5)
    await sam.reads("Nobody has answered yet.")
    await ana.reads("so I'm asking Sam too")
    await ana.reads("so I'm asking Maria too")
    await ana.reads("so I'm asking Sam too")
    await ana.reads("I have to be honest")


async def test_staff_hear_of_a_gap_once_and_not_every_day(house: House) -> None:
    maria, tom, sam = await house.people("Maria the mentor", "Tom the mentor", "Sam of staff")
    await makes_a_rota(house, sam, maria, tom)
    await tom.writes("/away")
    await tom.taps("For some days", "3")
    await tom.sees("I won't ask you until Sat, Mar 6, 8:00")
    await house.at_rest()
    await tom.has_read_everything()
    await is_watched(house)
    await house.at("10:00")
    await sam.reads("Worth a look in Maple House", "Nobody is on call from Thu, Mar 4, 9:00")
    await sam.writes("/rota")
    await sam.reads("Nobody is on call from Thu, Mar 4, 9:00")


async def test_a_phone_that_did_not_ring_is_told_to_staff_before_it_matters(house: House) -> None:
    maria, tom, lena, sam = await house.people("Maria the mentor", "Tom the mentor", "Lena of staff", "Sam of staff")
    await is_watched(house)
    await house.later(days=15)
    await house.at("10:00")
    await house.at("11:00")
    for person in (maria, tom, lena, sam):
        await person.reads("This is only a test.")
    for person in (maria, lena, sam):
        await person.taps("It rang")
        await person.sees("Good, you can be reached.")
    await house.later(days=2)
    await house.at("10:00")
    for person in (lena, sam):
        await person.reads("Worth a look in Maple House", "Tom did not tap the test call")
