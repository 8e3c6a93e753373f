"""The bots under test, and what people say to each."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.harness import PEERS_PYTHON, TOKEN, Command

TYPED: Final = ("/checkin", "4", "2", "8", "none", "A walk by the river", "enough")
"""A command and six answers, in words: seven turns."""

HEARTH_TAPPED: Final = ("/checkin", "tap:🙂", "tap:2", "tap:8", "tap:Go on", "tap:Nothing", "tap:That's enough")
"""The same by buttons; each tap is answered and its message edited: two calls a turn instead of one."""

HEARTH_TYPED: Final = ("/checkin", "4", "2", "8", "tap:Go on", "A walk by the river", "tap:That's enough")
"""Typed wherever Hearth takes words; two steps are buttons only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """One bot: `command` is given the stand-in's address and a folder to work in."""

    name: str
    what: str
    script: tuple[str, ...]
    command: Callable[[str, Path], Command]


def _peer(module: str, python: str) -> Callable[[str, Path], Command]:
    def command(url: str, folder: Path) -> Command:
        return Command(
            arguments=(python, "-m", f"tests.benchmarks.peers.{module}"),
            environment={"BENCH_TOKEN": TOKEN, "BENCH_URL": url, "BENCH_FOLDER": str(folder)},
        )

    return command


def hearth(url: str, database_url: str, keys: str, *, overall: int) -> Command:
    """`hearth run`, with the limits raised so that the bot is measured and not its patience."""
    return Command(
        arguments=(sys.executable, "-m", "bot", "run"),
        environment={
            "HEARTH_BOT_TOKEN": TOKEN,
            "HEARTH_BOT_API_URL": url,
            "HEARTH_DATABASE_URL": database_url,
            "HEARTH_SECRET_KEYS": keys,
            "HEARTH_SENDS_PER_SECOND": str(overall),
            "HEARTH_SENDS_PER_CHAT": "1000",
            "HEARTH_CHAT_BURST": "1000",
            "HEARTH_SYNCHRONOUS": "FULL",
        },
    )


LIMIT: Final = Bot(
    name="d", what="bare PTB echo over Hearth's transport", script=TYPED, command=_peer("ptb_echo", sys.executable)
)
BARE: Final = Bot(name="bare", what="bare PTB bot", script=TYPED, command=_peer("ptb_bare", sys.executable))
PEERS: Final = (
    Bot(
        name="a",
        what="PTB ConversationHandler + PicklePersistence",
        script=TYPED,
        command=_peer("ptb_conversation", sys.executable),
    ),
    Bot(
        name="b",
        what="aiogram 3 FSM, memory",
        script=TYPED,
        command=_peer("aiogram_memory", str(PEERS_PYTHON)),
    ),
    Bot(
        name="c",
        what="aiogram 3 FSM + a SQLite write a step",
        script=TYPED,
        command=_peer("aiogram_sqlite", str(PEERS_PYTHON)),
    ),
)
