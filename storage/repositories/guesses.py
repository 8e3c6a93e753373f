"""Codes that somebody tried and nobody made: counted, so that guessing leads nowhere."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from storage.models.guesses import GuessRow
from storage.repositories.base import Repository
from storage.types import Moment, table_of

_guesses = table_of(GuessRow)

_SINCE = _guesses.c.at >= bindparam("since", type_=Moment())
_ADD = insert(_guesses).on_conflict_do_nothing(index_elements=["id"])
_OWN = _guesses.c.who_hash.in_(bindparam("hashes", expanding=True))
_COUNT = select(func.count().filter(_OWN).label("own"), func.count().label("all")).where(_SINCE)
_PRUNE = delete(_guesses).where(_guesses.c.at < bindparam("before", type_=Moment()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Guesses:
    """Wrong codes since a moment: of one person, and of everybody."""

    own: int
    all: int


class GuessBook(Repository):
    """Wrong codes, by who tried them: known by a keyed hash only, for a stranger is nobody we remember."""

    async def note(self, guess_id: int, telegram_id: int, now: datetime) -> None:
        """One more wrong code; the same id is counted once, for a turn may look more than once."""
        who = self._keys.lookup.hash("guess", str(telegram_id))
        await self._many(_ADD, [{"id": guess_id, "who_hash": who, "at": now}])

    async def since(self, telegram_id: int, since: datetime) -> Guesses:
        """How many there were, of this person and of everybody."""
        hashes = self._keys.lookup.hashes("guess", str(telegram_id))
        row = (await self._all(_COUNT, {"hashes": hashes, "since": since}))[0]
        return Guesses(own=row.own, all=row.all)

    async def prune(self, before: datetime) -> int:
        """Forget those before a moment; how many."""
        return await self._count(_PRUNE, {"before": before})
