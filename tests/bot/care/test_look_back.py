"""The look back at somebody's week, in their own words."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.care.checkins import Answers
from bot.care.look_back import kept_notes, newest
from bot.policy import Role
from dialogs.values import Text
from tests.bot.care.test_practice_seen import practise
from tests.bot.membership.world import ANA, BEN, World

MONDAY = date(2027, 3, 1)


async def told(world: World) -> str | None:
    words = await world.ask(ANA, "look_back")
    async with world.at_desk(ANA) as desk:
        return desk.render(words) if isinstance(words, Text) else None


async def checked_in(world: World, note: str | None, craving: int = 2) -> None:
    await world.do(ANA, "record_checkin", mood=3, craving=craving, confidence=7, halt=(), note=note)


async def test_there_is_nothing_to_look_back_at_before_there_is(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="checkins", given=True)
    await checked_in(world, None)
    assert await told(world) is None
    assert await world.ask(ANA, "look_back_any") is False


async def test_a_week_is_what_was_practised_what_helped_most_and_ones_own_words(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="checkins", given=True)
    await practise(world, "saying_no", (9, 1))
    await checked_in(world, "that was last week")
    world.now += timedelta(days=7)
    await practise(world, "urge_surfing", (8, 4), (6, 3))
    await practise(world, "halt", (3, 3))
    await world.do(ANA, "keep_good_things", first="Sam laughed at my joke", second=None, third=None)
    await checked_in(world, "I went home by the old street")
    assert await told(world) == (
        "🌿 You practised Ride the wave (2×) and Hungry, angry, lonely, tired? (1×).\n"
        "💛 What helped most: Ride the wave, down by 3.5 on average.\n"
        "✨ Good things:\n· Sam laughed at my joke\n"
        "📝 What you wrote:\n· Mon: I went home by the old street"
    )


async def test_what_did_not_help_is_not_called_the_best(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await practise(world, "halt", (3, 5))
    assert await told(world) == "🌿 You practised Hungry, angry, lonely, tired? (1×)."


async def test_words_of_a_hard_day_are_not_met_again(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="checkins", given=True)
    await checked_in(world, "everything is too much", craving=9)
    assert await told(world) is None


def test_words_that_may_mean_danger_are_not_met_again() -> None:
    notes = ["I want to die", "pancakes"]
    checkins = [(MONDAY, Answers(mood=3, craving=2, confidence=7, note=note)) for note in notes]
    assert kept_notes(checkins, "en") == [(MONDAY, "pancakes")]


async def test_what_is_not_kept_is_not_looked_back_at(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="checkins", given=False)
    await checked_in(world, "only for now")
    assert await told(world) is None


async def test_nobody_looks_back_at_anothers_week(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(BEN, Role.PARTICIPANT)
    await practise(world, "halt", (6, 5))
    assert await world.ask(BEN, "look_back") is None


@given(st.lists(st.text(min_size=1, max_size=60)), st.integers(1, 200))
def test_the_newest_words_are_shown_as_far_as_they_fit(lines: list[str], most: int) -> None:
    shown = newest(lines, most)
    assert list(shown) == lines[len(lines) - len(shown) :]
    assert bool(shown) is bool(lines)
    assert len(shown) <= 1 or sum(len(line) + 1 for line in shown) <= most
    if len(shown) < len(lines):
        longer = lines[len(lines) - len(shown) - 1 :]
        assert sum(len(line) + 1 for line in longer) > most
