"""The one place that makes ids and chance.

Row ids are made before the insert, so that a turn can name what it has not stored yet. They are 63-bit
integers that rise with time (milliseconds, then a machine's number, then a counter): small in an index,
small in a button, and unique across processes.
"""

import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
_MACHINE_BITS = 10
_COUNTER_BITS = 12


class Ids(Protocol):
    """Makes ids and secrets; tests hand in one that counts."""

    def new(self) -> int:
        """A new row id: positive, 63 bits, rising."""
        ...

    def code(self) -> str:
        """A new invite code: 16 characters of `A-Z2-7`, 80 bits of chance."""
        ...

    def chance(self, below: int) -> int:
        """A number from 0 on and below this one, each as likely as any other."""
        ...


class RandomIds:
    """Ids from the clock and the system's randomness."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._machine = secrets.randbits(_MACHINE_BITS)
        self._last = 0
        self._lock = threading.Lock()

    def new(self) -> int:
        """A new row id; rises even when the clock steps back."""
        elapsed = self._now() - _EPOCH
        milliseconds = max(0, int(elapsed.total_seconds() * 1000))
        with self._lock:
            floor = milliseconds << _COUNTER_BITS
            self._last = max(self._last + 1, floor)
            time_part, counter = divmod(self._last, 1 << _COUNTER_BITS)
        return (time_part << (_MACHINE_BITS + _COUNTER_BITS)) | (self._machine << _COUNTER_BITS) | counter

    def code(self) -> str:
        """A new invite code."""
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
        return "".join(secrets.choice(alphabet) for _ in range(16))

    def chance(self, below: int) -> int:
        """A number drawn by chance."""
        return secrets.randbelow(below)
