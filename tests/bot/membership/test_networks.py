"""Two houses run together: who sees both, who sees one, and how it is asked which one it is about."""

from collections.abc import Sequence

import pytest

from bot.conversation.inbound import Sender
from bot.conversation.registry import NotAllowedError
from bot.house.invites import make_network_invite
from bot.house.networks import NoSuchPlace, make_network
from bot.policy import Role
from bot.policy_table import full_registry
from dialogs.values import Option
from tests.bot.membership.world import ANA, BEN, World

SAM, RUTH = Sender(telegram_id=303, first_name="Sam"), Sender(telegram_id=304, first_name="Ruth")
NOT_FOR_YOU = "This part is for others in the house. /menu shows what is here for you."
MAPLE, OAK, RIVER = "Maple House", "Oak House", "River Homes"


@pytest.fixture(autouse=True)
def everything(world: World) -> None:
    """These stories go through more of the bot than people's own affairs."""
    world.registry = full_registry()


async def two_houses(world: World) -> None:
    """Ana lives in Maple House, Ben in Oak House; Sam is staff of Maple House alone."""
    await world.joined(ANA, Role.PARTICIPANT, MAPLE)
    await world.joined(BEN, Role.PARTICIPANT, OAK)
    await world.joined(SAM, Role.STAFF, MAPLE)


async def network(world: World, *houses: str) -> Sequence[str]:
    async with world.database.write() as work:
        names = await make_network(work, world.ids, world.now, name=RIVER, houses=houses)
        await work.commit()
    return names


async def over_network(world: World, who: Sender, role: Role) -> None:
    async with world.database.write() as work:
        code = await make_network_invite(work, world.ids, world.now, network_name="river homes", role=role)
        await work.commit()
    await world.do(who, "join", code=code, name=who.first_name, zone="America.New_York")


async def house_key(world: World, name: str) -> str:
    """The house as its button names it."""
    async with world.database.read() as work:
        house = await work.houses.by_name(name)
    assert house is not None
    return str(house.id)


async def people(world: World, who: Sender) -> list[str]:
    """The people of a house, as somebody sees them."""
    async with world.at_desk(who) as desk:
        shown = await world.registry.facts["house_people"].tell(desk)
        assert isinstance(shown, tuple)
        return [desk.render(each.label) for each in shown if isinstance(each, Option)]


async def test_a_network_is_made_and_extended_on_the_command_line(world: World) -> None:
    await two_houses(world)
    assert await network(world, MAPLE) == [MAPLE]
    assert await network(world, OAK) == [MAPLE, OAK]
    with pytest.raises(NoSuchPlace, match="no house called 'Elm House'"):
        await network(world, "Elm House")
    async with world.database.write() as work:
        with pytest.raises(NoSuchPlace, match="belongs to another network"):
            await make_network(work, world.ids, world.now, name="Lake Homes", houses=[OAK])
        with pytest.raises(NoSuchPlace, match="no network called"):
            await make_network_invite(work, world.ids, world.now, network_name="Sea Homes", role=Role.STAFF)


async def test_staff_of_the_network_are_asked_which_house_and_see_that_one(world: World) -> None:
    await two_houses(world)
    await network(world, MAPLE, OAK)
    await over_network(world, RUTH, Role.STAFF)
    [asked] = await world.command(RUTH, "people")
    assert asked == "You belong to more than one house. Which one is this about?"
    assert await world.press(RUTH, await house_key(world, OAK)) == ["These people belong to Oak House in Hearth."]
    assert await people(world, RUTH) == ["Ben: participant"]
    await world.command(RUTH, "people")
    assert await world.press(RUTH, await house_key(world, MAPLE)) == ["These people belong to Maple House in Hearth."]
    assert await people(world, RUTH) == ["Ana: participant", "Sam: staff"]


async def test_staff_of_one_house_see_nothing_of_another_and_are_not_asked(world: World) -> None:
    await two_houses(world)
    await network(world, MAPLE, OAK)
    assert await world.command(SAM, "people") == ["These people belong to Maple House in Hearth."]
    assert await people(world, SAM) == ["Ana: participant"]
    oak = await house_key(world, OAK)
    with pytest.raises(NotAllowedError):
        await world.do(SAM, "turn_to_house", house=oak)


async def test_each_house_of_the_network_reads_who_came_in_over_it_and_its_staff_cannot_remove_them(
    world: World,
) -> None:
    await two_houses(world)
    await network(world, MAPLE, OAK)
    await over_network(world, RUTH, Role.STAFF)
    [trail] = await world.command(SAM, "trail")
    assert "Ruth came in as somebody of staff" in trail
    async with world.database.read() as work:
        ruth = (await work.people.find_many([RUTH.telegram_id]))[RUTH.telegram_id]
    with pytest.raises(NotAllowedError):
        await world.do(SAM, "remove_person", person=str(ruth.id))


async def test_on_call_for_the_network_is_a_helper_in_each_house_and_no_more(world: World) -> None:
    await two_houses(world)
    await network(world, MAPLE, OAK)
    await over_network(world, RUTH, Role.ON_CALL)
    async with world.at_desk(RUTH) as desk:
        assert [each.roles for each in desk.standings] == [{Role.ON_CALL}, {Role.ON_CALL}]
    assert await world.command(RUTH, "alerts") == ["You belong to more than one house. Which one is this about?"]
    assert await world.command(RUTH, "people") == [NOT_FOR_YOU]


async def test_whoever_lives_in_one_house_and_helps_in_another_is_asked_nothing(world: World) -> None:
    await two_houses(world)
    await world.joined(ANA, Role.MENTOR, OAK)
    async with world.at_desk(ANA) as desk:
        assert (await desk.house()).name == MAPLE
    [said] = await world.command(ANA, "alerts")
    assert OAK in said
    assert await world.ask(ANA, "is_mentor") is True


async def test_leaving_the_network_is_leaving_all_its_houses(world: World) -> None:
    await two_houses(world)
    await network(world, MAPLE, OAK)
    await over_network(world, RUTH, Role.STAFF)
    await world.do(RUTH, "leave_house")
    async with world.at_desk(RUTH) as desk:
        assert desk.standings == ()
        assert not desk.standing.joined


async def test_an_officer_lives_in_the_house_and_leads(world: World) -> None:
    await world.joined(ANA, Role.OFFICER)
    async with world.at_desk(ANA) as desk:
        assert desk.standing.roles == {Role.PARTICIPANT, Role.OFFICER}
    assert await world.ask(ANA, "is_officer") is True
    assert await world.command(ANA, "people") == [NOT_FOR_YOU]
