"""A house can do without a skill: then nobody there is offered it, and the next house still is."""

import pytest

from bot.policy import Role
from dialogs.values import Option
from tests.bot.membership.world import ANA, BEN, World


async def offered(world: World) -> set[str]:
    first, others = await world.ask(ANA, "skill_options"), await world.ask(ANA, "all_skill_options")
    three = await world.ask(ANA, "right_now_options", trouble="craving")
    assert isinstance(first, tuple)
    assert isinstance(others, tuple)
    assert isinstance(three, tuple)
    return {option.key for option in (*first, *others, *three) if isinstance(option, Option)}


async def test_what_is_switched_off_is_offered_to_nobody_there_until_it_is_on_again(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(BEN, Role.STAFF)
    assert "urge_surfing" in await offered(world)

    await world.do(BEN, "switch_skill", skill="urge_surfing")
    assert "urge_surfing" not in await offered(world)

    await world.do(BEN, "switch_skill", skill="urge_surfing")
    assert "urge_surfing" in await offered(world)


async def test_another_house_keeps_it(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT, house="Birch House")
    await world.joined(BEN, Role.STAFF)

    await world.do(BEN, "switch_skill", skill="urge_surfing")

    assert "urge_surfing" in await offered(world)


@pytest.mark.parametrize("skill", ["reach_out", "safety_plan", "coping_plan", "sos"])
async def test_people_and_plans_stay(world: World, skill: str) -> None:
    await world.joined(BEN, Role.STAFF)

    with pytest.raises(ValueError, match="not a skill that can be switched"):
        await world.do(BEN, "switch_skill", skill=skill)


async def test_with_everything_off_a_person_still_is_offered_people(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(BEN, Role.STAFF)
    options = await world.ask(BEN, "house_skill_options")
    assert isinstance(options, tuple)
    for option in options:
        assert isinstance(option, Option)
        await world.do(BEN, "switch_skill", skill=option.key)

    assert await offered(world) == {"reach_out", "safety_plan", "coping_plan"}
    assert await world.ask(ANA, "offer") == "reach_out"
