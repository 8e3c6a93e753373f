"""What authors of announcements and their readers write to each other, a thread for each reader."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable, bindparam, insert, select

from storage.models.announcements import AnnouncementReplyRow
from storage.repositories.base import Repository
from storage.types import table_of

_WORDS = "announcement_replies.words"

_replies = table_of(AnnouncementReplyRow)

_ADD = insert(_replies)
_ORDERED = select(_replies).order_by(_replies.c.at, _replies.c.id)
_BY_ID = _ORDERED.where(_replies.c.id == bindparam("reply"))
_OF = _ORDERED.where(_replies.c.announcement_id == bindparam("announcement"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One line of the thread of `person_id`, a reader; by them, or by the author to them."""

    id: int
    announcement_id: int
    person_id: int
    by_author: bool
    words: str
    at: datetime


class AnnouncementReplies(Repository):
    """Threads, sealed by the reader's key: they go with the reader."""

    async def add(self, reply: Reply) -> None:
        """One more line. Raises Forgotten when the reader is deleted."""
        key = await self._keys.one(reply.person_id)
        row = {
            "id": reply.id,
            "announcement_id": reply.announcement_id,
            "person_id": reply.person_id,
            "by_author": reply.by_author,
            "words_sealed": key.seal(_WORDS, reply.id, reply.words),
            "at": reply.at,
        }
        await self._many(_ADD, [row])

    async def get(self, reply_id: int) -> Reply | None:
        """One line."""
        found = await self._read(_BY_ID, reply=reply_id)
        return found[0] if found else None

    async def of(self, announcement_id: int) -> list[Reply]:
        """Every thread of an announcement, oldest line first."""
        return await self._read(_OF, announcement=announcement_id)

    async def _read(self, statement: Executable, **values: int) -> list[Reply]:
        rows = await self._all(statement, values)
        keys = await self._keys.of(row.person_id for row in rows)
        return [
            Reply(
                id=row.id,
                announcement_id=row.announcement_id,
                person_id=row.person_id,
                by_author=row.by_author,
                words=keys[row.person_id].open(_WORDS, row.id, row.words_sealed).decode(),
                at=row.at,
            )
            for row in rows
            if row.person_id in keys
        ]
