"""A sandbox on an ephemeral port, the phones, and a bot that is nothing but calls."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson
import pytest

from bot.clock import SystemClock
from bot.sandbox import Limits, Sandbox
from bot.sandbox.client import Telephones
from bot.sandbox.phone import Person

TOKEN = "4242:sandbox"


@dataclass
class Api:
    """The Bot API, called by hand over HTTP."""

    url: str
    session: aiohttp.ClientSession = field(default_factory=aiohttp.ClientSession)

    async def call(self, method: str, **params: Any) -> dict[str, Any]:  # JSON both ways
        """The whole answer, errors too; its status is checked to say the same."""
        address = f"{self.url}/bot{TOKEN}/{method}"
        async with self.session.post(address, json=params) as response:
            answer: dict[str, Any] = orjson.loads(await response.read())
            assert response.status == answer.get("error_code", 200)
            return answer

    async def ok(self, method: str, **params: Any) -> Any:  # whatever the method gives
        """The result of a call that must succeed."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> str:  # JSON in
        """The description of a call that must fail."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def updates(self, offset: int = 0, wait: int = 0) -> list[dict[str, Any]]:
        """What getUpdates gives."""
        found: list[dict[str, Any]] = await self.ok("getUpdates", offset=offset, timeout=wait)
        return found


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=SystemClock(), limits=Limits(off=True), first_update_id=1000) as sandbox:
        yield sandbox


@pytest.fixture
async def phones(sandbox: Sandbox) -> AsyncIterator[Telephones]:
    async with Telephones(sandbox.url) as phones:
        yield phones


@pytest.fixture
async def api(sandbox: Sandbox) -> AsyncIterator[Api]:
    api = Api(sandbox.url)
    yield api
    await api.session.close()


@pytest.fixture
async def ana(phones: Telephones, api: Api) -> Person:
    """Somebody who has pressed START, which the bot has heard."""
    ana = await phones.user("Ana", id=77, language_code="es")
    await phones.start(ana.id)
    await api.updates(offset=1001)
    return ana
