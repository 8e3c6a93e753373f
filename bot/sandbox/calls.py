"""A log of what the bot asked for."""

from collections import deque
from datetime import datetime

from bot.sandbox.params import Params
from bot.sandbox.wire import Json

_REMEMBERED = 10_000


class Calls:
    """The last ten thousand Bot API calls; can be switched off where speed is measured."""

    def __init__(self) -> None:
        self.on = True
        self.seq = 0
        self._recent: deque[Json] = deque(maxlen=_REMEMBERED)

    def note(self, at: datetime, method: str, params: Params, status: int, error: str | None) -> None:
        """Remember a call. `status` 0 means that the caller never got an answer."""
        if not self.on:
            return
        self.seq += 1
        shown = dict(params.raw)
        for name, upload in params.files.items():
            shown[name] = f"<{upload.name}, {len(upload.data)} bytes>"
        entry = {"seq": self.seq, "at": at, "method": method, "params": shown, "status": status, "error": error}
        self._recent.append(entry)

    def after(self, seq: int) -> list[Json]:
        """The calls numbered above `seq`, oldest first."""
        return [call for call in self._recent if call["seq"] > seq]

    def clear(self) -> None:
        """Forget them; numbers go on."""
        self._recent.clear()
