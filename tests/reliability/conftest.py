"""A house whose bot runs in this process, for tests that look inside."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from dialogs.library import Library, open_library
from tests.support.house import House, open_house
from tests.support.loopback import only_loopback


@pytest.fixture(autouse=True)
def _on_this_machine(request: pytest.FixtureRequest) -> Iterator[None]:
    with only_loopback(request.node.name):
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    """The real content, read once."""
    return open_library()


@pytest.fixture
async def house(tmp_path: Path, library: Library) -> AsyncIterator[House]:
    """A house nobody lives in yet."""
    async with open_house(f"sqlite+aiosqlite:///{tmp_path / 'hearth.db'}", library) as opened:
        yield opened
