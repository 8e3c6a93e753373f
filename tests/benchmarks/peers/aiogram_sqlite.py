"""Peer (c): aiogram 3, with one SQLite write a step, over one connection that stays open."""

import os
from pathlib import Path

import aiosqlite

from tests.benchmarks.peers.aiogram_checkin import checkin, run


class Answers:
    """A table of answers; every one is committed before the next question goes out."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: aiosqlite.Connection | None = None

    async def open(self) -> None:
        self._connection = await aiosqlite.connect(self._file)
        # Kinder than the default, which waits for the disk twice as often; a commit is as durable (FULL).
        await self._connection.execute("PRAGMA journal_mode = WAL")
        await self._connection.execute("CREATE TABLE IF NOT EXISTS answers (person INTEGER, step TEXT, words TEXT)")
        await self._connection.commit()

    async def keep(self, person: int, step: str, words: str) -> None:
        assert self._connection is not None
        await self._connection.execute("INSERT INTO answers VALUES (?, ?, ?)", (person, step, words))
        await self._connection.commit()


if __name__ == "__main__":
    answers = Answers(Path(os.environ["BENCH_FOLDER"]) / "answers.db")
    run(checkin(answers.keep), before=answers.open)
