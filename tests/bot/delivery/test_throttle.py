from bisect import bisect_right

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.promises import BULK, Kind
from bot.delivery.throttle import Limits, Throttle

kinds = st.sampled_from(Kind)


def most_within(times: list[float], seconds: float) -> int:
    # `take` counts a send as gone once it is exactly `seconds` old.
    return max((end - bisect_right(times, times[end - 1] - seconds) for end in range(1, len(times) + 1)), default=0)


def all_that_go(throttle: Throttle, chats: list[int], kind: Kind, *, until: float, step: float) -> list[float]:
    """The paces at which messages go if every chat is tried again every `step` seconds."""
    went = []
    for tick in range(int(until / step)):
        went += [tick * step for chat in chats if throttle.take(chat, kind, tick * step)]
    return went


@given(st.lists(st.tuples(st.integers(-3, 5), kinds, st.floats(0, 2), st.none() | st.integers(1, 5)), max_size=150))
def test_no_limit_is_ever_passed_and_ready_at_is_the_moment_it_opens(
    story: list[tuple[int, Kind, float, int | None]],
) -> None:
    limits = Limits(overall=5, chat=1.0, chat_burst=2, group_per_minute=4, bulk_share=0.6)
    throttle, pace = Throttle(limits), 0.0
    went: list[tuple[float, int, Kind]] = []
    closed: dict[int, float] = {}
    for chat, kind, pause, told_to_wait in story:
        pace += pause
        ready_at = throttle.ready_at(chat, kind, pace)
        assert ready_at >= pace
        assert throttle.take(chat, kind, pace) == (ready_at == pace)
        if ready_at == pace:
            assert closed.get(chat, pace) <= pace
            went.append((pace, chat, kind))
        if told_to_wait:
            throttle.close(chat, told_to_wait, pace)
            closed[chat] = max(closed.get(chat, 0), pace + told_to_wait)
    assert most_within([at for at, _, _ in went], 1) <= 5
    assert most_within([at for at, _, kind in went if kind in BULK], 1) <= 3
    for spoken_to in {chat for _, chat, _ in went}:
        times = [at for at, chat, _ in went if chat == spoken_to]
        assert most_within(times, 1) <= 3  # a burst of two, and the one that has become free since
        if spoken_to < 0:
            assert most_within(times, 60) <= 4


def test_thirty_a_second_go_to_all_chats_together() -> None:
    throttle = Throttle()
    went = all_that_go(throttle, list(range(1, 200)), Kind.REPLY, until=3, step=0.125)
    assert len(went) == 90


def test_one_chat_gets_a_burst_of_three_and_then_one_a_second() -> None:
    throttle = Throttle()
    assert [throttle.take(7, Kind.REPLY, 0.0) for _ in range(4)] == [True, True, True, False]
    assert throttle.ready_at(7, Kind.REPLY, 0.0) == 1.0
    assert throttle.take(7, Kind.REPLY, 1.0)
    assert not throttle.take(7, Kind.REPLY, 1.5)


def test_a_group_gets_twenty_a_minute() -> None:
    went = all_that_go(Throttle(), [-7], Kind.REPLY, until=90, step=0.5)
    assert most_within(went, 60) == 20
    assert len(went) > 20


def test_a_reply_goes_at_once_while_an_announcement_fills_its_share() -> None:
    throttle = Throttle()
    went = all_that_go(throttle, list(range(1, 100)), Kind.ANNOUNCEMENT, until=0.5, step=0.25)
    assert len(went) == 24
    assert throttle.opens_at(Kind.PROMPT, 0.5) == 1.0
    assert throttle.ready_at(500, Kind.REPLY, 0.5) == 0.5
    assert throttle.ready_at(500, Kind.ALERT, 0.5) == 0.5


def test_a_chat_that_was_told_to_wait_is_closed_until_then_and_no_other_is() -> None:
    throttle = Throttle()
    throttle.close(7, 9, 100.0)
    throttle.close(7, 3, 101.0)
    assert throttle.ready_at(7, Kind.ALERT, 101.0) == 109.0
    assert throttle.ready_at(8, Kind.ALERT, 101.0) == 101.0


def test_when_several_chats_are_told_to_wait_at_once_everything_waits() -> None:
    throttle = Throttle()
    for chat, seconds in ((1, 3600), (2, 9), (3, 8)):
        throttle.close(chat, seconds, 100.0)
    assert throttle.ready_at(99, Kind.ALERT, 100.0) == 108.0


def test_chats_told_to_wait_one_after_another_close_only_themselves() -> None:
    throttle = Throttle()
    for chat in range(5):
        throttle.close(chat, 9, 100.0 + chat)
    assert throttle.ready_at(99, Kind.ALERT, 105.0) == 105.0


def test_idle_chats_are_forgotten() -> None:
    throttle, pace = Throttle(), 0.0
    for chat in range(5000):
        pace = throttle.ready_at(chat, Kind.REPLY, pace)
        assert throttle.take(chat, Kind.REPLY, pace)
    assert len(throttle) <= 30 * 12


@pytest.mark.parametrize("wrong", [{"overall": 0}, {"chat": 0}, {"bulk_share": 0}, {"bulk_share": 1.5}])
def test_limits_that_would_send_nothing_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"nothing|part"):
        Limits(**wrong)  # type: ignore[arg-type]  # one of each, int and float
