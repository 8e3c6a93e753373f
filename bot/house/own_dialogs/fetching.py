"""Files that were sent in are fetched from Telegram outside of any turn, and brought to the door."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final, TypeAlias

from bot.clock import Clock
from bot.conversation.door import Door
from bot.conversation.inbound import Inbound, RowDue
from bot.house.own_dialogs.arriving import FETCHED, FILE, WORDS
from dialogs.own.reading import MOST_BYTES
from storage.database import Database
from storage.repositories.own_dialogs import OwnDialog

FETCH_SECONDS: Final = 1
_AT_ONCE: Final = 5
_GIVE_UP: Final = timedelta(minutes=10)

Fetch: TypeAlias = Callable[[str, int], Awaitable[bytes | None]]
"""A file by its name at Telegram, up to so many bytes; empty when it is longer, None when it can't be had now."""


class Fetcher:
    """Looks for what waits to be read. One that Telegram doesn't hand out is asked for again, for a while."""

    def __init__(self, *, database: Database, door: Door, clock: Clock, fetch: Fetch) -> None:
        self._database = database
        self._door = door
        self._clock = clock
        self._fetch = fetch

    async def look(self) -> None:
        """One look."""
        async with self._database.read() as work:
            waiting = await work.own_dialogs.waiting(_AT_ONCE)
            contents = await work.own_dialogs.contents([each.id for each in waiting]) if waiting else {}
        for row in waiting:
            payload = await self._payload(row, contents[row.id])
            if payload is not None:
                await self._door.take([Inbound(given=RowDue(FETCHED, row.id, 0, payload))])

    async def _payload(self, row: OwnDialog, content: bytes) -> dict[str, str | int] | None:
        if content.startswith(WORDS):
            return {"text": content.removeprefix(WORDS).decode()}
        found = await self._fetch(content.removeprefix(FILE).decode(), MOST_BYTES)
        if found is None:
            return {"trouble": "gone"} if self._clock.now() - row.changed_at > _GIVE_UP else None
        if not found:
            return {"trouble": "long"}
        try:
            return {"text": found.decode("utf-8-sig")}
        except UnicodeDecodeError:
            return {"trouble": "unclear"}
