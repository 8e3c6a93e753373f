"""The snapshot: a restart goes on where it stopped."""

import asyncio
from pathlib import Path

import orjson

from bot.clock import SystemClock
from bot.sandbox import Limits, Sandbox
from bot.sandbox.client import Telephones
from tests.bot.sandbox.conftest import Api
from tests.bot.sandbox.test_sending import PNG


async def test_everything_survives_a_restart(tmp_path: Path) -> None:
    store = tmp_path / "telegram.json"
    async with (
        Sandbox(clock=SystemClock(), store=store, limits=Limits(off=True)) as sandbox,
        Telephones(sandbox.url) as phones,
    ):
        api = Api(sandbox.url)
        ana = await phones.user("Ana", title="Mentor")
        await phones.start(ana.id)
        await phones.media(ana.id, "photo", PNG)
        await api.ok("setMyCommands", commands=[{"command": "sos", "description": "Help now"}])
        keys = {"keyboard": [["SOS"]]}
        await api.ok("sendMessage", chat_id=ana.id, text="<b>hi</b>", parse_mode="HTML", reply_markup=keys)
        await phones.advance(3600)
        chat, state, updates = await phones.chat(ana.id), await phones.state(), await api.updates()
        await api.session.close()

    clock = SystemClock()
    async with Sandbox(clock=clock, store=store) as sandbox, Telephones(sandbox.url) as phones:
        api = Api(sandbox.url)
        again = await phones.state()
        assert await phones.chat(ana.id) == chat
        assert [again[name] for name in ("users", "chats", "bot", "seq")] == [
            state[name] for name in ("users", "chats", "bot", "seq")
        ]
        assert await api.updates() == updates
        assert 3599 < clock.offset.total_seconds() < 3601
        sent = await phones.send(ana.id, "still here")
        assert sent.update_id == updates[-1]["update_id"] + 1
        await api.session.close()


async def test_a_change_is_on_disk_within_a_second(tmp_path: Path) -> None:
    store = tmp_path / "telegram.json"
    async with Sandbox(clock=SystemClock(), store=store) as sandbox, Telephones(sandbox.url) as phones:
        await phones.user("Ana")
        async with asyncio.timeout(1):
            while not store.exists():  # noqa: ASYNC110 - a file has no event to wait for
                await asyncio.sleep(0.01)
        assert orjson.loads(store.read_bytes())["world"]["users"][0]["first_name"] == "Ana"
