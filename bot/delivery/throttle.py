"""How fast Telegram lets us speak: overall, in one chat, in one group. Pure: time is handed in.

Every `pace` is in seconds on the clock that only goes forward, and must not fall from call to call.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

from bot.delivery.promises import BULK, Kind

_SECOND: Final = 1.0
_MINUTE: Final = 60.0
_TIDY_EVERY: Final = 10.0  # seconds between two looks for chats that can be forgotten
_SEVERAL: Final = 3  # chats told to wait within a second: then it is not the chats, it is us


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What is allowed. Telegram's own numbers are the defaults.

    `overall` messages in any second; `chat` a second in one chat, after a burst of `chat_burst`;
    `group_per_minute` in any minute; `bulk_share` of `overall` for prompts and announcements together, so that
    a reply or an alert never waits behind them.
    """

    overall: int = 30
    chat: float = 1.0
    chat_burst: int = 3
    group_per_minute: int = 20
    bulk_share: float = 0.8

    def __post_init__(self) -> None:
        if min(self.overall, self.chat, self.chat_burst, self.group_per_minute) <= 0:
            raise ValueError("a limit of nothing would send nothing")
        if not 0 < self.bulk_share <= 1:
            raise ValueError("the bulk share is a part of the whole")


class Throttle:
    """Knows when the next message may go; remembers only chats that have spoken lately."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits = limits or Limits()
        self._interval = 1 / limits.chat
        self._slack = (limits.chat_burst - 1) * self._interval
        # The last so many sends: the oldest says when the next may go. Exact in any second, not on average.
        self._all: deque[float] = deque(maxlen=limits.overall)
        self._bulk: deque[float] = deque(maxlen=max(1, int(limits.overall * limits.bulk_share)))
        # For each chat, when it would be level again if it had kept to its rate (GCRA: one number a chat).
        self._level: dict[int, float] = {}
        self._groups: dict[int, deque[float]] = {}
        self._closed: dict[int, float] = {}
        self._all_closed = float("-inf")
        self._told: deque[tuple[float, int, float]] = deque()
        self._tidied = float("-inf")

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._level.keys() | self._groups.keys() | self._closed.keys())

    def opens_at(self, kind: Kind, pace: float) -> float:
        """When a message of this kind may go as far as all chats together are concerned; `pace` if now."""
        at = max(pace, self._all_closed)
        if len(self._all) == self._limits.overall:
            at = max(at, self._all[0] + _SECOND)
        if kind in BULK and len(self._bulk) == self._bulk.maxlen:
            at = max(at, self._bulk[0] + _SECOND)
        return at

    def chat_opens_at(self, chat: int, pace: float) -> float:
        """When this chat may be spoken to as far as it alone is concerned; `pace` if now."""
        at = max(pace, self._level.get(chat, pace) - self._slack, self._closed.get(chat, pace))
        if chat < 0:
            group = self._groups.get(chat)
            if group is not None and len(group) == group.maxlen:
                at = max(at, group[0] + _MINUTE)
        return at

    def ready_at(self, chat: int, kind: Kind, pace: float) -> float:
        """When a message of this kind may go to this chat; `pace` if now."""
        return max(self.opens_at(kind, pace), self.chat_opens_at(chat, pace))

    def take(self, chat: int, kind: Kind, pace: float) -> bool:
        """Count a message that goes now. False, and nothing counted, if it may not go yet."""
        if self.ready_at(chat, kind, pace) > pace:
            return False
        if pace - self._tidied >= _TIDY_EVERY:
            self._tidy(pace)
        self._all.append(pace)
        if kind in BULK:
            self._bulk.append(pace)
        self._level[chat] = max(self._level.get(chat, pace), pace) + self._interval
        if chat < 0:
            group = self._groups.get(chat)
            if group is None:
                group = self._groups[chat] = deque(maxlen=self._limits.group_per_minute)
            group.append(pace)
        return True

    def close(self, chat: int, seconds: float, pace: float) -> None:
        """Telegram said to wait: this chat is closed so long, and all chats if several are told so at once."""
        until = pace + seconds
        self._closed[chat] = max(self._closed.get(chat, until), until)
        while self._told and self._told[0][0] <= pace - _SECOND:
            self._told.popleft()
        self._told.append((pace, chat, until))
        if len({told for _, told, _ in self._told}) >= _SEVERAL:
            # By the shortest: one of them may be closed for an hour for its own sake, and if the shortest was
            # too early, Telegram says so again.
            self._all_closed = max(self._all_closed, min(until for _, _, until in self._told))

    def _tidy(self, pace: float) -> None:
        """Forget the chats that no longer hold anything back: amortised, as only so many speak in ten seconds."""
        self._tidied = pace
        self._level = {chat: level for chat, level in self._level.items() if level > pace}
        self._groups = {chat: times for chat, times in self._groups.items() if times[-1] > pace - _MINUTE}
        self._closed = {chat: until for chat, until in self._closed.items() if until > pace}
