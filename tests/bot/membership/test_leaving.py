import pytest

from bot.conversation.inbound import CommandGiven, Sender
from bot.conversation.registry import NotAllowedError
from bot.policy import Role
from tests.bot.membership.world import ANA, BEN, World

CARLA = Sender(telegram_id=3, first_name="Carla", language="en")


async def id_of(world: World, who: Sender) -> str:
    async with world.database.read() as work:
        return str((await work.people.find_many([who.telegram_id]))[who.telegram_id].id)


async def test_staff_end_somebodys_place_and_it_counts_at_once(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    await world.joined(BEN, Role.PARTICIPANT)
    await world.joined(BEN, Role.MENTOR)
    await world.do(BEN, "set_checkin_time", time="20:00")
    async with world.at_desk(ANA) as desk:
        await world.registry.actions["remove_person"].perform(desk, {"person": await id_of(world, BEN)})
        told = [letter for letter in desk.outgoing if letter.errand.letter.text not in ("", "-")]
        [menu] = [letter.errand.commands for letter in desk.outgoing if letter.errand.commands]
        assert [letter.chat_id for letter in told] == [BEN.telegram_id]
        assert "terminado tu lugar" in told[0].errand.letter.text
        assert "checkin" not in dict(menu)
    assert await world.ask(BEN, "joined") is False
    async with world.at_desk(BEN) as desk:
        assert await desk.work.schedules.of(desk.me.id) == []
    [answer] = await world.say(BEN, CommandGiven("checkin"))
    assert "otras personas de la casa" in answer or "house" in answer


async def test_staff_can_remove_nobody_of_another_house_and_not_themselves(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    await world.joined(CARLA, Role.PARTICIPANT, house="Oak House")
    for person in (await id_of(world, CARLA), await id_of(world, ANA), "7", "0", "-1", "9" * 30, "x"):
        with pytest.raises(NotAllowedError):
            await world.do(ANA, "remove_person", person=person)
    assert await world.ask(CARLA, "joined") is True
    assert await world.ask(ANA, "any_house_people") is False


async def test_who_is_removed_in_the_middle_of_a_dialog_goes_no_further_in_it(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    await world.joined(CARLA, Role.STAFF)
    await world.command(CARLA, "invite")
    await world.do(ANA, "remove_person", person=await id_of(world, CARLA))
    [answer] = await world.press(CARLA, "staff")
    assert answer == world.library.phrases["not_for_you"]
    async with world.at_desk(CARLA) as desk:
        assert desk.progress.place is None


async def test_whoever_leaves_loses_the_commands_of_the_house(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.command(ANA, "stop")
    async with world.at_desk(ANA) as desk:
        await world.registry.actions["leave_house"].perform(desk, {})
        assert not desk.standing.joined


async def test_leaving_the_second_time_adds_nothing_to_the_trail(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    await world.joined(BEN, Role.PARTICIPANT)
    ben = await id_of(world, BEN)
    await world.do(ANA, "remove_person", person=ben)
    with pytest.raises(NotAllowedError):
        await world.do(ANA, "remove_person", person=ben)
