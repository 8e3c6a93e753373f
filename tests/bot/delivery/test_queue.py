from dataclasses import dataclass

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.delivery.promises import Kind
from bot.delivery.queue import Queue
from bot.delivery.throttle import Limits, Throttle


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    id: int
    chat: int = 1
    kind: Kind = Kind.REPLY
    stream: str = "dialog"
    not_before: float = 0.0

    @property
    def place(self) -> tuple[int, int]:
        return (self.kind.priority, self.id)


def sent_in_order(queue: Queue[Message], *, pace: float = 0.0, throttle: Throttle | None = None) -> list[int]:
    """The ids that go at `pace` if each arrives at once."""
    throttle, ids = throttle or Throttle(Limits(overall=1000, chat_burst=1000)), []
    while (item := queue.pop_ready(pace, throttle)) is not None:
        ids.append(item.id)
        queue.release(item.chat)
    return ids


def filled(*messages: Message) -> Queue[Message]:
    queue: Queue[Message] = Queue()
    for message in messages:
        queue.push(message)
    return queue


class AgainstANaiveModel(RuleBasedStateMachine):
    """The queue, and beside it a list that is looked through from end to end."""

    LIMITS = Limits(overall=6, chat=1.0, chat_burst=2, group_per_minute=5, bulk_share=0.5)

    @initialize()
    def start(self) -> None:
        self.queue: Queue[Message] = Queue()
        self.throttle, self.naive_throttle = Throttle(self.LIMITS), Throttle(self.LIMITS)
        self.waiting: list[Message] = []
        self.flying: dict[int, Message] = {}
        self.pace = 0.0

    @rule(
        id_=st.integers(1, 60),
        chat=st.integers(-1, 3),
        kind=st.sampled_from(Kind),
        stream=st.sampled_from(["dialog", "alert:1"]),
        delay=st.sampled_from([0.0, 0.0, 0.5, 3.0]),
    )
    def push(self, id_: int, chat: int, kind: Kind, stream: str, delay: float) -> None:
        message = Message(id=id_, chat=chat, kind=kind, stream=stream, not_before=self.pace + delay)
        self.queue.push(message)
        if id_ not in {waiting.id for waiting in self.waiting}:
            self.waiting.append(message)

    @rule(ids=st.lists(st.integers(1, 60), max_size=5))
    def drop(self, ids: list[int]) -> None:
        self.queue.drop(ids)
        self.waiting = [message for message in self.waiting if message.id not in ids]

    @rule(seconds=st.sampled_from([0.1, 0.5, 1.0, 7.0]))
    def time_passes(self, seconds: float) -> None:
        self.pace += seconds

    @rule(chat=st.integers(-1, 3), seconds=st.sampled_from([1, 5]))
    def telegram_says_wait(self, chat: int, seconds: int) -> None:
        self.throttle.close(chat, seconds, self.pace)
        self.naive_throttle.close(chat, seconds, self.pace)

    @rule(chat=st.integers(-1, 3))
    def arrive(self, chat: int) -> None:
        self.queue.release(chat)
        self.flying.pop(chat, None)

    @rule(chat=st.integers(-1, 3))
    def try_again(self, chat: int) -> None:
        if chat in self.flying:
            message = self.flying.pop(chat)
            self.queue.push(message)
            if message.id not in {waiting.id for waiting in self.waiting}:
                self.waiting.append(message)
            self.queue.release(chat)

    @rule()
    def pop(self) -> None:
        expected = self.what_goes_next()
        found = self.queue.pop_ready(self.pace, self.throttle)
        assert found == expected
        if expected is not None:
            assert self.naive_throttle.take(expected.chat, expected.kind, self.pace)
            self.waiting.remove(expected)
            self.flying[expected.chat] = expected
            return
        ask_again = self.queue.next_ready_at(self.pace, self.throttle)
        assert ask_again is None or ask_again > self.pace
        if any(message.chat not in self.flying for message in self.waiting):
            assert ask_again is not None

    def what_goes_next(self) -> Message | None:
        candidates = []
        for chat in {message.chat for message in self.waiting} - self.flying.keys():
            heads: dict[str, Message] = {}
            for message in sorted(self.waiting, key=lambda message: message.place):
                if message.chat == chat:
                    heads.setdefault(message.stream, message)
            due = [message for message in heads.values() if message.not_before <= self.pace]
            if due and self.naive_throttle.chat_opens_at(chat, self.pace) <= self.pace:
                best = min(due, key=lambda message: message.place)
                if self.naive_throttle.opens_at(best.kind, self.pace) <= self.pace:
                    candidates.append(best)
        return min(candidates, key=lambda message: message.place, default=None)

    @invariant()
    def both_hold_the_same(self) -> None:
        if hasattr(self, "queue"):
            assert len(self.queue) == len(self.waiting)
            assert all(message.id in self.queue for message in self.waiting)


