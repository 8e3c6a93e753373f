"""The control API beyond people: events, calls, script, reset, the page; and the sandbox's own manners."""

import asyncio
import socket
from typing import Any

import aiohttp
import orjson
import pytest

from bot.clock import SystemClock
from bot.sandbox import Sandbox, Stage
from bot.sandbox.client import Telephones
from bot.sandbox.phone import Person
from bot.sandbox.wire import ControlError
from tests.bot.sandbox.conftest import TOKEN, Api


async def events(response: aiohttp.ClientResponse, count: int) -> list[dict[str, Any]]:
    """The next so many events of a stream."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(5):
        while len(found) < count:
            line = await response.content.readline()
            if line.startswith(b"data: "):
                found.append(orjson.loads(line[6:]))
    return found


async def test_changes_are_streamed_those_missed_first(
    sandbox: Sandbox, api: Api, phones: Telephones, ana: Person
) -> None:
    async with api.session.get(f"{sandbox.control}/events?after=1") as response:
        assert await events(response, 1) == [{"seq": 2, "chat_id": ana.id, "kind": "message"}]
        await phones.advance(1)
        await phones.fault("500", method="none")
        assert [event["kind"] for event in await events(response, 2)] == ["clock", "faults"]


async def test_a_page_of_an_older_run_gets_everything(sandbox: Sandbox, api: Api, ana: Person) -> None:
    async with api.session.get(f"{sandbox.control}/events?after=999999") as response:
        assert [event["seq"] for event in await events(response, 2)] == [1, 2]


async def test_calls_are_logged_and_the_log_can_be_switched_off(
    sandbox: Sandbox, api: Api, phones: Telephones, ana: Person
) -> None:
    await api.ok("sendMessage", chat_id=ana.id, text="x")
    await api.refused("sendMessage", chat_id=ana.id, text="")
    calls = await phones.calls("sendMessage")
    assert [(call["status"], call["params"]["text"]) for call in calls] == [(200, "x"), (400, "")]
    assert calls[1]["error"] == "Bad Request: message text is empty"
    async with api.session.put(f"{sandbox.control}/calls", json={"on": False}):
        await api.ok("getMe")
    assert await phones.calls("getMe") == []


async def test_a_chat_can_be_waited_for(api: Api, phones: Telephones, ana: Person) -> None:
    waiting = asyncio.create_task(phones.expect(ana.id, lambda bubble: "there" in bubble.text))
    await api.ok("sendMessage", chat_id=ana.id, text="not yet")
    await api.ok("sendMessage", chat_id=ana.id, text="there")
    assert (await waiting).text == "there"
    with pytest.raises(AssertionError, match="the bot said \\['not yet', 'there'\\]"):
        await phones.expect(ana.id, lambda bubble: bubble.text == "never", seconds=0.05)


async def test_reset_empties_everything_but_ids_go_on(api: Api, phones: Telephones, ana: Person) -> None:
    before = await api.ok("sendMessage", chat_id=ana.id, text="x")
    await phones.reset()
    state = await phones.state()
    assert (state["users"], state["chats"], await phones.pending()) == ([], [], 0)
    ben = await phones.user("Ben")
    sent = await phones.start(ben.id)
    assert sent.message is not None
    assert sent.message.id > before["message_id"]


async def test_nonsense_is_answered_in_a_sentence(sandbox: Sandbox, api: Api, phones: Telephones) -> None:
    with pytest.raises(ControlError, match="there is no such person"):
        await phones.send(5, "hello")
    async with api.session.post(f"{sandbox.control}/users", data=b"{") as response:
        assert response.status == 400
        assert "this is not JSON" in (await response.json())["error"]


async def test_the_page_is_served(sandbox: Sandbox, api: Api) -> None:
    for path in ("/", "/page/index.html"):
        async with api.session.get(sandbox.url + path) as response:
            assert (response.status, response.content_type) == (200, "text/html")


async def test_a_script_plays_shows_its_caption_and_can_be_stopped() -> None:
    async def day(stage: Stage) -> None:
        stage.show("Morning at Maple House", step=1, of=9)
        await asyncio.Event().wait()

    async with Sandbox(clock=SystemClock(), script=day) as sandbox, Telephones(sandbox.url) as phones:
        await phones.script(running=True)
        script = (await phones.state())["script"]
        assert (script["running"], script["caption"], script["step"], script["of"]) == (
            True,
            "Morning at Maple House",
            1,
            9,
        )
        with pytest.raises(ControlError, match="running already"):
            await phones.script(running=True)
        await phones.script(running=False)
        assert not (await phones.state())["script"]["running"]


async def test_an_error_in_a_script_is_shown() -> None:
    async def day(stage: Stage) -> None:
        raise LookupError("nobody home")

    async with Sandbox(clock=SystemClock(), script=day) as sandbox, Telephones(sandbox.url) as phones:
        await phones.script(running=True)
        script = (await phones.state())["script"]
        assert (script["running"], script["error"]) == (False, "LookupError: nobody home")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::"])  # noqa: S104 - to be refused
def test_the_sandbox_listens_on_this_machine_only(host: str) -> None:
    with pytest.raises(ValueError, match="this machine only"):
        Sandbox(clock=SystemClock(), host=host)


async def test_closing_lets_go_of_polls_and_streams_at_once() -> None:
    loop = asyncio.get_running_loop()
    async with aiohttp.ClientSession() as session:
        async with Sandbox(clock=SystemClock()) as sandbox, Telephones(sandbox.url) as phones:
            poll = asyncio.create_task(session.get(f"{sandbox.url}/bot{TOKEN}/getUpdates?timeout=50"))
            stream = await session.get(f"{sandbox.control}/events")
            while not await phones.polling():
                pass
            begun = loop.time()
        assert loop.time() - begun < 0.5
        assert (await (await poll).json())["result"] == []
        await stream.read()


async def test_the_port_is_free_again_after_closing() -> None:
    async with Sandbox(clock=SystemClock()) as sandbox:
        port = int(sandbox.url.rpartition(":")[2])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0
    async with Sandbox(clock=SystemClock(), port=port) as again:
        assert again.url == sandbox.url
