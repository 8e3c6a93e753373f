"""Nobody is asked to say hello while a house sleeps."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.care.hellos.rules import waking


@given(
    minutes=st.integers(0, 3 * 365 * 24 * 60),
    zone=st.sampled_from(["America/New_York", "Europe/Madrid", "Asia/Kolkata", "Pacific/Apia"]),
)
def test_it_is_daytime_and_not_long_until_then(minutes: int, zone: str) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    asked = waking(at, zone)
    assert time(8) <= asked.astimezone(ZoneInfo(zone)).time() < time(21)
    assert timedelta() <= asked - at <= timedelta(hours=12)
