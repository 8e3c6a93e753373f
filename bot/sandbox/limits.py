"""Telegram's flood limits, counted on the clock that never moves."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.wire import too_many_requests


@dataclass(slots=True)
class Limits:
    """How much the bot may send before it is told to wait."""

    overall: float = 30  # messages a second, over all chats
    chat: float = 1  # messages a second, to one person
    chat_burst: int = 3  # what one person may get at once
    group_per_minute: float = 20
    off: bool = False


class Throttle:
    """Counts what is sent; refuses with 429 and the seconds to wait.

    Each limit is a virtual clock: a message moves it on by its share, and it may run ahead of the real
    one by a burst. A refused message moves nothing.
    """

    def __init__(self, limits: Limits, pace: Callable[[], float]) -> None:
        self.limits = limits
        self._pace = pace
        self._ahead: dict[int, float] = {}  # by chat id; 0 is all chats together

    def charge(self, chat_id: int, *, group: bool, messages: int = 1) -> None:
        """Count `messages` to a chat. Raises BotApiError 429 where that is too many."""
        limits = self.limits
        if limits.off:
            return
        now = self._pace()
        if group:
            per_chat, burst = limits.group_per_minute / 60, max(1, int(limits.group_per_minute))
        else:
            per_chat, burst = limits.chat, limits.chat_burst
        chat_next = self._next(chat_id, now, per_chat, burst, messages)
        overall_next = self._next(0, now, limits.overall, max(1, int(limits.overall)), messages)
        self._ahead[chat_id], self._ahead[0] = chat_next, overall_next

    def _next(self, key: int, now: float, rate: float, burst: int, messages: int) -> float:
        # An album larger than the burst is let through as one whole burst, or it could never be sent.
        moved = max(self._ahead.get(key, now), now) + min(messages, burst) / rate
        late = moved - now - burst / rate
        if late > 1e-9:  # what a float may be off by, not time
            raise too_many_requests(math.ceil(late))
        return moved

    def forget(self) -> None:
        """Start counting afresh."""
        self._ahead.clear()
