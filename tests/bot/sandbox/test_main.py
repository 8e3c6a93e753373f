"""`python -m bot.sandbox`, killed and started again."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from bot.sandbox.client import Telephones


async def start(store: Path) -> tuple[Process, str]:
    """The sandbox as a process of its own, and its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.sandbox", "--port", "0", "--store", str(store)), stdout=PIPE
    )
    assert process.stdout is not None
    async with asyncio.timeout(20):
        return process, (await process.stdout.readline()).decode().strip()


async def test_a_killed_sandbox_goes_on_where_its_last_snapshot_stopped(tmp_path: Path) -> None:
    store = tmp_path / "telegram.json"
    process, url = await start(store)
    async with Telephones(url) as phones:
        ana = await phones.user("Ana")
        said = await phones.start(ana.id)
        async with asyncio.timeout(5):
            while not store.exists():  # noqa: ASYNC110 - a file has no event to wait for
                await asyncio.sleep(0.01)
    process.kill()
    await process.wait()
    process, url = await start(store)
    async with Telephones(url) as phones:
        assert [bubble.text for bubble in (await phones.chat(ana.id)).messages] == ["/start"]
        assert await phones.pending() == 1
        again = await phones.send(ana.id, "hello")
    assert said.update_id is not None
    assert again.update_id == said.update_id + 1
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
