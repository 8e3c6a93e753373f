"""Ten kills and twenty people; `make kill-storm` is a hundred and two hundred."""

from pathlib import Path

import pytest

from tests.reliability.storm import Plan, run


@pytest.mark.timeout(300)
async def test_nothing_is_lost_and_nothing_is_said_twice_while_the_bot_is_killed_again_and_again(
    tmp_path: Path,
) -> None:
    audit = await run(Plan(kills=10, people=20, seed=3, think=0.4, deadline=280), tmp_path)

    assert not audit.broken, audit.table()
