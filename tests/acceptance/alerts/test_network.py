"""When nobody of the house answers, whoever is on call for its network is asked: last of all, and not before."""

from bot.house.invites import make_network_invite
from bot.house.networks import make_network
from bot.ids import RandomIds
from bot.policy import Role
from tests.acceptance.alerts.test_rota import presses_sos
from tests.support.house import NAME, House
from tests.support.somebody import Somebody

RIVER = "River Homes"
DANGER = "i am going to kill myself tonight"


async def joins_the_network(house: House, role: Role, name: str) -> Somebody:
    """Maple House belongs to River Homes, and somebody comes in over it."""
    ids, now = RandomIds(house.app.clock.now), house.app.clock.now()
    async with house.app.database.write() as work:
        await make_network(work, ids, now, name=RIVER, houses=[NAME])
        code = await make_network_invite(work, ids, now, network_name=RIVER, role=role)
        await work.commit()
    somebody = await house.stranger(name)
    await somebody.opens(code)
    await somebody.taps("Go on · Seguir", "Yes, I am", "Go on", name, "09:00 New York")
    await somebody.reads("You're in.", RIVER)
    await somebody.reads("Which phone do you have?")
    await house.at_rest()
    return somebody


async def rest_of_it(house: House) -> None:
    """What else is said is told in the stories of the calls themselves."""
    for person in house.everybody:
        await person.has_read_everything()


async def test_the_networks_on_call_is_asked_when_the_houses_own_people_did_not_answer(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    ruth = await joins_the_network(house, Role.ON_CALL, "Ruth")
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    await house.later(minutes=3)
    await sam.reads("Ana is asking")
    await ana.reads("I'm asking Sam too.")
    assert not await ruth.unread()
    await house.later(minutes=5)
    await ruth.reads("Ana is asking", NAME)
    await ana.reads("I'm asking Ruth too.")
    await ruth.taps("I'm on it")
    await ana.reads("Ruth is on it")
    await maria.reads("Ruth is on it")
    await sam.reads("Ruth is on it")
    await rest_of_it(house)


async def test_a_plan_made_before_the_house_joined_a_network_asks_its_on_call_last_of_all(
    house: House,
) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await sam.writes("/plan")
    await sam.taps("every mentor, 5 min", "Leave them out", "That's all")
    await rest_of_it(house)
    ruth = await joins_the_network(house, Role.ON_CALL, "Ruth")
    await sam.writes("/plan")
    await sam.reads("🧭 When somebody in Maple House asks for people")
    assert "on call for the network, 5 min" in (await sam.last()).labels
    await sam.taps("That's all")
    await presses_sos(house, ana)
    await sam.reads("Ana is asking")
    await house.later(minutes=5)
    await ruth.reads("Ana is asking", NAME)
    await ana.reads("I'm asking Ruth too.")
    await rest_of_it(house)


async def test_in_danger_the_network_is_asked_after_three_minutes(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    ruth = await joins_the_network(house, Role.ON_CALL, "Ruth")
    await ana.writes(DANGER)
    await maria.reads("🚨 Ana needs somebody right now.")
    await sam.reads("🚨 Ana needs somebody right now.")
    await house.at_rest()
    assert not await ruth.unread()
    await house.later(minutes=3)
    await ruth.reads("🚨 Ana needs somebody right now.", NAME)
    await ruth.taps("I'm on it")
    await maria.reads("Ruth is on it")
    await rest_of_it(house)


async def test_a_network_with_nobody_on_call_keeps_nobody_waiting(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    ruth = await joins_the_network(house, Role.STAFF, "Ruth")
    await presses_sos(house, ana)
    await ruth.reads("Ana is asking")
    await house.later(minutes=5)
    await ana.reads("I have to be honest: I haven't reached anybody yet.")
    await rest_of_it(house)


async def test_staff_see_and_change_the_networks_step_and_oncall_tells_it(house: House) -> None:
    maria, sam = await house.people("Maria the mentor", "Sam of staff")
    await sam.writes("/plan")
    plan = await sam.reads("🧭 When somebody in Maple House asks for people")
    assert not any("network" in label for row in plan.buttons for label in row)
    await sam.taps("That's all")
    await joins_the_network(house, Role.ON_CALL, "Ruth")
    await maria.writes("/oncall")
    await maria.reads("first: Maria", "then: Sam", "and last, for the whole network: Ruth")
    await sam.writes("/plan")
    await sam.taps("on call for the network, 5 min", "Leave them out")
    await sam.sees("🧭 When somebody in Maple House asks for people")
    await sam.taps("on call for the network: left out")
    await rest_of_it(house)
