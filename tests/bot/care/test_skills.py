import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.checkins import Answers
from bot.care.skills import FOR_CRAVING, FOR_TENSION, choose
from bot.policy import Role
from dialogs.values import Option, Text
from tests.bot.membership.world import ANA, World

SKILLS = ("grounding_54321", "paced_breathing", "urge_surfing")
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
memories = st.dictionaries(st.sampled_from(SKILLS), moments)


@given(memories, st.integers(0, 10**6))
def test_what_was_never_done_comes_before_what_was(last_done: dict[str, datetime], day: int) -> None:
    offered = choose(Answers(), SKILLS, last_done, day)
    if len(last_done) < len(SKILLS):
        assert offered not in last_done
    else:
        assert last_done[offered] == min(last_done.values())


@given(memories, st.integers(0, 10**6), st.integers(4, 10))
def test_a_craving_is_ridden_whatever_was_done_before(last_done: dict[str, datetime], day: int, craving: int) -> None:
    assert choose(Answers(craving=craving, halt=("tired",)), SKILLS, last_done, day) == FOR_CRAVING


@pytest.mark.parametrize("sign", ["angry", "tired"])
def test_anger_and_tiredness_are_breathed_with(sign: str) -> None:
    assert choose(Answers(craving=3, halt=(sign,)), SKILLS, {}, 0) == FOR_TENSION


def test_days_take_turns_among_what_was_never_done() -> None:
    assert {choose(Answers(), SKILLS, {}, day) for day in range(3)} == set(SKILLS)


def test_a_house_without_that_skill_is_offered_another() -> None:
    assert choose(Answers(craving=9), ("walk",), {}, 0) == "walk"


async def test_the_offer_stays_the_same_from_question_to_tap(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    answers = {"craving": 6, "mood": 3, "confidence": 7}
    assert await world.ask(ANA, "offer", **answers) == "urge_surfing"
    assert await world.ask(ANA, "offer_title", **answers) == Text("Ride the wave")
    assert await world.ask(ANA, "offer_minutes", **answers) == 6


async def test_every_skill_can_be_chosen_by_its_title(world: World) -> None:
    options = await world.ask(ANA, "skill_options")
    assert isinstance(options, tuple)
    assert Option("urge_surfing", Text("Ride the wave")) in options


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
