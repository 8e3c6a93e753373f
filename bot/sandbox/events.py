"""Every change gets a number, so that a page can ask for what it has not seen."""

from collections import deque
from collections.abc import Callable

from bot.sandbox.bell import Bell
from bot.sandbox.wire import Json

_REMEMBERED = 10_000


class Events:
    """The numbered changes, newest last. Only the last ten thousand are kept."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.seq = 0
        self.bell = Bell()
        self._changed = changed
        self._recent: deque[Json] = deque(maxlen=_REMEMBERED)

    def emit(self, kind: str, chat_id: int | None = None) -> int:
        """Number a change and wake who waits for one."""
        self.seq += 1
        self._recent.append({"seq": self.seq, "chat_id": chat_id, "kind": kind})
        self.bell.ring()
        self._changed()
        return self.seq

    def after(self, seq: int) -> list[Json]:
        """The changes numbered above `seq`."""
        if seq >= self.seq:
            return []
        found: list[Json] = []
        for event in reversed(self._recent):
            if event["seq"] <= seq:
                break
            found.append(event)
        return found[::-1]
