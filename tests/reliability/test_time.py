"""Time as people meet it: clocks that change, step back, stand still for two days; 29 February."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ids import RandomIds
from bot.schedule.times import EVERY_DAY, next_moment
from tests.reliability.bench import CAST, Bench
from tests.reliability.house import ask_daily

ANA = CAST["Ana"][0]
SAM = CAST["Sam"][0]
ZONES = ("America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago")
NIGHTS = {  # 2027: zone, the night it springs forward, the night it falls back
    "America/New_York": (date(2027, 3, 14), date(2027, 11, 7)),
    "Europe/Berlin": (date(2027, 3, 28), date(2027, 10, 31)),
    "Australia/Lord_Howe": (date(2027, 10, 3), date(2027, 4, 4)),
    "America/Santiago": (date(2027, 9, 5), date(2027, 4, 4)),
}
minutes = st.integers(min_value=0, max_value=24 * 60 - 1)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given UTC


@given(minutes=minutes, zone=st.sampled_from(ZONES), after=moments)
def test_the_next_moment_is_the_first_of_its_kind_and_at_most_a_day_and_a_bit_away(
    minutes: int, zone: str, after: datetime
) -> None:
    moment = next_moment(minutes, zone, after)

    assert timedelta() < moment - after <= timedelta(hours=25)
    local = moment.astimezone(ZoneInfo(zone))
    wanted = datetime.combine(local.date(), time(*divmod(minutes, 60)), ZoneInfo(zone))
    if wanted.astimezone(UTC).astimezone(ZoneInfo(zone)).time() == wanted.time():
        assert local.time() == wanted.time()
        assert local.fold == 0
    else:  # the wanted time does not exist that day: it comes when the clocks have jumped over it
        assert local.time() > wanted.time()
        before = (moment - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        assert before.time() < wanted.time() or before.date() < local.date()


@given(minutes=minutes, zone=st.sampled_from(ZONES), spring=st.booleans())
def test_around_a_change_of_clocks_every_day_has_its_moment_and_only_one(
    minutes: int, zone: str, spring: bool
) -> None:
    night = NIGHTS[zone][0 if spring else 1]
    moment = datetime.combine(night - timedelta(days=2), time(), ZoneInfo(zone)).astimezone(UTC) - timedelta(
        seconds=1
    )
    days = []
    for _ in range(5):
        moment = next_moment(minutes, zone, moment)
        days.append(moment.astimezone(ZoneInfo(zone)).date())

    assert days == [night + timedelta(days=number) for number in range(-2, 3)]


def test_29_february_is_a_day_like_others() -> None:
    after = datetime(2028, 2, 28, 13, 0, tzinfo=UTC)  # eight in New York

    moment = next_moment(8 * 60, "America/New_York", after, EVERY_DAY)

    assert moment == datetime(2028, 2, 29, 13, 0, tzinfo=UTC)
    assert next_moment(8 * 60, "America/New_York", moment) == datetime(2028, 3, 1, 13, 0, tzinfo=UTC)


@pytest.fixture
async def asked_at_eight(bench: Bench) -> Bench:
    """Ana is asked daily at eight in New York; it is nine, and nothing is open in her chat."""
    await bench.taps_label(ANA, "❔ Help")
    tomorrow = datetime(2027, 3, 4, 13, 0, tzinfo=UTC)
    await ask_daily(bench.app.database, RandomIds(bench.clock.now), [bench.rows[ANA]], tomorrow)
    return bench


def times_asked(bench: Bench) -> int:
    return sum(chat == ANA and "a moment for you?" in text for chat, text in bench.phones.rang)


def outcomes(bench: Bench) -> list[str]:
    return [outcome for (outcome,) in bench.ask("SELECT outcome FROM prompts ORDER BY planned_at")]


async def test_a_clock_that_steps_back_asks_nobody_twice_on_one_day(asked_at_eight: Bench) -> None:
    await asked_at_eight.later(timedelta(hours=23, minutes=1))
    assert times_asked(asked_at_eight) == 1

    await asked_at_eight.later(-timedelta(hours=2))
    await asked_at_eight.later(timedelta(hours=6))

    assert times_asked(asked_at_eight) == 1


async def test_after_two_days_away_old_questions_count_as_not_asked_and_the_next_one_comes_in_time(
    asked_at_eight: Bench,
) -> None:
    await asked_at_eight.stop()
    asked_at_eight.clock.offset += timedelta(days=2)
    await asked_at_eight.start()
    await asked_at_eight.quiet()
    assert times_asked(asked_at_eight) == 0
    assert outcomes(asked_at_eight) == ["not_asked"]

    await asked_at_eight.later(timedelta(hours=23, minutes=1))

    assert times_asked(asked_at_eight) == 1
    assert outcomes(asked_at_eight) == ["not_asked", "asked"]


async def test_after_two_days_away_an_open_call_asks_again(bench: Bench) -> None:
    await bench.writes(ANA, "🆘 SOS")
    rung = len(bench.phones.rang)
    await bench.stop()
    bench.clock.offset += timedelta(days=2)

    await bench.start()
    await bench.quiet()

    assert any(chat == SAM and "🔔 Ana" in text for chat, text in bench.phones.rang[rung:])
