"""What every row has at hand."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.clock import Clock
from tests.benchmarks.bots import Bot, hearth
from tests.benchmarks.databases import Databases
from tests.benchmarks.harness import Command, Running, StandIn, running

POOL: Final = 20_000
"""People in the house of the turns: everybody checks in once, as one does."""


@dataclass(slots=True)
class Bench:
    """The stand-in, the databases, and how often each figure is taken."""

    against: StandIn
    databases: Databases
    clock: Clock
    folder: Path
    rounds: int
    _runs: int = 0

    def room(self) -> Path:
        """A folder of its own for the next run."""
        self._runs += 1
        room = self.folder / f"run-{self._runs}"
        room.mkdir()
        return room

    @contextmanager
    def run(self, command: Command, room: Path) -> Iterator[Running]:
        """A bot that polls."""
        with running(command, self.against, room, self.clock.pace) as bot:
            yield bot

    def command(self, bot: Bot, room: Path) -> Command:
        """How this peer is started."""
        return bot.command(self.against.url, room)

    def hearth(self, database_url: str, *, overall: int = 10_000) -> Command:
        """How Hearth is started."""
        return hearth(self.against.url, database_url, self.databases.keys, overall=overall)

    def rest(self, seconds: float) -> None:
        """The bot warms up."""
        asyncio.run(asyncio.sleep(seconds))
