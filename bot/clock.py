"""The one place that reads the clock.

Everything else is handed a `Clock`, so that a test, or the sandbox, can move time.
"""

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time, twice: once for people, once for machines."""

    def now(self) -> datetime:
        """Aware UTC. This one can be moved."""
        ...

    def pace(self) -> float:
        """Seconds on a clock that only ever goes forward and is never moved: throttles, time-outs."""
        ...


@dataclass
class SystemClock:
    """The machine's own clock, plus an offset that the sandbox may set."""

    offset: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """Aware UTC, moved by `offset`."""
        return datetime.now(UTC) + self.offset  # noqa: TID251 - this is the place

    def pace(self) -> float:
        """Seconds, monotonic; `offset` does not touch it."""
        return time.monotonic()  # noqa: TID251 - this is the place
