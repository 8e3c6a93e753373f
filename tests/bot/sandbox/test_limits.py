"""Flood limits."""

from dataclasses import dataclass

import pytest

from bot.sandbox.client import Telephones
from bot.sandbox.limits import Limits, Throttle
from bot.sandbox.phone import Person
from bot.sandbox.wire import BotApiError
from tests.bot.sandbox.conftest import Api


@dataclass
class Pace:
    """Seconds that pass when told to."""

    at: float = 100.0

    def __call__(self) -> float:
        return self.at


def refusal(throttle: Throttle, chat: int, *, group: bool = False, messages: int = 1) -> str:
    """What the throttle says to a message it refuses."""
    with pytest.raises(BotApiError) as error:
        throttle.charge(chat, group=group, messages=messages)
    assert error.value.code == 429
    return error.value.description


def test_one_chat_gets_a_burst_and_then_one_a_second() -> None:
    pace = Pace()
    throttle = Throttle(Limits(), pace)
    for _ in range(3):
        throttle.charge(7, group=False)
    assert refusal(throttle, 7) == "Too Many Requests: retry after 1"
    throttle.charge(8, group=False)
    pace.at += 1
    throttle.charge(7, group=False)
    assert refusal(throttle, 7)


def test_a_group_gets_twenty_a_minute() -> None:
    pace = Pace()
    throttle = Throttle(Limits(), pace)
    for _ in range(20):
        throttle.charge(-7, group=True)
    assert refusal(throttle, -7, group=True) == "Too Many Requests: retry after 3"
    pace.at += 3
    throttle.charge(-7, group=True)


def test_all_chats_together_get_thirty_a_second() -> None:
    pace = Pace()
    throttle = Throttle(Limits(), pace)
    sent = 0
    for moment in range(10):
        pace.at = 100 + moment
        for chat in range(100):
            try:
                throttle.charge(moment * 100 + chat, group=False)
                sent += 1
            except BotApiError:
                break
    assert sent == 30 * 10


def test_an_album_larger_than_the_burst_can_be_sent() -> None:
    pace = Pace()
    throttle = Throttle(Limits(), pace)
    throttle.charge(7, group=False, messages=10)
    assert refusal(throttle, 7)


async def test_limits_are_felt_and_can_be_changed_and_switched_off(api: Api, phones: Telephones, ana: Person) -> None:
    await phones.limits(off=False, chat_burst=1)
    await api.ok("sendMessage", chat_id=ana.id, text="x")
    answer = await api.call("sendMessage", chat_id=ana.id, text="x")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 1})
    assert len((await phones.chat(ana.id)).said) == 1
    await phones.limits(off=True)
    await api.ok("sendMessage", chat_id=ana.id, text="x")
