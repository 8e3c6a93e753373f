"""Days: in a row and in total, and the ones to stop at for a moment. Pure.

A day of using takes nothing away: the days before it stay in the total, and both stand side by side (CARE,
“Check-ins”).
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

Unit: TypeAlias = Literal["days", "months", "years"]


@dataclass(frozen=True, slots=True)
class Milestone:
    """So many days, months or years after the first day."""

    count: int
    unit: Unit

    def falls_on(self, start: date) -> date:
        """Its date. Months and years go by the calendar; what a month lacks falls on its last day."""
        if self.unit == "days":
            return start + timedelta(days=self.count)
        months = start.month - 1 + self.count * (12 if self.unit == "years" else 1)
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


FIRST: Final = (
    *(Milestone(count, "days") for count in (1, 7, 30, 60, 90)),
    Milestone(6, "months"),
    Milestone(9, "months"),
)
"""Then every year. After what recovery communities celebrate."""

MOST_YEARS: Final = 80


def in_a_row(start: date, today: date) -> int:
    """Days since the first one; none before it."""
    return max((today - start).days, 0)


def in_total(start: date, today: date, before: int) -> int:
    """The same, and all the days before."""
    return before + in_a_row(start, today)


def reached(start: date, today: date) -> Milestone | None:
    """The latest milestone that was reached; None before the first day is over."""
    found = [each for each in _all() if each.falls_on(start) <= today]
    return found[-1] if found else None


def ahead(start: date, today: date) -> Milestone | None:
    """The next one."""
    return next((each for each in _all() if each.falls_on(start) > today), None)


def _all() -> tuple[Milestone, ...]:
    return (*FIRST, *(Milestone(count, "years") for count in range(1, MOST_YEARS + 1)))
