"""The rules of worry, each with examples, and what must hold whatever somebody answers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.worry import REASONS, Day, Sign, signs, silent, unanswered, usual
from storage.repositories.prompts import PromptOutcome

MONDAY = date(2026, 11, 23)


def week(*moods: int | None, ends: date = MONDAY) -> list[Day]:
    """Days one after the other, the last of them `ends`."""
    return [Day(day=ends - timedelta(days=len(moods) - 1 - at), mood=mood) for at, mood in enumerate(moods)]


def test_each_sign_says_why_and_where_from() -> None:
    assert set(REASONS) == set(Sign)
    assert all(reason.why and "CARE" in reason.source for reason in REASONS.values())


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (Day(day=MONDAY, craving=8), {Sign.CRAVING}),
        (Day(day=MONDAY, craving=7, confidence=4), set()),
        (Day(day=MONDAY, confidence=3), {Sign.CONFIDENCE}),
        (Day(day=MONDAY, craving=10, confidence=0), {Sign.CRAVING, Sign.CONFIDENCE}),
        (Day(day=MONDAY), set()),
        (Day(day=MONDAY, mood=1, lonely=True), set()),  # one dark day is met with people, and is no trend
    ],
)
def test_one_day_alone(day: Day, shown: set[Sign]) -> None:
    assert signs([day]) == shown


@pytest.mark.parametrize(
    ("moods", "falling"),
    [
        ((4, 4, 4, 4, 4, 2, 2, 2), True),
        ((4, 4, 4, 4, 4, 2, 2), False),  # two days
        ((4, 4, 4, 4, 4, 2, 3, 2), False),  # one of them only one lower
        ((4, 4, 4, 4, 2, 2, 2), False),  # four days are nobody's usual
        ((2, 2, 2, 2, 2, 2, 2, 2), False),  # low, and as ever: their own usual counts
        ((3, 3, 3, 3, 3, 1, 1, 1), True),
        ((5, 5, 5, 5, 5, 3, 3, 3), True),  # for them, three is low
        ((4, 4, 4, 4, 4, 2, None, 2), False),
    ],
)
def test_a_fall_is_judged_against_the_persons_own_usual(moods: tuple[int | None, ...], falling: bool) -> None:
    assert (Sign.FALLING in signs(week(*moods))) is falling


def test_missed_days_make_no_row() -> None:
    days = week(4, 4, 4, 4, 4, 2, 2, 2)
    apart = [replace(days[-1], day=MONDAY + timedelta(days=2))]
    assert Sign.FALLING not in signs([*days[:-1], *apart])


def test_lonely_three_times_in_a_week() -> None:
    lonely = [replace(each, lonely=True) for each in week(3, 3, 3)]
    assert Sign.LONELY in signs(lonely)
    assert Sign.LONELY not in signs(lonely[1:])
    long_ago = [replace(each, day=each.day - timedelta(days=7)) for each in lonely[:2]]
    assert Sign.LONELY not in signs([*long_ago, lonely[-1]])


moods = st.none() | st.integers(1, 5)
days = st.lists(
    st.builds(
        lambda mood, craving, confidence, lonely: Day(
            day=MONDAY, mood=mood, craving=craving, confidence=confidence, lonely=lonely
        ),
        moods,
        st.none() | st.integers(0, 10),
        st.none() | st.integers(0, 10),
        st.booleans(),
    ),
    max_size=45,
).map(lambda found: [replace(each, day=MONDAY + timedelta(days=at)) for at, each in enumerate(found)])


@given(days)
def test_a_harder_last_day_never_worries_less(found: list[Day]) -> None:
    if not found:
        return
    last = found[-1]
    harder = replace(
        last,
        mood=None if last.mood is None else 1,
        craving=10 if last.craving is not None else None,
        confidence=0 if last.confidence is not None else None,
        lonely=True,
    )
    assert signs(found) <= signs([*found[:-1], harder])


@given(days, st.integers(0, 40))
def test_what_lies_far_back_changes_nothing(found: list[Day], more: int) -> None:
    long_ago = [
        Day(day=MONDAY - timedelta(days=60 + at), mood=5, craving=10, confidence=0, lonely=True) for at in range(more)
    ]
    assert signs([*reversed(long_ago), *found]) == signs(found) or not found


@given(st.lists(moods, min_size=0, max_size=40))
def test_the_usual_lies_among_the_moods_it_is_made_of(found: list[int | None]) -> None:
    known = usual(week(*found), MONDAY + timedelta(days=1))
    given_moods = [each for each in found[-28:] if each is not None]
    assert (known is None) is (len(given_moods) < 5)
    if known is not None:
        assert min(given_moods) <= known <= max(given_moods)


outcomes = st.lists(st.sampled_from(["waiting", "asked", "not_asked", "answered", "snoozed", "skipped"]), max_size=12)


@given(outcomes)
def test_what_we_did_not_send_is_never_a_silence(found: list[PromptOutcome]) -> None:
    sent = [each for each in found if each not in {"not_asked", "waiting"}]
    assert unanswered(found) == unanswered(sent)
    assert unanswered(found) <= found.count("asked")


@pytest.mark.parametrize(
    ("found", "quiet"),
    [
        ([], False),
        (["asked"], False),
        (["asked", "asked"], True),
        (["answered", "asked", "asked", "waiting"], True),
        (["asked", "not_asked", "asked"], True),
        (["not_asked", "not_asked"], False),
        (["asked", "skipped", "asked"], False),  # not today is an answer
        (["asked", "asked", "asked"], False),  # it was said yesterday
    ],
)
def test_two_that_arrived_and_stayed_unanswered(found: list[PromptOutcome], quiet: bool) -> None:
    assert silent(found) is quiet
