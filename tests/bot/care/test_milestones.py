"""Days in a row, days in total, and the ones to stop at."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.milestones import Milestone, ahead, in_a_row, in_total, reached

NEW_YEAR = date(2026, 1, 1)
starts = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2026, 1, 1), None),
        (date(2026, 1, 2), Milestone(1, "days")),
        (date(2026, 1, 8), Milestone(7, "days")),
        (date(2026, 1, 31), Milestone(30, "days")),
        (date(2026, 4, 1), Milestone(90, "days")),
        (date(2026, 6, 30), Milestone(90, "days")),
        (date(2026, 7, 1), Milestone(6, "months")),
        (date(2026, 10, 1), Milestone(9, "months")),
        (date(2027, 1, 1), Milestone(1, "years")),
        (date(2036, 5, 5), Milestone(10, "years")),
    ],
)
def test_milestones_as_communities_celebrate_them(today: date, found: Milestone | None) -> None:
    assert reached(NEW_YEAR, today) == found


def test_a_month_that_is_too_short_celebrates_on_its_last_day() -> None:
    assert Milestone(6, "months").falls_on(date(2026, 8, 31)) == date(2027, 2, 28)
    assert Milestone(1, "years").falls_on(date(2024, 2, 29)) == date(2025, 2, 28)


@given(starts, st.integers(-400, 20_000), st.integers(0, 20_000))
def test_the_total_is_never_less_than_the_row_and_no_day_is_lost(start: date, gone: int, before: int) -> None:
    today = start + timedelta(days=gone)
    row = in_a_row(start, today)
    assert row >= 0
    assert in_total(start, today, before) == row + before
    # Using today begins a new row, and the total is what it was.
    assert in_total(today, today, in_total(start, today, before)) == in_total(start, today, before)


@given(starts, st.integers(0, 20_000))
def test_the_next_one_lies_ahead_and_the_last_one_does_not(start: date, gone: int) -> None:
    today = start + timedelta(days=gone)
    following, last = ahead(start, today), reached(start, today)
    assert following is not None
    assert following.falls_on(start) > today
    assert (last is None) is (gone < 1)
    if last is not None:
        assert last.falls_on(start) <= today
        assert last.falls_on(start) < following.falls_on(start)
