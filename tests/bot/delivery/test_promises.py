from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.letters import Moved, NotSent, Outcome, Reason, Refused, Sent, Unsure, Wait
from bot.delivery.promises import (
    PROMISES,
    Decision,
    Done,
    GiveUp,
    Kind,
    Redirect,
    RetryAt,
    State,
    Try,
    after_crash,
    decide,
    expiry,
    still_wanted,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URGENT = {Kind.ALERT, Kind.CRISIS}

kinds = st.sampled_from(Kind)
calm_kinds = st.sampled_from([kind for kind in Kind if kind not in URGENT])
transient: st.SearchStrategy[Outcome] = st.one_of(
    st.builds(Wait, st.floats(0, 120)),
    st.just(Unsure("timed out")),
    st.just(NotSent("no connection")),
    st.builds(Moved, st.integers(-(2**52), -1)),
)
outcomes = st.one_of(transient, st.builds(Sent, st.integers(1)), st.builds(Refused, st.sampled_from(Reason)))
moments = st.none() | st.timedeltas(timedelta(days=-2), timedelta(days=2)).map(lambda away: NOW + away)
tries = st.builds(Try, kind=kinds, attempts=st.integers(1, 2000), expires_at=moments, doubted=st.booleans())
chance = st.floats(0, 1, exclude_max=True)


def retry_in(decision: Decision) -> RetryAt | None:
    match decision:
        case RetryAt():
            return decision
        case Redirect(_, retry):
            return retry
        case _:
            return None


@given(tries, outcomes, chance)
def test_every_outcome_of_every_try_leads_to_one_decision(this: Try, outcome: Outcome, jitter: float) -> None:
    decision = decide(this, outcome, now=NOW, jitter=jitter)
    assert isinstance(decision, Done | RetryAt | Redirect | GiveUp)
    assert decision == decide(this, outcome, now=NOW, jitter=jitter)
    retry = retry_in(decision)
    assert retry is None or retry.when > NOW
    assert isinstance(outcome, Sent) == isinstance(decision, Done)


@given(tries, chance)
def test_a_prompt_or_announcement_that_may_have_arrived_is_never_sent_again(this: Try, jitter: float) -> None:
    if this.kind in {Kind.PROMPT, Kind.ANNOUNCEMENT}:
        assert decide(this, Unsure("reset"), now=NOW, jitter=jitter) == GiveUp(State.UNSURE, "reset")
        assert isinstance(after_crash(this, now=NOW), GiveUp)


@given(st.integers(1, 299), st.booleans(), chance)
def test_what_takes_back_or_corrects_an_announcement_is_tried_again_whether_it_may_have_been_done_or_not(
    attempts: int, doubted: bool, jitter: float
) -> None:
    this = Try(kind=Kind.AMENDMENT, attempts=attempts, expires_at=NOW + timedelta(hours=6), doubted=doubted)
    assert retry_in(decide(this, Unsure("reset"), now=NOW, jitter=jitter)) is not None
    assert retry_in(after_crash(this, now=NOW)) is not None


@given(st.sampled_from(sorted(URGENT)), st.integers(1, 10**6), moments, st.booleans(), transient, chance)
def test_an_alert_is_tried_for_ever_and_never_slower_than_twice_a_minute(
    kind: Kind, attempts: int, expires_at: datetime | None, doubted: bool, outcome: Outcome, jitter: float
) -> None:
    this = Try(kind=kind, attempts=attempts, expires_at=expires_at, doubted=doubted)
    retry = retry_in(decide(this, outcome, now=NOW, jitter=jitter))
    assert retry is not None
    if not isinstance(outcome, Wait):
        assert retry.when - NOW <= timedelta(seconds=40)
    assert still_wanted(this, now=NOW, asks_in_turn=1, newest_turn=9) is None


@settings(max_examples=50)  # one example is up to a day of tries
@given(calm_kinds, st.lists(transient, min_size=1, max_size=5), chance)
def test_everything_else_ends_whatever_telegram_does(kind: Kind, weather: list[Outcome], jitter: float) -> None:
    now, expires_at = NOW, expiry(kind, NOW)
    this = Try(kind=kind, attempts=1, expires_at=expires_at)
    # A try a second for a day is the most there could be; few kinds come near.
    for step in range(90_000):
        retry = retry_in(decide(this, weather[step % len(weather)], now=now, jitter=jitter))
        if retry is None:
            return
        now = retry.when
        this = Try(kind=kind, attempts=retry.attempts + 1, expires_at=expires_at, doubted=retry.doubted)
    pytest.fail("it never ended")


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("reason", list(Reason))
def test_a_refusal_is_final_and_our_own_mistakes_are_set_aside(kind: Kind, reason: Reason) -> None:
    ours = reason in {Reason.BAD_REQUEST, Reason.TOO_LONG}
    decision = decide(Try(kind=kind, attempts=1, expires_at=None), Refused(reason), now=NOW)
    assert decision == GiveUp(State.FAILED if ours else State.REFUSED, reason.value)


def test_a_reply_that_may_have_arrived_is_sent_again_once() -> None:
    first = Try(kind=Kind.REPLY, attempts=1, expires_at=None)
    retry = decide(first, Unsure("timed out"), now=NOW)
    assert retry == RetryAt(NOW + timedelta(seconds=1), 1, doubted=True)
    second = Try(kind=Kind.REPLY, attempts=2, expires_at=None, doubted=True)
    assert decide(second, Unsure("timed out"), now=NOW) == GiveUp(State.UNSURE, "timed out")


def test_a_reply_that_never_left_may_still_be_sent_again_once_it_is_in_doubt() -> None:
    fourth = Try(kind=Kind.REPLY, attempts=4, expires_at=None)
    assert isinstance(decide(fourth, Unsure("timed out"), now=NOW), RetryAt)


def test_the_back_off_follows_its_table_and_stays_at_its_ceiling() -> None:
    def pause(kind: Kind, attempts: int) -> float:
        decision = decide(Try(kind=kind, attempts=attempts, expires_at=None), NotSent("refused"), now=NOW)
        assert isinstance(decision, RetryAt)
        return (decision.when - NOW).total_seconds()

    assert [pause(Kind.ALERT, n) for n in range(1, 9)] == [1, 2, 4, 8, 15, 30, 30, 30]
    assert [pause(Kind.REPLY, n) for n in range(1, 10)] == [1, 2, 5, 15, 30, 60, 120, 300, 300]


def test_waiting_as_telegram_asks_costs_no_try_and_is_never_cut_short() -> None:
    decision = decide(Try(kind=Kind.REPLY, attempts=3, expires_at=None, doubted=True), Wait(17), now=NOW, jitter=0.5)
    assert decision == RetryAt(NOW + timedelta(seconds=17.5), 2, doubted=True)


def test_a_moved_group_is_followed_and_a_group_that_moves_for_ever_is_not() -> None:
    decision = decide(Try(kind=Kind.ANNOUNCEMENT, attempts=1, expires_at=None), Moved(-100), now=NOW)
    assert decision == Redirect(-100, RetryAt(NOW + timedelta(seconds=1), 1, doubted=False))
    last = Try(kind=Kind.EDIT, attempts=10, expires_at=None)
    assert decide(last, Moved(-100), now=NOW) == GiveUp(State.FAILED, "moved")


def test_a_try_that_would_come_too_late_is_not_made() -> None:
    soon = Try(kind=Kind.PROMPT, attempts=1, expires_at=NOW + timedelta(seconds=5))
    assert decide(soon, Wait(30), now=NOW) == GiveUp(State.EXPIRED, "too late")
    assert still_wanted(soon, now=NOW) is None
    assert still_wanted(soon, now=NOW + timedelta(seconds=5)) == GiveUp(State.EXPIRED, "too late")


def test_what_may_have_arrived_is_never_called_failed_or_expired() -> None:
    last = Try(kind=Kind.EDIT, attempts=10, expires_at=NOW, doubted=True)
    assert decide(last, NotSent("refused"), now=NOW) == GiveUp(State.UNSURE, "refused")
    assert still_wanted(last, now=NOW) == GiveUp(State.UNSURE, "too late")


def test_a_question_is_dropped_for_a_newer_turn_and_nothing_else_is() -> None:
    reply = Try(kind=Kind.REPLY, attempts=1, expires_at=None)
    assert still_wanted(reply, now=NOW, asks_in_turn=3, newest_turn=4) == GiveUp(State.SUPERSEDED, "a newer turn")
    assert still_wanted(reply, now=NOW, asks_in_turn=4, newest_turn=4) is None
    assert still_wanted(reply, now=NOW, asks_in_turn=None, newest_turn=4) is None
    prompt = Try(kind=Kind.PROMPT, attempts=1, expires_at=None)
    assert still_wanted(prompt, now=NOW, asks_in_turn=3, newest_turn=4) is None


def test_a_row_found_in_sending_after_a_crash_is_unsure() -> None:
    def left(kind: Kind, *, doubted: bool = False) -> Decision:
        return after_crash(Try(kind=kind, attempts=1, expires_at=None, doubted=doubted), now=NOW)

    assert isinstance(left(Kind.ALERT), RetryAt)
    assert isinstance(left(Kind.REPLY), RetryAt)
    assert isinstance(left(Kind.EDIT), RetryAt)
    assert left(Kind.REPLY, doubted=True) == GiveUp(State.UNSURE, "its sender stopped")
    assert left(Kind.PROMPT) == GiveUp(State.UNSURE, "its sender stopped")


def test_every_kind_has_its_promise_and_priority_follows_the_table() -> None:
    assert list(PROMISES) == sorted(Kind, key=lambda kind: kind.priority)
