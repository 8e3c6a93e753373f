"""What Telegram does, as far as the benchmarks need it: updates out, messages in, a limit on all of them."""

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

import orjson

from bot.clock import Clock
from tests.benchmarks.standin.http import Values

_OK = b'{"ok":true,"result":true}'
_MOST = 100
_COUNTED = frozenset({"sendMessage", "sendPhoto", "editMessageText", "editMessageReplyMarkup", "editMessageCaption"})

Heard = Callable[[int, str, str, Any], None]
"""Called with chat, method, text and markup (Any: JSON) for every message that arrives."""


class Telegram:
    """The bot's side: one poller, one queue of updates, message ids that rise."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._poll: asyncio.Future[None] | None = None
        self._next_update = 1_000
        self._next_message = 1
        self.heard: Heard = lambda *_: None
        self.polled_at: float | None = None
        self.polled = asyncio.Event()
        self.calls: Counter[str] = Counter()
        self.overall: float | None = None
        """Messages a second, of which a whole second may come at once; None for no limit."""
        self._ahead = 0.0

    def forget(self) -> None:
        """Another bot comes: nothing waits for it, and nothing is limited."""
        self._waiting.clear()
        self.calls.clear()
        self.polled_at = None
        self.polled.clear()
        self.overall = None
        self._ahead = 0.0

    def push(self, kind: str, body: dict[str, object]) -> None:
        """An update for the bot, at once if it polls."""
        update_id = self._next_update
        self._next_update += 1
        self._waiting.append((update_id, orjson.dumps({"update_id": update_id, kind: body})))
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def message_id(self) -> int:
        """The next one."""
        self._next_message += 1
        return self._next_message

    async def get_updates(self, values: Values) -> bytes:
        """A long poll: what is below the offset is forgotten, and what is left comes."""
        if self.polled_at is None:
            self.polled_at = self._clock.pace()
            self.polled.set()
        offset = int(values.get("offset") or 0)
        while self._waiting and self._waiting[0][0] < offset:
            self._waiting.popleft()
        timeout = float(values.get("timeout") or 0)
        if not self._waiting and timeout > 0:
            self._poll = asyncio.get_running_loop().create_future()
            await asyncio.wait((self._poll,), timeout=timeout)
        limit = int(values.get("limit") or _MOST)
        bodies = [body for _, body in list(self._waiting)[:limit]]
        return b'{"ok":true,"result":[' + b",".join(bodies) + b"]}"

    def call(self, method: str, values: Values) -> bytes:
        """Any other method."""
        if method == "getMe":
            return orjson.dumps({"ok": True, "result": ME})
        if method not in _COUNTED:
            self.calls[method] += 1
            return _OK
        if (wait := self._late()) > 0:
            self.calls["429"] += 1
            return orjson.dumps(
                {
                    "ok": False,
                    "error_code": 429,
                    "description": f"Too Many Requests: retry after {wait}",
                    "parameters": {"retry_after": wait},
                }
            )
        self.calls[method] += 1
        chat = int(values["chat_id"])
        text = str(values.get("text", ""))
        self.heard(chat, method, text, values.get("reply_markup"))
        known = values.get("message_id")
        result = message(self.message_id() if known is None else int(known), chat, text)
        return orjson.dumps({"ok": True, "result": result})

    def _late(self) -> int:
        """Whole seconds to wait, by a virtual clock that may run a second ahead; 0 if the message may go."""
        if self.overall is None:
            return 0
        now = self._clock.pace()
        moved = max(self._ahead, now) + 1 / self.overall
        late = moved - now - 1.0
        if late > 1e-9:
            return int(late) + 1
        self._ahead = moved
        return 0


ME = {
    "id": 42,
    "is_bot": True,
    "first_name": "Bot",
    "username": "bench_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}


def person(telegram_id: int) -> dict[str, object]:
    """A user, as an update shows one."""
    return {"id": telegram_id, "is_bot": False, "first_name": f"P{telegram_id}", "language_code": "en"}


def message(message_id: int, chat: int, text: str) -> dict[str, object]:
    """A message of the bot's, as an answer or a tapped button shows it."""
    return {
        "message_id": message_id,
        "date": 1_700_000_000,
        "chat": {"id": chat, "type": "private", "first_name": f"P{chat}"},
        "from": ME,
        "text": text,
    }
