"""The world as a fixture; each folder of stories about people takes it into its conftest."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dialogs.library import Library, open_library
from storage import migrate
from storage.database import Database
from storage.sealing import Keyring
from tests.bot.membership.world import World


@pytest.fixture(scope="session")
def library() -> Library:
    return open_library()


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy: the migrations run once."""
    path = tmp_path_factory.mktemp("world") / "template.db"
    asyncio.run(migrate.upgrade(f"sqlite:///{path}"))
    return path


@pytest.fixture
async def world(library: Library, empty_database: Path, tmp_path: Path) -> AsyncIterator[World]:
    path = tmp_path / "hearth.db"
    shutil.copy(empty_database, path)
    async with Database(f"sqlite+aiosqlite:///{path}", Keyring([bytes(range(32))]), synchronous="OFF") as database:
        yield World(database, library)
