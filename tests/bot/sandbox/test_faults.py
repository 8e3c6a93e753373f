"""Faults on demand."""

import asyncio

import aiohttp
import pytest

from bot.clock import SystemClock
from bot.sandbox import Sandbox
from bot.sandbox.client import Telephones
from bot.sandbox.faults import Faults
from bot.sandbox.phone import Person
from bot.sandbox.wire import ControlError
from tests.bot.sandbox.conftest import TOKEN, Api


@pytest.mark.parametrize(
    ("kind", "code", "description"),
    [
        ("429", 429, "Too Many Requests: retry after 7"),
        ("500", 500, "Internal Server Error"),
        ("502", 502, "Bad Gateway"),
        ("403", 403, "Forbidden: bot was blocked by the user"),
        ("400_chat_not_found", 400, "Bad Request: chat not found"),
        ("migrate", 400, "Bad Request: group chat was upgraded to a supergroup chat"),
    ],
)
async def test_a_refusal_strikes_as_often_as_it_should_and_nothing_is_done(
    api: Api, phones: Telephones, ana: Person, kind: str, code: int, description: str
) -> None:
    await phones.fault(kind, method="send*", chat_id=ana.id, count=1, retry_after=7)
    answer = await api.call("sendMessage", chat_id=ana.id, text="x")
    assert (answer["error_code"], answer["description"]) == (code, description)
    assert (await phones.chat(ana.id)).said == ()
    await api.ok("sendMessage", chat_id=ana.id, text="x")


async def test_other_methods_and_chats_are_left_alone(api: Api, phones: Telephones, ana: Person) -> None:
    await phones.fault("500", method="edit*")
    await phones.fault("500", chat_id=1)
    assert await api.ok("sendMessage", chat_id=ana.id, text="x")


@pytest.mark.parametrize(("kind", "arrived"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_reset_breaks_the_connection(
    api: Api, phones: Telephones, ana: Person, kind: str, arrived: int
) -> None:
    await phones.fault(kind, method="sendMessage", count=1)
    with pytest.raises(aiohttp.ClientOSError):
        await api.call("sendMessage", chat_id=ana.id, text="x")
    assert len((await phones.chat(ana.id)).said) == arrived


@pytest.mark.parametrize(("kind", "arrived"), [("timeout_before", 0), ("timeout_after", 1)])
async def test_a_time_out_never_answers(api: Api, phones: Telephones, ana: Person, kind: str, arrived: int) -> None:
    await phones.fault(kind, method="sendMessage", count=1)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await api.call("sendMessage", chat_id=ana.id, text="x")
    assert len((await phones.chat(ana.id)).said) == arrived
    assert [call["status"] for call in await phones.calls("sendMessage")][-1] == 0


async def test_a_time_out_with_a_delay_ends_in_a_reset(api: Api, phones: Telephones, ana: Person) -> None:
    await phones.fault("timeout_before", method="sendMessage", delay=0.05)
    with pytest.raises((aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)):
        await api.call("sendMessage", chat_id=ana.id, text="x")


async def test_slow_is_slow_and_then_does_it(api: Api, phones: Telephones, ana: Person) -> None:
    await phones.fault("slow", method="sendMessage", delay=0.15)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await api.ok("sendMessage", chat_id=ana.id, text="x")
    assert loop.time() - begun >= 0.15


async def test_rules_are_replaced_by_id_and_lifted(api: Api, phones: Telephones, sandbox: Sandbox) -> None:
    await phones.fault("500", id="mine", method="getMe")
    await phones.fault("502", id="mine", method="getMe")
    assert (await api.call("getMe"))["error_code"] == 502
    async with api.session.delete(f"{sandbox.control}/faults/mine") as response:
        assert (await response.json())["rules"] == []
    assert await api.ok("getMe")


async def test_a_rule_without_sense_is_refused(phones: Telephones) -> None:
    with pytest.raises(ControlError, match="unknown kind 'rain'"):
        await phones.fault("rain")
    with pytest.raises(ControlError, match="rate goes from 0 to 1"):
        await phones.fault("500", rate=3.0)


def test_the_same_seed_strikes_the_same_calls() -> None:
    def run(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.add({"kind": "500", "rate": 0.3})
        return [faults.strike("sendMessage", None) is not None for _ in range(200)]

    assert run(1) == run(1) != run(2)
    assert 30 < sum(run(1)) < 90


async def test_a_held_call_does_not_hold_up_the_end() -> None:
    async with aiohttp.ClientSession() as session:
        async with Sandbox(clock=SystemClock()) as sandbox, Telephones(sandbox.url) as phones:
            await phones.fault("timeout_before")
            held = asyncio.create_task(session.get(f"{sandbox.url}/bot{TOKEN}/getMe"))
            while not await phones.calls("getMe"):
                pass
        with pytest.raises(aiohttp.ClientError):
            await held
