"""What is asked and how often: by house and by person, at their own times, with pauses."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care import instruments
from bot.care.rhythm import BEATS, beside
from bot.policy import Role
from bot.schedule.times import next_moment
from dialogs.values import Option, Text
from storage.repositories.schedules import Schedule
from tests.bot.membership.world import ANA, BEN, World

DAILY, WEEKLY, MONTHLY, CAPITAL = (beat.dialog for beat in BEATS[:4])


async def at_eight(world: World) -> None:
    """Ana is asked for the first time: every evening at eight."""
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="checkins", given=True)
    await world.do(ANA, "set_checkin_time", time="20:00")


async def times(world: World) -> dict[str, Schedule]:
    async with world.at_desk(ANA) as desk:
        return {each.kind: each for each in await desk.work.schedules.of(desk.me.id)}


async def test_whoever_begins_is_asked_everything_each_on_a_day_of_its_own(world: World) -> None:
    await at_eight(world)  # on a Monday at noon
    mine = await times(world)
    assert mine[DAILY].next_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert mine[WEEKLY].next_at == datetime(2026, 11, 28, 21, 0, tzinfo=UTC)  # Saturday at four
    assert mine[CAPITAL].next_at == datetime(2026, 11, 23, 21, 0, tzinfo=UTC)  # joining
    assert mine[MONTHLY].next_at == datetime(2026, 12, 16, 21, 0, tzinfo=UTC)  # not before a few weeks are there
    assert len({each.days for each in mine.values()}) == len(mine)


async def test_another_time_leaves_the_days_and_the_pause_as_they_are(world: World) -> None:
    await at_eight(world)
    await world.do(ANA, "set_beat_days", dialog=WEEKLY, days=("tue", "fri"))
    await world.do(ANA, "pause_rhythm", until="2026-12-05")
    await world.do(ANA, "set_beat", dialog=WEEKLY, time="7 am")
    await world.do(ANA, "set_beat", dialog=MONTHLY, time="9 am")
    await world.do(ANA, "set_checkin_time", time="21:00")
    mine = await times(world)
    assert mine[WEEKLY].next_at == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert mine[MONTHLY].next_at == datetime(2026, 12, 16, 14, 0, tzinfo=UTC)
    assert {each.paused_until for each in mine.values()} == {datetime(2026, 12, 5, 5, 0, tzinfo=UTC)}


async def test_nothing_comes_in_a_pause_and_nothing_of_it_is_made_up_for(world: World) -> None:
    await at_eight(world)
    await world.do(ANA, "pause_rhythm", until="2026-12-05")
    async with world.at_desk(ANA) as desk:
        assert await desk.work.schedules.due(datetime(2026, 12, 5, 4, 59, tzinfo=UTC), 10) == []
        assert await desk.work.schedules.due(datetime(2026, 12, 5, 5, 0, tzinfo=UTC), 10) != []
    await world.do(ANA, "pause_rhythm", until=None)
    assert await world.ask(ANA, "paused_until") is None


async def test_what_was_switched_off_by_the_person_stays_off(world: World) -> None:
    await at_eight(world)
    await world.do(ANA, "drop_beat", dialog=WEEKLY)
    await world.do(ANA, "set_checkin_time", time=None)
    await world.do(ANA, "set_checkin_time", time="8:00")
    assert set(await times(world)) == {DAILY, MONTHLY, CAPITAL, "house_pulse"}


async def test_what_the_house_has_switched_off_is_offered_to_nobody(world: World) -> None:
    await at_eight(world)
    await world.joined(BEN, Role.STAFF)
    await world.do(BEN, "switch_beat", dialog=WEEKLY)
    assert WEEKLY not in str(await world.ask(ANA, "house_asks"))
    options = await world.ask(ANA, "rhythm_options")
    assert isinstance(options, tuple)
    assert WEEKLY not in [each.key for each in options if isinstance(each, Option)]
    await world.do(BEN, "switch_beat", dialog=WEEKLY)
    assert WEEKLY in str(await world.ask(ANA, "house_asks"))


async def test_whoever_moves_to_another_zone_is_asked_on_the_same_days(world: World) -> None:
    await at_eight(world)
    await world.do(ANA, "set_zone", zone="America.Los_Angeles")
    mine = await times(world)
    assert mine[MONTHLY].next_at == datetime(2026, 12, 17, 0, 0, tzinfo=UTC)
    assert mine[CAPITAL].next_at == datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("dialog", ["home", "", None, 3])
async def test_what_does_not_come_by_itself_has_no_time(world: World, dialog: str | None) -> None:
    await at_eight(world)
    with pytest.raises(ValueError, match="comes by itself"):
        await world.do(ANA, "set_beat", dialog=dialog, time="8:00")


async def test_a_result_is_kept_and_the_next_one_knows_it(world: World) -> None:
    await at_eight(world)
    await world.do(ANA, "record_result", dialog=WEEKLY, answers=("2", "2", "0", "0", "1", "1", "1"))
    world.now += timedelta(days=7)
    answers = dict(zip([item.name for item in instruments.WEEKLY.items], "1000111", strict=True))
    said = await world.ask(ANA, "result_words", **answers)
    assert isinstance(said, Text)
    async with world.at_desk(ANA) as desk:
        words = desk.render(said)
    assert "Low mood (PHQ-2): 1 of 6 (less than last time)" in words
    assert "Worry (GAD-2): 0 of 6 (about the same as last time)" in words
    assert await world.ask(ANA, "scores_over", **answers) == ()


async def test_whoever_wants_nothing_kept_still_sees_the_result(world: World) -> None:
    await at_eight(world)
    await world.do(ANA, "consent", purpose="checkins", given=False)
    await world.do(ANA, "record_result", dialog=WEEKLY, answers=("2", "2", "0", "0", "1", "1", "1"))
    async with world.at_desk(ANA) as desk:
        assert await desk.work.results.of(desk.me.id, datetime(2026, 1, 1, tzinfo=UTC)) == []


@given(daily=st.integers(0, 24 * 60 - 1))
def test_the_longer_ones_come_in_waking_hours_and_not_with_the_daily_one(daily: int) -> None:
    assert 0 <= beside(daily) < 24 * 60
    assert 12 * 60 <= beside(daily) <= 21 * 60 or daily < 8 * 60
    assert abs(beside(daily) - daily) >= 60


@given(
    minutes=st.integers(0, 1439),
    zone=st.sampled_from(
        ["America/New_York", "Europe/Madrid", "Pacific/Apia", "Asia/Kolkata", "Australia/Lord_Howe"]
    ),
    hours=st.integers(0, 6 * 365 * 24),
    weeks=st.integers(1, 13),
    day=st.integers(0, 6),
)
def test_what_comes_every_so_many_weeks_keeps_its_day_whatever_the_clocks_do(
    minutes: int, zone: str, hours: int, weeks: int, day: int
) -> None:
    first = next_moment(minutes, zone, datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=hours), 1 << day)
    # It is fired up to an hour late, never early.
    for late in (timedelta(), timedelta(minutes=59)):
        second = next_moment(minutes, zone, first + late, 1 << day, weeks=weeks)
        there = ZoneInfo(zone)
        apart = second.astimezone(there).date() - first.astimezone(there).date()
        if minutes < 22 * 60:  # an hour late, late in the evening, is another day
            assert apart == timedelta(weeks=weeks)
