"""People with seeded habits: what helps each of them is hidden, and shows only in what they rate.

A skill helps a person by what it does for most people, by how it fits what is going on, and by a liking of their
own. Ratings are whole numbers with a good deal of chance in them, as people's are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from bot.care.skills.offers import BEGIN_WITH, Known

_OF_MOST: Final = (1.8, 0.8)
_OF_ONE: Final = 1.2
_OF_THE_DAY: Final = 1.5
_TROUBLES_OF_ONE: Final = 4


@dataclass(frozen=True, slots=True)
class Habits:
    """One person: what tends to go on with them, how often they look for a skill, and what helps them how much."""

    troubles: Sequence[str]
    each_day: float
    likes: Mapping[str, float]

    def rate(self, skill: str, chance: Random) -> tuple[int, int]:
        """A rating before, and after doing the skill."""
        before = chance.randint(4, 9)
        drop = self.likes[skill] + chance.gauss(0, _OF_THE_DAY)
        return before, min(10, max(0, round(before - drop)))


def house_of(size: int, skills: Sequence[Known], chance: Random) -> list[Habits]:
    """People of one house. What helps most people is the same in all of it; the rest is each one's own."""
    of_most = {skill.name: chance.gauss(*_OF_MOST) for skill in skills}
    return [
        Habits(
            troubles=chance.sample(sorted(BEGIN_WITH), _TROUBLES_OF_ONE),
            each_day=chance.uniform(0.1, 0.6),
            likes={name: drop + chance.gauss(0, _OF_ONE) for name, drop in of_most.items()},
        )
        for _ in range(size)
    ]
