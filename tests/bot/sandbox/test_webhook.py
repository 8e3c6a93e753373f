"""Delivery to a web address."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.client import Telephones
from bot.sandbox.phone import Person
from tests.bot.sandbox.conftest import Api


@dataclass
class Receiver:
    """A web address that answers as it is told, and remembers what came."""

    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    came: asyncio.Queue[tuple[str | None, dict[str, Any]]] = field(default_factory=asyncio.Queue)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        """One delivery; taps are answered at once, messages wait at the gate."""
        update = await request.json()
        self.came.put_nowait((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), update))
        if "message" in update:
            await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def next(self) -> dict[str, Any]:
        """The next update that came."""
        async with asyncio.timeout(5):
            return (await self.came.get())[1]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    receiver.gate.set()
    app = web.Application()
    app.router.add_post("/hook", receiver.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiver
    receiver.gate.set()
    await runner.cleanup()


async def test_updates_are_delivered_with_the_secret(
    api: Api, phones: Telephones, ana: Person, receiver: Receiver
) -> None:
    await phones.send(ana.id, "before")
    await api.ok("setWebhook", url=receiver.url, secret_token="s3cret", max_connections=7)
    await phones.send(ana.id, "after")
    async with asyncio.timeout(5):
        deliveries = [await receiver.came.get(), await receiver.came.get()]
    assert [(secret, update["message"]["text"]) for secret, update in deliveries] == [
        ("s3cret", "before"),
        ("s3cret", "after"),
    ]
    info = await api.ok("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (receiver.url, 7)


async def test_polling_is_refused_while_a_webhook_is_set(api: Api, ana: Person, receiver: Receiver) -> None:
    await api.ok("setWebhook", url=receiver.url)
    assert (await api.refused("getUpdates")).startswith("Conflict: can't use getUpdates method while webhook")
    await api.ok("deleteWebhook")
    assert await api.updates() == []


async def test_a_failed_delivery_is_tried_again_when_it_was_asked_to_be(
    api: Api, phones: Telephones, ana: Person, receiver: Receiver
) -> None:
    receiver.answers.append(web.Response(status=503, headers={"Retry-After": "1"}))
    await api.ok("setWebhook", url=receiver.url)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await phones.send(ana.id, "hello")
    assert await receiver.next() == await receiver.next()
    assert loop.time() - begun >= 0.99
    assert "503" in (await api.ok("getWebhookInfo"))["last_error_message"]


async def test_messages_of_a_chat_come_one_at_a_time_and_taps_pass_them(
    api: Api, phones: Telephones, ana: Person, receiver: Receiver
) -> None:
    button = {"inline_keyboard": [[{"text": "ok", "callback_data": "ok"}]]}
    message = await api.ok("sendMessage", chat_id=ana.id, text="x", reply_markup=button)
    receiver.gate.clear()
    await api.ok("setWebhook", url=receiver.url)
    await phones.send(ana.id, "one")
    await phones.send(ana.id, "two")
    await phones.tap(ana.id, message["message_id"], "ok")
    assert (await receiver.next())["message"]["text"] == "one"
    assert "callback_query" in await receiver.next()
    assert receiver.came.empty()
    receiver.gate.set()
    assert (await receiver.next())["message"]["text"] == "two"


async def test_only_addresses_of_this_machine_and_well_formed_secrets_are_taken(api: Api) -> None:
    assert "bad webhook" in await api.refused("setWebhook", url="https://example.org/hook")
    wrong = {"url": "http://127.0.0.1:1/hook", "secret_token": "no spaces"}
    assert "secret token contains unallowed" in await api.refused("setWebhook", **wrong)
