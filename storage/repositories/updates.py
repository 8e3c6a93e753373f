"""Which of Telegram's updates are done, and which failed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from storage.models.updates import FailedUpdateRow, HandledUpdateRow
from storage.problems import Conflict
from storage.repositories.base import Repository
from storage.repositories.keys import SYSTEM
from storage.types import EPOCH, Moment, one_of, table_of

_COPY = "failed_updates.sealed"

_handled = table_of(HandledUpdateRow)
_failed = table_of(FailedUpdateRow)

_KNOWN = select(_handled.c.update_id).where(one_of(_handled.c.update_id, "ids"))
_MARK = insert(_handled)
_PRUNE = delete(_handled).where(_handled.c.at < bindparam("before", type_=Moment()))
_FAIL = insert(_failed)
_FAILURES = (
    select(_failed.c.id, _failed.c.update_id, _failed.c.error, _failed.c.sealed, _failed.c.at)
    .where(_failed.c.at >= bindparam("since", type_=Moment()))
    .order_by(_failed.c.at, _failed.c.id)
)
_COUNT_FAILED = select(func.count().label("failures")).where(_failed.c.at > bindparam("since", type_=Moment()))
_FORGET_FAILED = delete(_failed).where(_failed.c.id == bindparam("failure"))
_PRUNE_FAILED = delete(_failed).where(_failed.c.at < bindparam("before", type_=Moment()))


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedUpdate:
    """An update whose turn failed: the class of the error, and the update as it came."""

    id: int
    update_id: int
    error: str
    copy: bytes
    at: datetime


class Updates(Repository):
    """The ids of handled updates: the proof that nothing is done twice."""

    async def unhandled(self, update_ids: Iterable[int]) -> set[int]:
        """Those of the ids that no committed turn has handled."""
        wanted = set(update_ids)
        rows = await self._all(_KNOWN, {"ids": sorted(wanted)})
        return wanted.difference(row.update_id for row in rows)

    async def mark(self, update_ids: Iterable[int], now: datetime) -> None:
        """Note them as handled, with the turns they caused. Raises Conflict if one was already."""
        try:
            await self._many(_MARK, [{"update_id": each, "at": now} for each in sorted(update_ids)])
        except IntegrityError as error:
            raise Conflict("An update was handled by somebody else meanwhile.") from error

    async def prune(self, before: datetime) -> int:
        """Forget ids handled before a moment; how many."""
        return await self._count(_PRUNE, {"before": before})

    async def fail(self, failure: FailedUpdate) -> None:
        """Keep a sealed copy of an update that failed."""
        key = await self._keys.one(SYSTEM)
        row = {
            "id": failure.id,
            "update_id": failure.update_id,
            "error": failure.error,
            "sealed": key.seal(_COPY, failure.id, failure.copy),
            "at": failure.at,
        }
        await self._many(_FAIL, [row])

    async def failed(self, since: datetime) -> list[FailedUpdate]:
        """What failed since a moment, oldest first."""
        key = await self._keys.one(SYSTEM)
        return [
            FailedUpdate(
                id=row.id,
                update_id=row.update_id,
                error=row.error,
                copy=key.open(_COPY, row.id, row.sealed),
                at=row.at,
            )
            for row in await self._all(_FAILURES, {"since": since})
        ]

    async def count_failed(self, since: datetime) -> int:
        """How many failed after a moment."""
        row = await self._first(_COUNT_FAILED, {"since": since})
        return 0 if row is None else int(row.failures)

    async def forget_failed(self, telegram_id: int) -> None:
        """Delete what failed of somebody who goes: the copies are sealed by the system's key, not by theirs."""
        theirs = re.compile(rb"(?<!\d)%d(?!\d)" % telegram_id)
        failed = await self.failed(EPOCH)
        await self._many(_FORGET_FAILED, [{"failure": each.id} for each in failed if theirs.search(each.copy)])

    async def prune_failed(self, before: datetime) -> int:
        """Delete failures older than a moment; how many."""
        return await self._count(_PRUNE_FAILED, {"before": before})
