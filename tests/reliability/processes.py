"""Real processes: a Telegram that lives through everything, and a bot that is killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from storage.sealing import new_key

TOKEN = "123:abcdefghijklmnopqrstuvwxyz"
ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def sandbox_process(*options: str) -> AsyncIterator[str]:
    """A sandbox in a process of its own; its address."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", "--port", "0", *options, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(30):
            url = (await process.stdout.readline()).decode().strip()
        assert url, "the sandbox did not start"
        yield url
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


def settings_for(folder: Path, url: str, **more: str) -> dict[str, str]:
    """The environment of a bot whose database stands in this folder; limits are out of the way."""
    return {
        "HEARTH_BOT_TOKEN": TOKEN,
        "HEARTH_BOT_API_URL": url,
        "HEARTH_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'hearth.db'}",
        "HEARTH_SECRET_KEYS": new_key(),
        "HEARTH_SENDS_PER_SECOND": "1000",
        "HEARTH_SENDS_PER_CHAT": "1000",
        "HEARTH_CHAT_BURST": "1000",
        "HEARTH_SYNCHRONOUS": "FULL",
        **more,
    }


class BotProcess:
    """`hearth run` in a process of its own, which can be started, killed and asked to stop, again and again.

    What it writes to standard error is kept in `log`, over all its lives.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.log = folder / "bot.log"
        self.database = folder / "hearth.db"
        self.database_url = environment["HEARTH_DATABASE_URL"]
        self._folder = folder
        self.environment = environment
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, *arguments: str) -> None:
        """A new life; returns at once, long before it is up."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", *(arguments or ("run",)),
                cwd=self._folder, env={**inherited, "PYTHONPATH": str(ROOT), **self.environment},
                stdout=log, stderr=log,
            )  # fmt: skip

    async def kill(self) -> None:
        """SIGKILL: no farewell. Fails if it had ended by itself."""
        process = self._living()
        process.kill()
        await process.wait()

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        process = self._living()
        process.send_signal(signal.SIGTERM)
        return await process.wait()

    async def ended(self) -> int:
        """Waits for its own end; the exit code."""
        assert self._process is not None
        return await self._process.wait()

    async def away(self) -> None:
        """Makes sure that nothing is left of it."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def _living(self) -> asyncio.subprocess.Process:
        process = self._process
        assert process is not None
        assert process.returncode is None, f"the bot ended by itself ({process.returncode}):\n{self.last_words()}"
        return process

    def last_words(self) -> str:
        """The end of the log."""
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""
