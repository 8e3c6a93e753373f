"""`hearth run` against the sandbox: it answers, links its invites, and leaves quickly without losing anything."""

import asyncio
import re
import signal
from collections.abc import AsyncIterator

import pytest

from bot.clock import SystemClock
from bot.sandbox.client import Telephones
from bot.sandbox.limits import Limits
from bot.sandbox.server import Sandbox
from tests.bot.commands.hearth import Hearth

IN_TIME = 5.0
"""Seconds in which it has to be gone."""


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(clock=SystemClock(), limits=Limits(off=True)) as sandbox:
        yield sandbox


@pytest.fixture
async def phones(sandbox: Sandbox) -> AsyncIterator[Telephones]:
    async with Telephones(sandbox.url) as phones:
        yield phones


@pytest.fixture
def hearth(hearth: Hearth, sandbox: Sandbox) -> Hearth:
    told = {"HEARTH_BOT_TOKEN": "1000001:of-no-value", "HEARTH_BOT_API_URL": sandbox.url}
    return Hearth(hearth.folder, told)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_answers_and_what_came_while_it_left_is_answered_by_the_next(
    hearth: Hearth, phones: Telephones, number: signal.Signals
) -> None:
    kim = await phones.user("Kim")
    bot = await hearth.start("run")
    await phones.start(kim.id)
    await phones.expect(kim.id, lambda bubble: "this is Hearth" in bubble.text, seconds=20)
    await phones.send(kim.id, "one more thing")
    bot.send_signal(number)
    async with asyncio.timeout(IN_TIME):
        said, complained = await bot.communicate()
    assert (bot.returncode, b"Traceback" in said + complained) == (0, False)
    await phones.send(kim.id, "and another")
    bot = await hearth.start("run")
    async with asyncio.timeout(20):
        while await phones.pending() or len((await phones.chat(kim.id)).said) < 3:
            pass
    bot.send_signal(signal.SIGTERM)
    async with asyncio.timeout(IN_TIME):
        await bot.communicate()
    assert (bot.returncode, len((await phones.chat(kim.id)).said)) == (0, 3)


async def test_an_invite_is_a_link_to_the_bot_whose_token_is_set(hearth: Hearth) -> None:
    ended = await hearth("invite", "--house", "Maple House", "--role", "staff")
    assert re.search(r"^https://t\.me/HearthSandboxBot\?start=[A-Z2-7]{16}$", ended.said, re.MULTILINE)
    assert ended.code == 0


async def test_a_bot_api_that_is_not_there_is_one_sentence_and_exit_code_1(hearth: Hearth) -> None:
    ended = await hearth("run", HEARTH_BOT_API_URL="http://127.0.0.1:9")
    assert "The Bot API can't be reached" in ended.complained
    assert "Traceback" not in ended.complained
    assert ended.code == 1
