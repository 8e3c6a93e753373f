"""A bot that listens: a sandbox that brings it updates, phones, and the address it listens at."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App, build
from bot.clock import SystemClock
from bot.sandbox.client import Telephones
from bot.sandbox.limits import Limits
from bot.sandbox.server import Sandbox
from bot.settings import read_settings

TOKEN = "123:abcdefghijklmnopqrstuvwxyz"
SECRET = "a-secret-of-the-tests"


@pytest.fixture
async def world(tmp_path: Path, unused_tcp_port: int) -> AsyncIterator[tuple[App, Telephones, str]]:
    base = f"http://127.0.0.1:{unused_tcp_port}"
    async with Sandbox(clock=SystemClock(), limits=Limits(off=True)) as sandbox, Telephones(sandbox.url) as phones:
        settings = read_settings(
            bot_token=TOKEN,
            bot_api_url=sandbox.url,
            database_url=f"sqlite+aiosqlite:///{tmp_path / 'hearth.db'}",
            webhook_url=base,
            webhook_secret=SECRET,
            listen=f"127.0.0.1:{unused_tcp_port}",
            synchronous="OFF",
        )
        async with build(settings) as app:
            yield app, phones, base