AgainstANaiveModel.TestCase.settings = settings(max_examples=150, stateful_step_count=60)
TestTheQueueAgainstANaiveModel = AgainstANaiveModel.TestCase


def test_the_most_urgent_goes_first_and_the_oldest_of_those() -> None:
    queue = filled(
        Message(id=1, chat=1, kind=Kind.ANNOUNCEMENT),
        Message(id=2, chat=2, kind=Kind.REPLY),
        Message(id=3, chat=3, kind=Kind.ALERT),
        Message(id=4, chat=4, kind=Kind.REPLY),
        Message(id=5, chat=5, kind=Kind.CRISIS),
    )
    assert sent_in_order(queue) == [3, 5, 2, 4, 1]


def test_two_replies_to_one_chat_never_swap_even_if_the_first_must_wait() -> None:
    queue = filled(Message(id=1, not_before=5.0), Message(id=2), Message(id=3, stream="alert:9"))
    assert sent_in_order(queue, pace=0.0) == [3]
    assert sent_in_order(queue, pace=5.0) == [1, 2]


def test_a_try_that_failed_takes_its_old_place() -> None:
    queue, throttle = filled(Message(id=1), Message(id=2)), Throttle()
    assert queue.pop_ready(0.0, throttle) == Message(id=1)
    queue.push(Message(id=1, not_before=2.0))
    queue.release(1)
    assert queue.pop_ready(1.0, throttle) is None
    assert queue.next_ready_at(1.0, throttle) == 2.0
    assert sent_in_order(queue, pace=2.0) == [1, 2]


def test_a_crisis_text_passes_a_reply_that_must_wait_in_the_same_stream() -> None:
    queue = filled(Message(id=1, not_before=300.0), Message(id=2, kind=Kind.CRISIS))
    assert sent_in_order(queue) == [2]


def test_one_message_of_a_chat_is_in_flight_and_other_chats_go_on() -> None:
    queue, throttle = filled(Message(id=1), Message(id=2), Message(id=3, chat=2)), Throttle()
    assert queue.pop_ready(0.0, throttle) == Message(id=1)
    assert queue.pop_ready(0.0, throttle) == Message(id=3, chat=2)
    assert queue.pop_ready(0.0, throttle) is None
    queue.release(1)
    assert queue.pop_ready(0.0, throttle) == Message(id=2)


def test_a_closed_chat_delays_no_other() -> None:
    queue, throttle = filled(Message(id=1), Message(id=2, chat=2)), Throttle()
    throttle.close(1, 10, 0.0)
    assert queue.pop_ready(0.0, throttle) == Message(id=2, chat=2)
    assert queue.pop_ready(0.0, throttle) is None
    assert queue.next_ready_at(0.0, throttle) == 10.0
    assert queue.pop_ready(10.0, throttle) == Message(id=1)


def test_what_is_dropped_does_not_go_and_may_come_back() -> None:
    queue = filled(Message(id=1), Message(id=2))
    queue.drop([1, 77])
    queue.push(Message(id=1, kind=Kind.PROMPT))
    assert sent_in_order(queue) == [2, 1]


def test_an_empty_queue_has_nothing_to_wait_for() -> None:
    queue, throttle = filled(Message(id=1)), Throttle()
    queue.drop([1])
    assert queue.pop_ready(0.0, throttle) is None
    assert queue.next_ready_at(0.0, throttle) is None


class CountingThrottle(Throttle):
    """Counts how often it is asked, which is how much the queue looks around."""

    asked = 0

    def chat_opens_at(self, chat: int, pace: float) -> float:
        self.asked += 1
        return super().chat_opens_at(chat, pace)


def test_a_hundred_thousand_chats_are_not_looked_through_for_each_message() -> None:
    queue = filled(*(Message(id=id_, chat=id_, kind=Kind.ANNOUNCEMENT) for id_ in range(1, 100_001)))
    throttle, pace, sent = CountingThrottle(), 0.0, 0
    for _ in range(500):
        while queue.pop_ready(pace, throttle) is not None:
            sent += 1
        ask_again = queue.next_ready_at(pace, throttle)
        assert ask_again is not None
        pace = ask_again
    assert sent == 500 * 24
    assert throttle.asked <= 3 * sent
