"""The same storm against what people would pick instead: how many messages nobody answered.

    python -m tests.reliability.peer_storm --kills 100 --people 200 --seed 1

Each peer polls as its own documentation shows it, and is killed at the same seeded moments as Hearth is. People do
its six-step check-in again and again, in words. Whoever hears nothing for a while, or is asked something else than
what comes next, begins again; nothing is sent twice, so what went unanswered was lost.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bot.sandbox.client import Telephones
from tests.benchmarks.bots import PEERS, TYPED, Bot
from tests.benchmarks.harness import PEERS_PYTHON
from tests.reliability.processes import ROOT, sandbox_process

QUESTIONS = (
    "How are you right now",
    "How strong is any craving",
    "How sure are you",
    "Are you hungry",
    "Is there one thing",
    "Thank you. Something good",
    "Take care of yourself",
)
"""What a peer says to each of the words of the script."""

_ON_ONE_LINE = 40
_PATIENCE = 30.0
"""Seconds: a start takes a few, so whoever heard nothing for so long will hear nothing any more."""

_BEFORE_IT_IS_UP = 20.0


@dataclass(slots=True, kw_only=True)
class Peer:
    """A peer in a process of its own, killed and started again."""

    bot: Bot
    url: str
    folder: Path
    _process: asyncio.subprocess.Process | None = None
    fell: int = 0

    async def start(self) -> None:
        """A new life. One that ended by itself, instead of being killed, counts as a fall."""
        command = self.bot.command(self.url, self.folder)
        with (self.folder / "peer.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *command.arguments, cwd=ROOT, env={**os.environ, **command.environment}, stdout=log, stderr=log
            )

    async def kill(self) -> None:
        """SIGKILL."""
        process = self._process
        if process is None:
            return
        if process.returncode is None:
            process.kill()
        else:
            self.fell += 1
        await process.wait()


@dataclass(slots=True, kw_only=True)
class Count:
    """What came of it."""

    sent: int = 0
    unanswered: int = 0
    astray: int = 0
    begun: int = 0
    done: int = 0
    kills: int = 0
    over: bool = False

    def row(self, name: str, fell: int) -> str:
        """A row of the table."""
        lost = f"{self.unanswered} ({100 * self.unanswered / max(1, self.sent):.1f} %)"
        return (
            f"| {name} | {self.kills} | {self.sent} | {lost} | {self.astray} | {self.done} / {self.begun} | {fell} |"
        )


HEAD = (
    "| bot | kills | messages sent | never answered | out of step | check-ins done / begun | would not start |\n"
    "|---|---|---|---|---|---|---|"
)


async def _lives(phones: Telephones, number: int, *, count: Count, chance: Random, think: float) -> None:
    """One person's check-ins, one after the other, until the storm is over."""
    seen = 0
    while not count.over:
        count.begun += 1
        for word, question in zip(TYPED, QUESTIONS, strict=True):
            await asyncio.sleep(chance.uniform(0, think))
            await phones.send(number, word)
            count.sent += 1
            said, seen = await _answer(phones, number, seen)
            if said is None:
                count.unanswered += 1
                break
            if not said.startswith(question):
                count.astray += 1
                break
        else:
            count.done += 1


async def _answer(phones: Telephones, number: int, seen: int) -> tuple[str | None, int]:
    """What the bot says next, None if it stays silent for too long; and up to where the chat was read."""
    loop = asyncio.get_running_loop()
    until = loop.time() + _PATIENCE
    while (left := until - loop.time()) > 0:
        view = await phones.chat(number, after=seen, wait=min(2.0, left))
        seen = max(seen, view.seq)
        said = [each for each in view.messages if each.from_bot]
        if said:
            return said[-1].text, seen
    return None, seen


async def storm(bot: Bot, *, kills: int, people: int, seed: int, folder: Path) -> str:
    """One peer through one storm: its row of the table."""
    chance = Random(seed)  # noqa: S311 - repeatable on purpose
    count = Count()
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(sandbox_process("--no-limits"))
        phones = await stack.enter_async_context(Telephones(url))
        lines = [await stack.enter_async_context(Telephones(url)) for _ in range(0, people, _ON_ONE_LINE)]
        numbers = [(await phones.user(f"Person {each:03}", language_code="en")).id for each in range(people)]
        peer = Peer(bot=bot, url=url, folder=folder)
        await peer.start()
        stack.push_async_callback(peer.kill)
        await _up(phones)
        async with asyncio.TaskGroup() as group:
            for place, number in enumerate(numbers):
                own = Random(seed * 10_000 + number)  # noqa: S311 - repeatable on purpose
                think = max(0.3, people / 50)
                group.create_task(_lives(lines[place // _ON_ONE_LINE], number, count=count, chance=own, think=think))
            while count.kills < kills:
                if chance.random() < 0.3:
                    await asyncio.sleep(chance.uniform(0, 2))
                else:
                    await _up(phones)
                    await asyncio.sleep(chance.uniform(0, 1.2))
                await peer.kill()
                count.kills += 1
                await peer.start()
            count.over = True
    return count.row(f"({bot.name}) {bot.what}", peer.fell)


async def _up(phones: Telephones) -> None:
    """Waits until it listens; one that does not come up is not waited for."""
    for _ in range(int(_BEFORE_IT_IS_UP / 0.05)):
        if await phones.polling():
            return
        await asyncio.sleep(0.05)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the storm against every peer and prints what each lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability.peer_storm", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    if not PEERS_PYTHON.exists():
        parser.error("the peers are not installed; run: make kill-storm")
    sys.stdout.write(f"{HEAD}\n")
    for bot in PEERS:
        with tempfile.TemporaryDirectory() as folder:
            row = asyncio.run(
                storm(bot, kills=given.kills, people=given.people, seed=given.seed, folder=Path(folder))
            )
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
