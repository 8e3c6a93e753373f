"""A simulated quarter: does the first offer help more than any skill that fits? `python -m tests.simulations.quarter`

The same people, with the same habits, live the same ninety days twice: once they take the first offer, once one of
the fitting skills by chance. What is compared is the mean drop of their ratings.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import fmean
from typing import Final, TypeAlias

from bot.care.skills.offers import Known, offers
from dialogs.library import open_library
from tests.simulations.habits import Habits, house_of

DAYS: Final = 90
PEOPLE: Final = 200
HOUSE: Final = 20
"""People in one house."""

Drops: TypeAlias = Mapping[str, Sequence[float]]
Choose: TypeAlias = Callable[[str, Drops, Drops, int], str]


@dataclass(frozen=True, slots=True)
class Quarter:
    """Mean drops over a quarter: all of it, and its first and last thirty days."""

    all: float
    first: float
    last: float


def skills_of_the_house() -> list[Known]:
    """Every real skill for a hard hour."""
    return [
        Known(name=skill.dialog, helps_with=skill.helps_with, minutes=skill.minutes or 0)
        for skill in open_library().skills
        if skill.helps_with[0] != "planning"
    ]


def live(houses: Sequence[Sequence[Habits]], choose: Choose, days: int, chance: Random) -> Quarter:
    """What a quarter brings when skills are chosen like this."""
    drops: list[list[float]] = [[] for _ in range(days)]
    for house in houses:
        known: list[defaultdict[str, list[float]]] = [defaultdict(list) for _ in house]
        for day in range(days):
            for at, person in enumerate(house):
                if chance.random() < person.each_day:
                    skill = choose(chance.choice(person.troubles), known[at], _others(known, at), day)
                    before, after = person.rate(skill, chance)
                    known[at][skill].append(before - after)
                    drops[day].append(before - after)
    third = days // 3
    return Quarter(all=_mean(drops), first=_mean(drops[:third]), last=_mean(drops[-third:]))


def compare(people: int, days: int, seed: int) -> tuple[Quarter, Quarter]:
    """The quarter by the first offer, and the one by chance."""
    skills = skills_of_the_house()
    houses = [house_of(HOUSE, skills, Random(f"{seed} {at}")) for at in range(people // HOUSE)]  # noqa: S311 - a simulation

    def first_offer(trouble: str, mine: Drops, others: Drops, day: int) -> str:
        return offers(trouble, skills, mine, others, day)[0].skill

    any_choice = Random(seed)  # noqa: S311 - a simulation

    def by_chance(trouble: str, _mine: Drops, _others: Drops, _day: int) -> str:
        return any_choice.choice([skill.name for skill in skills if trouble in skill.helps_with])

    return (
        live(houses, first_offer, days, Random(seed)),  # noqa: S311 - as above
        live(houses, by_chance, days, Random(seed)),  # noqa: S311 - as above
    )


def _others(known: Sequence[Drops], me: int) -> Drops:
    """One mean drop for each other person, by skill."""
    house: defaultdict[str, list[float]] = defaultdict(list)
    for at, drops in enumerate(known):
        if at != me:
            for skill, each in drops.items():
                house[skill].append(fmean(each))
    return house


def _mean(days: Sequence[Sequence[float]]) -> float:
    return fmean([drop for day in days for drop in day] or [0.0])


def main() -> None:
    """Prints both quarters."""
    offered, random = compare(PEOPLE, DAYS, seed=7)
    for name, quarter in (("the first offer", offered), ("any that fits", random)):
        line = (
            f"{name:16} mean drop {quarter.all:.2f} (first month {quarter.first:.2f}, last month {quarter.last:.2f})"
        )
        print(line)  # noqa: T201 - it is what this command is for


if __name__ == "__main__":
    main()
