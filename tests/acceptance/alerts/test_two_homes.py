"""Somebody who belongs to two homes calls: it is one call, and whoever answers has it for both homes."""

from bot.ids import RandomIds
from bot.policy import Role
from storage.repositories.memberships import Grant, Membership
from tests.acceptance.alerts.test_rota import presses_sos
from tests.support.house import ZONE, House
from tests.support.membership import Newcomer, let_in
from tests.support.somebody import Somebody

OAK = "Oak House"


async def in_oak_house(house: House, ana: Somebody, *names: str) -> list[Somebody]:
    """Ana belongs to a second home; these people are its mentors, or its staff ("Olga of staff")."""
    others = [await house.stranger(each.split()[0]) for each in names]
    roles = [Role(each.split()[-1]) for each in names]
    newcomers = {one.id: Newcomer(name=one.name, role=role) for one, role in zip(others, roles, strict=True)}
    await let_in(house.app, OAK, ZONE, newcomers)
    ids, now = RandomIds(house.app.clock.now), house.app.clock.now()
    async with house.app.database.write() as work:
        known, oak = await work.people.find_many([ana.id]), await work.houses.by_name(OAK)
        person = known[ana.id]
        assert oak is not None
        await work.memberships.add(
            Membership(id=ids.new(), person_id=person.id, house_id=oak.id, standing="outpatient", since=now)
        )
        await work.memberships.grant(
            Grant(id=ids.new(), person_id=person.id, house_id=oak.id, role=Role.PARTICIPANT, since=now)
        )
        await work.commit()
    for each in others:
        await each.opens()
    await house.at_rest()
    for each in others:
        await each.has_read_everything()
    return others


async def told(person: Somebody, words: str) -> int:
    """How many messages of their chat say this."""
    return sum(words in each.text for each in (await person.chat()).said)


async def test_both_homes_are_asked_and_the_one_who_calls_reads_of_it_once(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    olga, otto = await in_oak_house(house, ana, "Olga the mentor", "Otto of staff")
    await ana.presses("🆘 SOS")
    await ana.reads("I've asked Maria and Olga")
    await ana.has_read_everything()
    assert await told(ana, "I've asked") == 1
    await maria.reads("Ana is asking", "Maple House", "Ana has another home, too. Ask where they are.")
    await olga.reads("Ana is asking", OAK, "Ana has another home, too.")
    assert not await told(olga, "Maple")  # the name of the other home is Ana's to tell
    await house.later(minutes=3)
    await sam.reads("Ana is asking")
    await otto.reads("Ana is asking", OAK)
    await ana.reads("so I'm asking Sam and Otto too")
    await ana.has_read_everything()


async def test_taken_in_one_home_is_taken_in_both(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    [olga] = await in_oak_house(house, ana, "Olga the mentor")
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await olga.reads("Ana is asking")
    await olga.taps("I'm on it")
    await ana.reads("Olga is on it.")
    await maria.reads("Olga is on it", "you can rest")
    await maria.sees("Olga is on it for Ana. You can rest.")
    await olga.writes("I'm on my way, Ana.")
    await ana.reads("💬 Olga:", "I'm on my way")
    await olga.taps("Stop writing")
    await house.later(minutes=5)
    await olga.taps("I'm with them")
    await ana.reads("Olga is with you now.")
    await olga.taps("It's over")
    await ana.reads("This call is over")
    await maria.sees("It's over for Ana.")
    for each in (ana, maria, olga):
        await each.has_read_everything()


async def test_what_one_home_hands_back_both_are_asked_again(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    [olga] = await in_oak_house(house, ana, "Olga the mentor")
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await olga.taps("I'm on it")
    await maria.reads("Olga is on it")
    await ana.reads("Olga is on it.")
    await olga.taps("I can't after all")
    await maria.reads("Ana still needs somebody", "Maple House")
    await ana.reads("It's not certain that Olga can be there")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    for each in (ana, maria, olga):
        await each.has_read_everything()


async def test_i_am_ok_ends_it_in_both_homes(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    [olga] = await in_oak_house(house, ana, "Olga the mentor")
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await olga.reads("Ana is asking")
    await ana.taps("I'm OK now")
    await house.at_rest()
    await maria.sees("It's over for Ana.")
    await olga.sees("It's over for Ana.")
    await house.later(minutes=30)
    await ana.has_read_everything()


async def test_a_home_where_nobody_is_left_does_not_end_what_the_other_can_answer(house: House) -> None:
    [ana] = await house.people("Ana the participant")  # nobody is there to ask in Maple House
    olga, otto = await in_oak_house(house, ana, "Olga the mentor", "Otto of staff")
    await presses_sos(house, ana)
    await olga.reads("Ana is asking")
    await house.later(minutes=3)
    await otto.reads("Ana is asking")
    await ana.reads("I'm asking Otto too")
    assert not await told(ana, "haven't reached anybody")
    await otto.taps("I'm on it")
    await ana.reads("Otto is on it.")
    await olga.reads("Otto is on it")
    for each in (ana, olga, otto):
        await each.has_read_everything()


async def test_when_both_homes_are_exhausted_the_truth_is_told_once_and_staff_of_both_go_on_being_asked(
    house: House,
) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    [otto] = await in_oak_house(house, ana, "Otto of staff")
    await presses_sos(house, ana)
    await sam.reads("Ana is asking")
    await otto.reads("Ana is asking")
    await house.later(minutes=5)
    await ana.reads("I have to be honest: I haven't reached anybody yet.")
    assert await told(ana, "I have to be honest") == 1
    for each in (sam, otto):
        await each.reads("Nobody has answered yet.")
    await house.later(minutes=5)
    for each in (sam, otto):
        await each.reads("Nobody has answered yet.")
    await otto.taps("I'm on it")
    await ana.reads("Otto is on it.")
    await sam.reads("Otto is on it")
    for each in (ana, sam, otto):
        await each.has_read_everything()


async def test_in_danger_of_life_both_homes_are_told_where_to_look(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    [olga] = await in_oak_house(house, ana, "Olga the mentor")
    await ana.writes("i think i am overdosing right now")
    await maria.reads("🚑 Ana needs help at once", "Maple House", "Or they are here: Oak House, 12 Example Street")
    await olga.reads("🚑 Ana needs help at once", OAK, "Or they are here: Maple House")
    await ana.reads("I've asked Maria and Olga")
    await ana.has_read_everything()


async def test_staff_of_both_homes_see_it_in_their_lists_and_those_of_a_third_do_not(house: House) -> None:
    ana, _maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    [otto] = await in_oak_house(house, ana, "Otto of staff")
    pia = await house.stranger("Pia")
    await let_in(house.app, "Pine House", ZONE, {pia.id: Newcomer(name="Pia", role=Role.STAFF)})
    await pia.opens()
    await house.at_rest()
    await pia.has_read_everything()
    await presses_sos(house, ana)
    await _maria.reads("Ana is asking")
    await otto.writes("/alerts")
    await otto.taps((await otto.reads("Open calls in Oak House")).labels[0])
    await otto.reads("Ana is asking", OAK)
    await sam.writes("/alerts")
    await sam.reads("Open calls in Maple House")
    await pia.writes("/alerts")
    await pia.reads("All quiet.")
    await house.at_rest()
    for each in (ana, otto, sam, pia):
        await each.has_read_everything()


async def test_who_sees_tells_of_both_homes(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await in_oak_house(house, ana, "Olga the mentor")
    await ana.writes("/who_sees")
    await ana.taps("Maple House")
    await ana.sees("The same call, in your other home\n→ those asked there")
    await ana.taps("No, thank you")
    await ana.has_read_everything()
