"""What helped lately, as a picture and in words."""

import json
import struct
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.pictures import draw
from bot.care.skills.helped import what_helped
from bot.delivery.letters import JSON
from bot.delivery.letters import Picture as Drawn
from bot.policy import Role
from dialogs.values import Picture, Text
from storage.repositories.practices import Practice
from tests.bot.care.test_practice_seen import practise
from tests.bot.membership.world import ANA, BEN, World

NOW = datetime(2027, 3, 7, 12, 0, tzinfo=UTC)


def practice(skill: str, before: int | None, after: int | None, days_ago: int) -> Practice:
    at = NOW - timedelta(days=days_ago)
    answers = json.dumps({"before": before, "after": after}).encode()
    return Practice(id=1, person_id=1, skill=skill, started_at=at, finished_at=at, answers=answers)


ratings = st.none() | st.integers(0, 10)
practices = st.lists(
    st.builds(practice, st.sampled_from(["halt", "urge_surfing", "saying_no"]), ratings, ratings, st.integers(0, 90))
)


@given(practices)
def test_what_helped_most_stands_first_and_only_what_was_rated_lately_counts(done: list[Practice]) -> None:
    since = NOW - timedelta(weeks=8)
    found = what_helped(done, since)
    drops = [one.drop for one in found if one.drop is not None]
    assert len(drops) == len(found)
    assert drops == sorted(drops, reverse=True)
    counted = [each for each in done if each.finished_at >= since and None not in json.loads(each.answers).values()]
    assert sum(one.times for one in found) == len(counted)
    assert {one.skill for one in found} == {each.skill for each in counted}


async def test_what_helped_is_a_picture_and_the_same_in_words(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await practise(world, "saying_no", (9, 1))
    world.now += timedelta(weeks=8, days=1)  # that was too long ago
    assert await world.ask(ANA, "helped_any") is False
    await practise(world, "delay_decide", (None, 3))
    assert await world.ask(ANA, "helped_any") is False
    await practise(world, "urge_surfing", (8, 4), (6, 3))
    await practise(world, "halt", (3, 5))
    await practise(world, "box_breathing", (4, 4))
    assert await world.ask(ANA, "helped_any") is True
    words = await world.ask(ANA, "helped_words")
    assert isinstance(words, Text)
    async with world.at_desk(ANA) as desk:
        assert desk.render(words).splitlines() == [
            "Ride the wave: down by 3.5 on average, 2×",
            "Box breathing: about the same, 1×",
            "Hungry, angry, lonely, tired?: up by 2 on average, 1×",
        ]
    picture = await world.ask(ANA, "helped_picture")
    assert isinstance(picture, Picture)
    figures = json.loads(json.dumps(picture.data))
    assert [(row["value"], row["said"]) for row in figures["rows"]] == [
        (3.5, "↓ 3.5  (2×)"),
        (0, "= 0  (1×)"),
        (-2, "↑ 2  (1×)"),
    ]
    drawn = await draw(Drawn(kind=picture.kind, data=figures))
    width, height = struct.unpack(">II", drawn[16:24])
    assert width >= 900
    assert height < 2 * width


@pytest.mark.parametrize("values", [[0.0], [-3.0], [10.0] * 8])
async def test_it_is_drawn_whatever_there_is(values: list[float]) -> None:
    rows: list[JSON] = [{"label": "Ride the wave", "value": value, "said": "↓"} for value in values]
    drawn = await draw(Drawn(kind="helped", data={"title": "t", "note": "n", "rows": rows}))
    assert drawn.startswith(b"\x89PNG")


@pytest.mark.parametrize("rows", [[], [{"label": "x"}]])
async def test_what_are_no_figures_is_said_so(rows: list[JSON]) -> None:
    with pytest.raises(ValueError, match="not the figures"):
        await draw(Drawn(kind="helped", data={"title": "t", "note": "n", "rows": rows}))


async def test_nobody_sees_what_helped_another(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(BEN, Role.PARTICIPANT)
    await practise(world, "halt", (6, 5))
    assert await world.ask(BEN, "helped_any") is False
