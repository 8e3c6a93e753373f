"""Half a year as one picture and in words."""

import json
import struct
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.care.checkins import Answers
from bot.care.half_year import WEEKS, ends, weekly
from bot.care.pictures import draw
from bot.delivery.letters import Picture as Drawn
from bot.policy import Role
from dialogs.values import Picture, Text
from storage.repositories.checkins import Checkin
from tests.bot.membership.world import ANA, World


async def checked_in(world: World, days_ago: int, mood: int) -> None:
    async with world.at_desk(ANA) as desk:
        answers = Answers(mood=mood, craving=3, confidence=8)
        at = world.now - timedelta(days=days_ago)
        checkin = Checkin(id=desk.ids.new(), person_id=desk.me.id, day=at.date(), at=at, answers=answers.to_json())
        await desk.work.checkins.add(checkin)


async def test_half_a_year_is_a_value_a_week_and_says_how_it_was_and_is(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    assert await world.ask(ANA, "half_year_any") is False
    for week in range(10):
        await checked_in(world, week * 7, 4 if week < 5 else 2)
    await checked_in(world, 300, 1)  # too long ago
    assert await world.ask(ANA, "half_year_any") is True
    picture = await world.ask(ANA, "half_year_picture")
    assert isinstance(picture, Picture)
    figures = json.loads(json.dumps(picture.data))
    assert [len(band["values"]) for band in figures["bands"]] == [WEEKS] * 3
    assert figures["bands"][0]["values"][-10:] == [2.0] * 5 + [4.0] * 5
    assert figures["bands"][0]["values"][:-10] == [None] * 16
    drawn = await draw(Drawn(kind=picture.kind, data=figures))
    width, height = struct.unpack(">II", drawn[16:24])
    assert width >= 900
    assert width < height
    words = await world.ask(ANA, "half_year_words")
    assert isinstance(words, Text)
    async with world.at_desk(ANA) as desk:
        said = desk.render(words)
    assert "10 check-ins" in said
    assert "Mood: from 2 to 4 of 5" in said


values = st.lists(st.none() | st.floats(0, 10, allow_nan=False), max_size=26)


@given(values)
def test_how_it_was_and_is_is_only_told_where_both_are_known(found: list[float | None]) -> None:
    there = [value for value in found if value is not None]
    between = ends(found)
    assert (between is None) is (len(there) < 8)
    if between is not None:
        assert all(min(there) - 0.1 <= value <= max(there) + 0.1 for value in between)


def test_a_week_without_an_answer_is_a_gap_and_not_a_nought() -> None:
    weeks = {date(2026, 1, 5): [Answers(mood=3), Answers(mood=4)], date(2026, 1, 12): [Answers(craving=2)]}
    assert weekly(weeks, "mood") == [3.5, None]
    assert weekly(weeks, "craving") == [None, 2.0]
