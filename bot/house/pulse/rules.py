"""What may be shown of a house pulse, and how an answer is counted so that nobody can be singled out. Pure.

Four rules, each against an attack: an answer is replaced by chance once in four before it is counted, so that not
even the counts tell what anybody said; only months that are over are shown, so that nobody watches a figure move;
what is shown never overlaps, so that no month can be taken from another; and never under five answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

ITEMS: Final = ("support", "together", "help", "meetings", "solve", "decide", "programme", "speak_up")
"""After the Recovery Home Environment Scale, in our own words (CARE, “Check-ins”)."""

LOW, HIGH = 1, 5
FEW: Final = 5
"""Under so many answers nothing is shown (CARE, “Trust”)."""

AT_ONCE: Final = 3
"""A pool of several months needs a month with so many: five answers of two people are two people."""

ONE_IN: Final = 4
CHANCES: Final = ONE_IN * (HIGH - LOW + 1)


def counted(answer: int, chance: int) -> int:
    """What is counted for an answer, given a chance below `CHANCES`: once in four any value, else the answer."""
    replaced, value = chance % ONE_IN == 0, LOW + chance // ONE_IN
    return value if replaced else answer


@dataclass(frozen=True, slots=True)
class Period:
    """One or more months in a row, with what may be shown of each item: 1–5 in halves."""

    first: date
    last: date
    shown: dict[str, float]


@dataclass(slots=True)
class Month:
    """What was counted in a month of one side of a house: for each item, how often each value."""

    month: date
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """How many took part."""
        return sum(self.counts.get(ITEMS[0], {}).values())


def periods(months: Iterable[Month]) -> list[Period]:
    """What may be shown: a month with five answers, else the months of a quarter together once there are five.

    Each month is in one period at most, and what it holds never changes once it is over.
    """
    found: list[Period] = []
    pool: list[Month] = []
    for month in sorted(months, key=lambda each: each.month):
        if pool and _quarter(pool[-1].month) != _quarter(month.month):
            pool = []
        pool.append(month)
        if sum(each.answers for each in pool) >= FEW and max(each.answers for each in pool) >= AT_ONCE:
            found.append(Period(pool[0].month, pool[-1].month, {item: _shown(pool, item) for item in ITEMS}))
            pool = []
    return found


def _shown(pool: Sequence[Month], item: str) -> float:
    """The mean, with what chance added taken off again, in halves."""
    counts = [pair for month in pool for pair in month.counts.get(item, {}).items()]
    answers = sum(count for _, count in counts)
    mean = sum(value * count for value, count in counts) / answers
    plain = (mean - (LOW + HIGH) / 2 / ONE_IN) / (1 - 1 / ONE_IN)
    return round(2 * min(max(plain, LOW), HIGH)) / 2


def _quarter(month: date) -> tuple[int, int]:
    return month.year, (month.month - 1) // 3
