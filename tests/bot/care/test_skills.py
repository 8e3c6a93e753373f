import json

import pytest

from bot.policy import Role
from dialogs.values import Option, Text
from tests.bot.membership.world import ANA, World


async def test_the_offer_stays_the_same_from_question_to_tap(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    answers = {"craving": 6, "mood": 3, "confidence": 7}
    assert await world.ask(ANA, "offer", **answers) == "urge_surfing"
    assert await world.ask(ANA, "offer_title", **answers) == Text("Ride the wave")
    assert await world.ask(ANA, "offer_minutes", **answers) == 6


async def test_on_a_calm_day_something_never_done_is_offered(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    offered = await world.ask(ANA, "offer", craving=0, mood=4)
    await world.do(ANA, "record_practice", skill=offered, before=3, after=1)
    assert await world.ask(ANA, "offer", craving=0, mood=4) != offered


async def test_every_skill_can_be_chosen_by_its_title(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    first = await world.ask(ANA, "skill_options")
    others = await world.ask(ANA, "all_skill_options")
    assert isinstance(first, tuple)
    assert isinstance(others, tuple)
    assert Option("urge_surfing", Text("Ride the wave")) in first
    keys = [option.key for option in (*first, *others) if isinstance(option, Option)]
    assert sorted(keys) == sorted(skill.dialog for skill in world.library.skills)


async def test_a_practice_is_remembered_and_counted_in_its_own_skill(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "record_practice", skill="urge_surfing", before=8, after=3)
    async with world.at_desk(ANA) as desk:
        [practice] = await desk.work.practices.of(desk.me.id)
    assert (practice.skill, json.loads(practice.answers)) == ("urge_surfing", {"before": 8, "after": 3})
    assert await world.ask(ANA, "practised") == 0
    await world.command(ANA, "skills")
    await world.press(ANA, "urge_surfing")
    assert await world.ask(ANA, "practised") == 1


async def test_what_is_no_skill_is_not_remembered(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    with pytest.raises(ValueError, match="skill"):
        await world.do(ANA, "record_practice", skill="home", before=8, after=3)


async def test_a_skill_that_did_not_help_is_known_for_two_hours(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    assert await world.ask(ANA, "last_did_not_help") is False
    await world.do(ANA, "record_practice", skill="urge_surfing", before=8, after=8)
    assert await world.ask(ANA, "last_did_not_help") is True
    await world.do(ANA, "record_practice", skill="halt", before=8, after=3)
    assert await world.ask(ANA, "last_did_not_help") is False
