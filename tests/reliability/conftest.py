"""A house whose bot runs in this process, for tests that look inside."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from dialogs.library import Library, open_library
from tests.reliability.bench import Bench, at_the_bench
from tests.storage.conftest import sqlite_template
from tests.support.house import House, open_house
from tests.support.loopback import only_loopback

__all__ = ["sqlite_template"]


@pytest.fixture(autouse=True)
def _on_this_machine(request: pytest.FixtureRequest) -> Iterator[None]:
    with only_loopback(request.node.name):
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    """The real content, read once."""
    return open_library()


@pytest.fixture
async def house(tmp_path: Path, sqlite_template: Path, library: Library) -> AsyncIterator[House]:
    """A house nobody lives in yet."""
    shutil.copy(sqlite_template, tmp_path / "hearth.db")
    async with open_house(f"sqlite+aiosqlite:///{tmp_path / 'hearth.db'}", library) as opened:
        yield opened


@pytest.fixture
async def bench(tmp_path: Path, sqlite_template: Path, library: Library) -> AsyncIterator[Bench]:
    """A bot without HTTP, and a small house."""
    async with at_the_bench(tmp_path, sqlite_template, library) as set_up:
        yield set_up
