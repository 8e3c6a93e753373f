"""A small quarter, for every run: three houses, half a quarter, several seeds."""

import pytest

from tests.simulations.quarter import HOUSE, compare


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_offered_first_helps_more_than_any_skill_that_fits(seed: int) -> None:
    offered, random = compare(people=3 * HOUSE, days=45, seed=seed)
    assert offered.all > random.all + 0.2
    assert offered.last > offered.first


def test_the_first_days_without_any_experience_are_no_worse_than_chance() -> None:
    months = [compare(people=2 * HOUSE, days=9, seed=seed) for seed in range(6)]
    assert sum(offered.all for offered, _ in months) >= sum(random.all for _, random in months) - 0.6
