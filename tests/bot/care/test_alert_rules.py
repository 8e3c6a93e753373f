"""The life of an alert, and the auditor's eye on it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.alerts import rules
from bot.care.alerts.audit import adrift, next_timer
from bot.care.alerts.rules import SOS_PLAN, Lifecycle, Move, State, plan_from_json, plan_to_json
from storage.repositories.alerts import Alert
from storage.repositories.timers import Timer

NOW = datetime(2027, 3, 3, 14, 0, tzinfo=UTC)
LIFE = Lifecycle()


def alert(state: State, version: int = 3) -> Alert:
    return Alert(
        id=1, person_id=2, house_id=3, severity="sos", state=state, plan="[]", opened_at=NOW, version=version
    )


def timer(kind: str, fence: int) -> Timer:
    return Timer(id=9, kind=kind, subject_id=1, fence=fence, due_at=NOW, created_at=NOW)


@given(st.lists(st.sampled_from(Move), max_size=30))
def test_whatever_happens_an_alert_that_is_over_stays_over(moves: list[Move]) -> None:
    state = State.OPEN
    for move in moves:
        after = LIFE.after(state, move)
        if state is State.OVER:
            assert after is None
        state = after or state


@given(st.sampled_from(State), st.sampled_from(Move))
def test_every_alert_that_is_not_over_can_still_be_ended_by_the_person(state: State, move: Move) -> None:
    after = LIFE.after(state, move) or state
    assert after is State.OVER or LIFE.after(after, Move.OK) is State.OVER


def test_two_cannot_have_it_at_once() -> None:
    assert LIFE.after(State.OPEN, Move.TAKE) is State.TAKEN
    assert LIFE.after(State.TAKEN, Move.TAKE) is None


def test_an_exhausted_alert_can_still_be_taken() -> None:
    assert LIFE.after(State.EXHAUSTED, Move.TAKE) is State.TAKEN


def test_the_plan_is_kept_as_it_was_when_the_alert_opened() -> None:
    assert plan_from_json(plan_to_json(SOS_PLAN)) == SOS_PLAN


@pytest.mark.parametrize("state", [State.OPEN, State.TAKEN, State.EXHAUSTED])
def test_an_alert_with_no_timer_is_adrift_and_can_be_given_one(state: State) -> None:
    lost = alert(state)
    assert adrift([lost], []) == (lost,)
    kind = next_timer(lost)
    assert kind is not None
    assert adrift([lost], [timer(kind, fence=3)]) == ()


def test_a_timer_of_an_earlier_version_holds_nothing() -> None:
    lost = alert(State.OPEN)
    assert adrift([lost], [timer("alert_step", fence=2)]) == (lost,)


@pytest.mark.parametrize("state", [State.WITH, State.OVER])
def test_what_a_person_holds_or_what_is_over_needs_no_timer(state: State) -> None:
    assert adrift([alert(state)], []) == ()
    assert next_timer(alert(state)) is None


def test_the_picture_people_read_is_the_machine() -> None:
    readme = Path(rules.__file__).with_name("README.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{Lifecycle.mermaid()}\n```" in readme, "draw it anew: print(Lifecycle.mermaid())"
