"""Three skills for what is going on: what helped this person, what helps in this house, and something new."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.checkins import Answers
from bot.care.skills.offers import (
    BEGIN_WITH,
    FEW,
    OFFERED,
    Known,
    Offer,
    expected_drop,
    offers,
    on_a_calm_day,
    trouble_of,
)
from dialogs.library import Library

TROUBLES = ("craving", "anger")
NAMES = ("urge_surfing", "walk", "song", "halt", "cold")
SKILLS = [
    Known(name=name, helps_with=TROUBLES if at % 2 else ("craving",), minutes=at + 1) for at, name in enumerate(NAMES)
]
drops = st.lists(st.integers(-10, 10).map(float), min_size=1, max_size=8)
histories = st.dictionaries(st.sampled_from(NAMES), drops)
days = st.integers(0, 10**6)
Drops = Mapping[str, Sequence[float]]


@given(st.none() | st.sampled_from(TROUBLES), histories, histories, days)
def test_offers_are_different_fit_what_is_going_on_and_stay_the_same(
    trouble: str | None, mine: Drops, house: Drops, day: int
) -> None:
    found = offers(trouble, SKILLS, mine, house, day)
    fitting = {skill.name for skill in SKILLS if trouble is None or trouble in skill.helps_with}
    names = [each.skill for each in found]
    assert len(set(names)) == len(names) == min(OFFERED, len(fitting))
    assert set(names) <= fitting
    assert found == offers(trouble, list(reversed(SKILLS)), mine, house, day)


@given(histories, histories, days)
def test_nothing_is_told_of_a_house_under_five_people(mine: Drops, house: Drops, day: int) -> None:
    for each in offers("craving", SKILLS, mine, house, day):
        if each.why == "helps_here":
            assert len(house[each.skill]) >= FEW


@given(histories, histories, days)
def test_what_helped_is_what_helped_most_and_what_is_new_was_never_done(mine: Drops, house: Drops, day: int) -> None:
    for each in offers("craving", SKILLS, mine, house, day):
        if each.why == "helped_you":
            assert expected_drop(mine[each.skill]) == max(map(expected_drop, mine.values())) > 0
        if each.why == "new":
            assert each.skill not in mine


@given(histories, days)
def test_something_new_is_always_among_them_while_there_is_any(mine: Drops, day: int) -> None:
    found = offers("craving", SKILLS, mine, {}, day)
    assert ("new" in {each.why for each in found}) == (len(mine) < len(NAMES))


def test_the_three_kinds_in_their_order() -> None:
    mine = {"walk": [4.0, 5.0, 4.0], "song": [-1.0]}
    house = {"cold": [3.0] * FEW, "walk": [9.0] * FEW, "halt": [8.0] * (FEW - 1)}
    assert offers("craving", SKILLS, mine, house, 0) == (
        Offer("walk", "helped_you"),
        Offer("cold", "helps_here"),
        Offer("urge_surfing", "new"),
    )


def test_something_new_comes_before_what_helped_only_a_little() -> None:
    found = offers("craving", SKILLS, {"urge_surfing": [1.0, 1.0]}, {}, 0)
    assert [each.why for each in found[:2]] == ["new", "helped_you"]


def test_what_did_not_help_this_person_is_not_offered_because_it_helps_others() -> None:
    house = {"song": [6.0] * 20}
    assert "helps_here" not in {each.why for each in offers("craving", SKILLS, {"song": [-2.0]}, house, 0)}


def test_without_any_experience_it_begins_where_most_would_begin() -> None:
    assert [each.skill for each in offers("craving", SKILLS, {}, {}, 12345)] == ["urge_surfing", "walk", "song"]


@pytest.mark.parametrize("trouble", sorted(BEGIN_WITH))
def test_there_are_three_for_everything_that_can_be_going_on(library: Library, trouble: str) -> None:
    skills = [
        Known(name=each.dialog, helps_with=each.helps_with, minutes=each.minutes or 0) for each in library.skills
    ]
    found = offers(trouble, skills, {}, {}, 0)
    assert len(found) == OFFERED
    assert found[0].skill == BEGIN_WITH[trouble]


@pytest.mark.parametrize(
    ("trouble", "answers"),
    [
        ("craving", Answers(craving=4, halt=("angry",))),
        ("anger", Answers(craving=3, halt=("angry", "tired"))),
        ("loneliness", Answers(halt=("lonely", "tired"))),
        ("stress", Answers(halt=("tired",), mood=1)),
        ("mood", Answers(mood=2)),
        (None, Answers(mood=4, halt=("hungry",))),
        (None, Answers()),
    ],
)
def test_a_check_in_says_what_is_going_on(trouble: str | None, answers: Answers) -> None:
    assert trouble_of(answers) == trouble


@given(st.lists(st.sampled_from(NAMES), max_size=12), days)
def test_on_a_calm_day_what_was_never_done_comes_first_and_then_what_lies_back_longest(
    done: list[str], day: int
) -> None:
    offered = on_a_calm_day(NAMES, done, day)
    if set(done) < set(NAMES):
        assert offered not in done
    else:
        rest = done[::-1]
        assert all(rest.index(offered) >= rest.index(name) for name in NAMES)


def test_days_take_turns_among_what_was_never_done() -> None:
    assert {on_a_calm_day(NAMES, (), day) for day in range(len(NAMES))} == set(NAMES)
    with pytest.raises(ValueError, match="no skill"):
        on_a_calm_day((), (), 0)
