"""What was read in one unit of work is not asked again until something is written."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from storage.database import Database
from storage.sealing import Keyring
from tests.storage.support import maple, new_id


@contextmanager
def reads() -> Iterator[list[str]]:
    """Every SELECT that the database is asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_what_was_read_is_not_asked_again(db: Database) -> None:
    async with db.write() as work:
        with reads() as asked:
            assert await work.settings.get("bot_username") is None
            assert await work.settings.get("bot_username") is None
            assert len(asked) == 1
            await work.settings.get("another")
            assert len(asked) == 2


async def test_what_is_written_is_seen_by_the_next_look(db: Database) -> None:
    async with db.write() as work:
        assert await work.settings.get("bot_username") is None
        await work.settings.set("bot_username", "hearth_bot")
        assert await work.settings.get("bot_username") == "hearth_bot"
        house = maple()
        await work.houses.add(house)
        assert await work.switches.off(house.id) == frozenset()
        await work.switches.set(new_id(), house.id, "tips", on=False)
        assert await work.switches.off(house.id) == {"tips"}


async def test_another_unit_of_work_looks_for_itself(db: Database) -> None:
    async with db.read() as work:
        assert await work.settings.get("bot_username") is None
    async with db.write() as work:
        await work.settings.set("bot_username", "hearth_bot")
        await work.commit()
        with reads() as asked:
            assert await work.settings.get("bot_username") == "hearth_bot"
            assert asked  # a commit ends what was known
    async with db.read() as work:
        assert await work.settings.get("bot_username") == "hearth_bot"


@pytest.fixture
async def on_a_file(sqlite_template: Path, tmp_path: Path, keyring: Keyring) -> Path:
    """A file with tables and keys in it."""
    path = tmp_path / "hearth.db"
    shutil.copy(sqlite_template, path)
    async with Database(f"sqlite:///{path}", keyring):
        return path


async def test_a_lock_of_another_process_is_waited_for(on_a_file: Path, keyring: Keyring) -> None:
    async with Database(f"sqlite:///{on_a_file}", keyring) as db:
        other = sqlite3.connect(on_a_file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        async def write() -> None:
            async with db.write() as work:
                await work.settings.set("bot_username", "hearth_bot")
                await work.commit()

        writing = asyncio.create_task(write())
        for _ in range(50):  # the loop is free meanwhile: others are served
            await asyncio.sleep(0)
        assert not writing.done()
        other.execute("ROLLBACK")
        other.close()
        await writing
        async with db.read() as work:
            assert await work.settings.get("bot_username") == "hearth_bot"


async def test_a_write_that_is_cancelled_while_it_waits_leaves_nothing_behind(
    on_a_file: Path, keyring: Keyring
) -> None:
    async with Database(f"sqlite:///{on_a_file}", keyring) as db:
        other = sqlite3.connect(on_a_file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        async def write(name: str) -> None:
            async with db.write() as work:
                await work.settings.set("bot_username", name)
                await work.commit()

        waiting = asyncio.create_task(write("lost"))
        for _ in range(50):
            await asyncio.sleep(0)
        waiting.cancel()
        other.execute("ROLLBACK")
        other.close()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await write("kept")
        async with db.read() as work:
            assert await work.settings.get("bot_username") == "kept"
