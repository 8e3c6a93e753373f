"""Where letters arrived, of late: one that changes an earlier one need not ask the database which message it was."""

from collections import OrderedDict
from typing import Final

_REMEMBERED: Final = 20_000
"""The last question of each of so many people, and what else they were told: some two megabytes."""


class Arrivals:
    """The messages that the latest letters became. What is not remembered is in the outbox, as ever."""

    def __init__(self, remembered: int = _REMEMBERED) -> None:
        self._messages: OrderedDict[int, int] = OrderedDict()
        self._remembered = remembered

    def note(self, letter: int, message: int) -> None:
        """A letter has become a message; the oldest is forgotten for it."""
        self._messages[letter] = message
        if len(self._messages) > self._remembered:
            self._messages.popitem(last=False)

    def message(self, letter: int) -> int | None:
        """Which message a letter became; None if it did not arrive, or arrived long ago."""
        return self._messages.get(letter)
