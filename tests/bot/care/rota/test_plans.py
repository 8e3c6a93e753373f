"""The plan's own promises: whom a step asks among those behind it, and what a plan can't be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.alerts import plans
from bot.care.alerts.plans import DEFAULT, Plan, Who
from bot.care.alerts.rules import Step, plan_from_json, plan_to_json

MARIA, TOM, SAM = 1, 2, 3
NOBODY: frozenset[int] = frozenset()


def test_a_step_asks_everybody_behind_it_those_asked_before_too() -> None:
    assert plans.to_ask([MARIA, TOM], asked={MARIA}, declined=NOBODY, quiet=NOBODY) == (MARIA, TOM)


def test_a_step_that_could_only_ask_people_over_again_asks_nobody() -> None:
    assert plans.to_ask([MARIA, TOM], asked={MARIA, TOM}, declined=NOBODY, quiet=NOBODY) == ()


def test_who_said_they_cant_is_not_asked_again() -> None:
    assert plans.to_ask([MARIA, TOM], asked={MARIA}, declined={MARIA}, quiet=NOBODY) == (TOM,)


def test_quiet_hours_spare_somebody_while_somebody_else_can_be_asked() -> None:
    assert plans.to_ask([MARIA, TOM], asked=NOBODY, declined=NOBODY, quiet={TOM}) == (MARIA,)
    assert plans.to_ask([MARIA, TOM], asked={MARIA}, declined=NOBODY, quiet={TOM}) == (MARIA, TOM)
    assert plans.to_ask([TOM], asked=NOBODY, declined=NOBODY, quiet={TOM}) == (TOM,)


_some = st.sets(st.integers(1, 6))


@given(people=st.lists(st.integers(1, 6), unique=True), asked=_some, declined=_some, quiet=_some)
def test_whoever_could_be_asked_anew_is_asked_or_spared_for_somebody_who_is(
    people: list[int], asked: set[int], declined: set[int], quiet: set[int]
) -> None:
    chosen = plans.to_ask(people, asked=asked, declined=declined, quiet=quiet)
    fresh = set(people) - asked - declined
    assert set(chosen) <= set(people) - declined
    assert bool(chosen) is bool(fresh)
    assert not chosen or set(chosen) & fresh
    assert fresh - set(chosen) <= quiet


def test_a_step_gets_other_minutes_or_is_left_out_and_comes_back_in_its_place() -> None:
    shorter = plans.with_minutes(plans.with_minutes(DEFAULT, Who.ON_CALL, 0), Who.CHOSEN, 10)
    assert shorter.steps == (Step("chosen", 10), Step("mentor", 5), Step("staff", 5), Step("network", 5))
    assert plans.with_minutes(shorter, Who.ON_CALL, 2).steps[1] == Step("on_call", 2)


def test_a_plan_without_staff_or_without_end_is_refused() -> None:
    for who, minutes in ((Who.STAFF, 0), (Who.MENTORS, -1), (Who.MENTORS, 61)):
        with pytest.raises(ValueError, match="a step lasts"):
            plans.with_minutes(DEFAULT, who, minutes)
    with pytest.raises(ValueError, match="up to 3 times"):
        plans.with_repeats(DEFAULT, 4)


def test_every_round_of_a_frozen_plan_is_written_out_and_told_apart() -> None:
    frozen = Plan((Step("mentor", 3), Step("staff", 5)), repeats=1).frozen()
    assert frozen == (Step("mentor", 3, 0), Step("staff", 5, 0), Step("mentor", 3, 1), Step("staff", 5, 1))
    assert plan_from_json(plan_to_json(frozen)) == frozen


def test_a_plan_that_was_frozen_before_there_were_rounds_is_still_read() -> None:
    assert plan_from_json('[["mentor", 3]]') == (Step("mentor", 3, 0),)


def test_a_call_from_two_homes_asks_in_each_as_that_home_has_it_and_nobody_waits_longer_for_having_two() -> None:
    short = Plan((Step("mentor", 3), Step("staff", 4)), repeats=1)
    both = plans.together({7: DEFAULT, 8: short})
    assert both.repeats == 1
    assert both.steps == (
        Step("chosen", 3, houses=(7,)),
        Step("on_call", 3, houses=(7,)),
        Step("mentor", 3, houses=(7, 8)),
        Step("staff", 4, houses=(7, 8)),
        Step("network", 5, houses=(7,)),
    )
    assert plan_from_json(plan_to_json(both.frozen())) == both.frozen()
    assert plans.together({7: short}) == short
