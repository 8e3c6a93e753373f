"""Give to get: when somebody is asked whether they'd like to help."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.care.checkins import Answers, is_hard
from bot.care.giving import CHECKINS, CRAVING, MOOD, SELDOM, goes_well, may_ask
from bot.policy import Role
from tests.bot.membership.world import ANA, World

NOW = datetime(2027, 3, 7, 12, 0, tzinfo=UTC)

good = st.builds(
    Answers,
    mood=st.integers(MOOD, 5),
    craving=st.integers(0, CRAVING),
    confidence=st.none() | st.integers(4, 10),
)
any_answers = st.builds(
    Answers,
    mood=st.none() | st.integers(1, 5),
    craving=st.none() | st.integers(0, 10),
    confidence=st.none() | st.integers(0, 10),
    halt=st.sets(st.sampled_from(["hungry", "angry", "lonely", "tired"])).map(tuple),
)
checkins = st.lists(any_answers | good, max_size=8)
asked = st.none() | st.timedeltas(timedelta(), timedelta(days=60)).map(lambda ago: NOW - ago)


@given(checkins, asked)
def test_nobody_is_asked_to_give_whose_last_check_ins_were_not_all_good(
    latest: list[Answers], asked_at: datetime | None
) -> None:
    if may_ask(latest, asked_at, NOW):
        assert len(latest) >= CHECKINS
        for each in latest[-CHECKINS:]:
            assert each.mood is not None
            assert each.mood >= MOOD
            assert each.craving is not None
            assert each.craving <= CRAVING
            assert not is_hard(each)
        assert asked_at is None or NOW - asked_at >= SELDOM


@given(checkins, st.lists(good, min_size=CHECKINS, max_size=CHECKINS))
def test_three_good_check_ins_are_enough_whatever_was_before(before: list[Answers], latest: list[Answers]) -> None:
    assert goes_well([*before, *latest])
    assert may_ask([*before, *latest], None, NOW)
    assert may_ask([*before, *latest], NOW - SELDOM, NOW)
    assert not may_ask([*before, *latest], NOW - SELDOM + timedelta(seconds=1), NOW)


@given(st.lists(good, min_size=CHECKINS, max_size=6), any_answers.filter(is_hard))
def test_never_after_a_hard_check_in(latest: list[Answers], hard: Answers) -> None:
    assert not goes_well([*latest, hard])


async def checked_in(world: World, *moods: int) -> None:
    """A check-in a day, the last of them now."""
    for at, mood in enumerate(moods):
        world.now += timedelta(days=at > 0)
        await world.do(ANA, "record_checkin", mood=mood, craving=2, confidence=8, halt=(), note=None)


async def anas(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="checkins", given=True)


async def test_the_ways_take_turns_and_come_at_most_every_two_weeks(world: World) -> None:
    await anas(world)
    ways = []
    for _ in range(4):
        await checked_in(world, 4, 5, 4)
        assert await world.ask(ANA, "give_now") is True
        ways.append(await world.ask(ANA, "give_way"))
        await world.do(ANA, "offer_giving")
        assert await world.ask(ANA, "give_now") is False
        world.now += timedelta(days=13)
    assert ways == ["hello", "story", "house", "hello"]


async def test_the_check_in_under_way_counts_as_it_stands(world: World) -> None:
    await anas(world)
    await checked_in(world, 4, 5)
    world.now += timedelta(days=1)
    assert await world.ask(ANA, "give_now", mood=4, craving=3, confidence=8) is True
    assert await world.ask(ANA, "give_now", mood=4, craving=4, confidence=8) is False
    assert await world.ask(ANA, "give_now", mood=4, craving=0, confidence=3) is False


async def test_two_check_ins_in_a_day_are_one_day(world: World) -> None:
    await anas(world)
    await checked_in(world, 4, 5)
    world.now += timedelta(hours=1)
    await checked_in(world, 5)
    assert await world.ask(ANA, "give_now") is False


async def test_good_days_of_long_ago_say_nothing_about_today(world: World) -> None:
    await anas(world)
    await checked_in(world, 4, 4)
    world.now += timedelta(days=8)
    await checked_in(world, 4)
    assert await world.ask(ANA, "give_now") is False


async def test_what_is_not_to_be_used_is_not_used(world: World) -> None:
    await anas(world)
    await checked_in(world, 4, 4, 4)
    await world.do(ANA, "restrict")
    assert await world.ask(ANA, "give_now") is False
