"""A folder nobody has started `hearth` in yet."""

from pathlib import Path

import pytest

from tests.bot.commands.hearth import Hearth


@pytest.fixture
def hearth(tmp_path: Path) -> Hearth:
    return Hearth(tmp_path, {})
