from datetime import timedelta

import pytest

from bot.care.plans import SECTIONS
from bot.policy import Role
from tests.bot.membership.world import ANA, BEN, World


@pytest.fixture
async def house(world: World) -> World:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(BEN, Role.MENTOR)
    return world


@pytest.mark.parametrize(("plan", "section"), [(plan, part) for plan, parts in SECTIONS.items() for part in parts])
async def test_each_part_is_written_read_and_changed(house: World, plan: str, section: str) -> None:
    fact = f"{plan.removesuffix('_plan')}_{section}"
    assert await house.ask(ANA, f"has_{plan}") is False
    assert await house.ask(ANA, fact) == "–"
    await house.do(ANA, "keep_plan", plan=plan, section=section, words="A walk")
    await house.do(ANA, "keep_plan", plan=plan, section=section, words=" A walk with Sam ")
    await house.do(ANA, "keep_plan", plan=plan, section=section, words=None)
    assert await house.ask(ANA, f"has_{plan}") is True
    assert await house.ask(ANA, fact) == "A walk with Sam"


async def test_a_part_keeps_what_stands_in_the_others(house: World) -> None:
    await house.do(ANA, "keep_plan", plan="safety_plan", section="signs", words="I stop eating")
    await house.do(ANA, "keep_plan", plan="safety_plan", section="people", words="Sam")
    assert await house.ask(ANA, "safety_signs") == "I stop eating"
    assert await house.ask(ANA, "has_coping_plan") is False


async def test_nobody_else_reads_it(house: World) -> None:
    await house.do(ANA, "keep_plan", plan="safety_plan", section="signs", words="I stop eating")
    assert await house.ask(BEN, "safety_signs") == "–"
    await house.do(BEN, "drop_plan", plan="safety_plan")
    assert await house.ask(ANA, "has_safety_plan") is True


async def test_a_plan_that_is_taken_away_is_gone(house: World) -> None:
    await house.do(ANA, "keep_plan", plan="coping_plan", section="ahead", words="The wedding")
    await house.do(ANA, "drop_plan", plan="coping_plan")
    assert await house.ask(ANA, "has_coping_plan") is False


@pytest.mark.parametrize(("plan", "section"), [("safety_plan", "ahead"), ("diary", "signs")])
async def test_a_part_there_isn_t_is_a_mistake_in_the_content(house: World, plan: str, section: str) -> None:
    with pytest.raises(ValueError, match="there is no part"):
        await house.do(ANA, "keep_plan", plan=plan, section=section, words="x")


async def test_good_things_are_looked_back_on_for_a_week(house: World) -> None:
    assert await house.ask(ANA, "any_good_things") is False
    await house.do(ANA, "keep_good_things", first="Soup", second=None, third="Sam laughed")
    house.now += timedelta(days=3)
    await house.do(ANA, "keep_good_things", first="Sun", second=None, third=None)
    await house.do(ANA, "keep_good_things", first=None, second=None, third=None)
    assert await house.ask(ANA, "good_things") == "· Soup\n· Sam laughed\n· Sun"
    house.now += timedelta(days=5)
    assert await house.ask(ANA, "good_things") == "· Sun"
