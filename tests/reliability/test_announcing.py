"""Six hundred hear of it; `make announcing` tells ten thousand."""

from pathlib import Path

import pytest

from dialogs.library import Library
from tests.reliability.announcing import Plan, run


@pytest.mark.timeout(240)
@pytest.mark.parametrize("seed", [1, 2])
async def test_on_the_worst_of_days_each_recipient_has_one_outcome_and_nobody_gets_it_twice(
    tmp_path: Path, sqlite_template: Path, library: Library, seed: int
) -> None:
    accounts = await run(Plan(people=600, seed=seed), tmp_path, sqlite_template, library)

    assert not [each for account in accounts for each in account.broken]
