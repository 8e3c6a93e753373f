"""What the bot has still to hear: updates, in order, until it confirms them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.clock import Clock
from bot.sandbox.bell import Bell
from bot.sandbox.wire import Json, conflict

KEPT = 24 * 60 * 60  # seconds that an unconfirmed update is kept
TAP_KEPT = 150  # seconds that a tap is kept, and may be answered
LONGEST_POLL = 50  # seconds
MOST_AT_ONCE = 100
_ONLY_WHEN_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(slots=True)
class Pending:
    """One update; `lane` says which others it must wait for when delivered by webhook."""

    id: int
    lane: str
    expires: float  # unix seconds on the sandbox clock
    body: Any  # as it will be delivered; injected ones may be malformed on purpose


class Updates:
    """The queue of one bot. Ids rise by one. `forgotten` are those that it did not ask for in time."""

    def __init__(self, clock: Clock, first_id: int, changed: Callable[[], None]) -> None:
        self._clock = clock
        self._changed = changed
        self._pending: dict[int, Pending] = {}
        self.next_id = first_id
        self.allowed: list[str] | None = None
        self.bell = Bell()
        self.polling = 0
        self.forgotten: list[int] = []
        self._poller: object | None = None
        self.arrived: Callable[[Pending], None] = lambda _: None  # the webhook listens here

    def now(self) -> int:
        """Unix seconds on the sandbox clock."""
        return int(self._clock.now().timestamp())

    def push(self, kind: str, body: Json, lane: str) -> int | None:
        """Queue an update; returns its id, or None where the bot has not asked for this kind."""
        if not (kind in self.allowed if self.allowed else kind not in _ONLY_WHEN_NAMED):
            return None
        update_id = self.next_id
        kept = TAP_KEPT if kind == "callback_query" else KEPT
        self._add(update_id, {"update_id": update_id, kind: body}, lane, kept)
        return update_id

    def inject(self, raw: object) -> int:
        """Queue anything at all, for example what is malformed; an id of its own is respected."""
        update_id = self.next_id
        body = raw
        if isinstance(raw, dict):
            given = raw.get("update_id")
            if isinstance(given, int):
                update_id = given
            elif given is None:
                body = {"update_id": update_id, **raw}
        self._add(update_id, body, f"injected:{update_id}", KEPT)
        return update_id

    def _add(self, update_id: int, body: object, lane: str, kept: int) -> None:
        pending = Pending(update_id, lane, self._clock.now().timestamp() + kept, body)
        in_order = not self._pending or update_id > next(reversed(self._pending))
        self._pending[update_id] = pending
        if not in_order:
            self._pending = dict(sorted(self._pending.items()))
        self.next_id = update_id + 1
        self.arrived(pending)
        self.bell.ring()
        self._changed()

    def confirm(self, below: int) -> None:
        """Forget all updates with ids below this, and those too old to be kept."""
        now = self._clock.now().timestamp()
        over = [update.id for update in self._pending.values() if update.id < below or update.expires <= now]
        self.forgotten += [update_id for update_id in over if update_id >= below]
        for update_id in over:
            del self._pending[update_id]
        if over:
            self._changed()

    def discard(self, update_id: int) -> None:
        """Forget one update: it was delivered."""
        self._pending.pop(update_id, None)
        self._changed()

    def clear(self) -> None:
        """Forget all."""
        self._pending.clear()

    def waiting(self) -> list[Pending]:
        """All that is unconfirmed and not too old, in order."""
        self.confirm(below=0)
        return list(self._pending.values())

    def holds(self, update_id: int) -> bool:
        """Whether an update still waits to be heard."""
        pending = self._pending.get(update_id)
        return pending is not None and pending.expires > self._clock.now().timestamp()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Any]:  # bodies as they were pushed
        """A long poll: confirms below `offset`, then waits until there is something, at most `seconds`.

        A negative offset keeps only the last so many. Raises BotApiError 409 in a poll that a newer one ends.
        """
        me = self._poller = object()
        if offset < 0:
            kept = list(self._pending)[offset:]
            offset = kept[0] if kept else 0
        self.confirm(offset)
        self.bell.ring()  # an older poll learns that it is over
        self.polling += 1
        try:
            if not self._pending and seconds > 0:
                await self._first(me, seconds)
            if self._poller is not me:
                raise conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
        finally:
            self.polling -= 1
        bounded = max(1, min(limit, MOST_AT_ONCE))
        return [update.body for update in islice(self._pending.values(), bounded)]

    async def _first(self, me: object, seconds: float) -> None:
        deadline = self._clock.pace() + seconds
        while not self._pending and self._poller is me and not self.bell.closed:
            left = deadline - self._clock.pace()
            if left <= 0:
                return
            await self.bell.wait(left)

    def dump(self) -> Json:
        """A JSON value that `load` takes back."""
        return {"pending": list(self._pending.values()), "next_id": self.next_id, "allowed": self.allowed}

    def load(self, data: Json) -> None:
        """Go on where `dump` stopped."""
        self._pending = {update["id"]: Pending(**update) for update in data["pending"]}
        self.next_id = data["next_id"]
        self.allowed = data["allowed"]
