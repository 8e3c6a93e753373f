"""Every story happens in a house of its own, on this machine only, and nothing said in it may be missed."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from dialogs.library import Library, open_library
from tests.storage.conftest import Server, postgres, postgres_template, sqlite_template
from tests.support.house import House, open_house
from tests.support.loopback import only_loopback

__all__ = ["postgres", "postgres_template", "sqlite_template"]


@pytest.fixture(scope="session")
def library() -> Library:
    return open_library()


@pytest.fixture(autouse=True)
def stay_on_this_machine(request: pytest.FixtureRequest) -> Iterator[None]:
    with only_loopback(request.node.nodeid):
        yield


@pytest.fixture
async def house(library: Library, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[House]:
    """A house on SQLite."""
    path = tmp_path / "hearth.db"
    shutil.copy(sqlite_template, path)
    async with open_house(f"sqlite+aiosqlite:///{path}", library) as house:
        yield house
        await house.nothing_was_missed()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_server(request: pytest.FixtureRequest) -> Server:
    """What makes databases: of one kind, and of the other."""
    if request.param == "sqlite":
        return Server(None, request.getfixturevalue("sqlite_template"))
    return Server(request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template"))


@pytest.fixture
async def house_on_either(either_server: Server, library: Library, tmp_path: Path) -> AsyncIterator[House]:
    """The same on SQLite and on PostgreSQL."""
    async with either_server.database(tmp_path, empty=False) as url, open_house(url, library) as house:
        yield house
        await house.nothing_was_missed()
