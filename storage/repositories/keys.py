"""The data key of each subject, and the keys that find what is sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Update, bindparam, delete, func, insert, select, union, update

from storage.key_cache import KeyCache
from storage.models.keys import DataKeyRow, LookupKeyRow
from storage.problems import Forgotten, StorageProblem
from storage.sealing import DataKey, Keyring, Lookup, new_secret, wrong_key
from storage.statements import Statements
from storage.types import one_of, table_of

SYSTEM = 0  # the subject whose key seals what belongs to nobody

_DATA = "data_keys.wrapped"
_LOOKUP = "lookup_keys.wrapped"

_keys = table_of(DataKeyRow)
_lookups = table_of(LookupKeyRow)

_MASTERS = union(select(_keys.c.master), select(_lookups.c.master))
_SOME = select(_keys.c.subject_id, _keys.c.wrapped, _keys.c.master).where(one_of(_keys.c.subject_id, "ids"))
_ADD = insert(_keys)
_DESTROY = delete(_keys).where(_keys.c.subject_id == bindparam("id"))
_LOOKUPS = select(_lookups.c.number, _lookups.c.wrapped, _lookups.c.master)
_ADD_LOOKUP = insert(_lookups)
_OLD = (
    select(_keys.c.subject_id, _keys.c.wrapped, _keys.c.master)
    .where(_keys.c.master != bindparam("first"))
    .order_by(_keys.c.subject_id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_OLD_COUNT = select(func.count()).where(_keys.c.master != bindparam("first"))
_REWRAP = (
    update(_keys)
    .where(_keys.c.subject_id == bindparam("id"))
    .values(wrapped=bindparam("new"), master=bindparam("first"))
)
_REWRAP_LOOKUP = (
    update(_lookups)
    .where(_lookups.c.number == bindparam("id"))
    .values(wrapped=bindparam("new"), master=bindparam("first"))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rewrapped:
    """How far changing the master key has come: data keys rewrapped now, and still to do."""

    done: int
    left: int


class Keys:
    """Data keys by subject: from the cache of the database, or unwrapped from their rows."""

    def __init__(self, statements: Statements, keyring: Keyring, cache: KeyCache, lookup: Lookup | None) -> None:
        self._statements = statements
        self._keyring = keyring
        self._cache = cache
        self._lookup = lookup
        self._made: dict[int, DataKey] = {}
        self._destroyed: set[int] = set()

    @property
    def lookup(self) -> Lookup:
        """Finds Telegram ids, house names and invite codes by keyed hash."""
        if self._lookup is None:
            raise StorageProblem("The database is not open.")
        return self._lookup

    async def of(self, subject_ids: Iterable[int]) -> dict[int, DataKey]:
        """The keys of these subjects, in one query at most; a forgotten subject is missing."""
        found: dict[int, DataKey] = {}
        missing = []
        for subject_id in set(subject_ids) - self._destroyed:
            key = self._made.get(subject_id) or self._cache.get(subject_id)
            if key is None:
                missing.append(subject_id)
            else:
                found[subject_id] = key
        if missing:
            rows = await self._statements.execute(_SOME, {"ids": sorted(missing)})
            for row in rows:
                key = DataKey(self._keyring.unwrap(_DATA, row.subject_id, row.wrapped, row.master))
                self._cache.put(row.subject_id, key)
                found[row.subject_id] = key
        return found

    async def one(self, subject_id: int) -> DataKey:
        """The key of one subject. Raises Forgotten."""
        found = await self.of((subject_id,))
        if subject_id not in found:
            raise Forgotten(subject_id)
        return found[subject_id]

    async def all_of(self, subject_ids: Iterable[int]) -> dict[int, DataKey]:
        """The keys of all these subjects. Raises Forgotten when one is gone."""
        wanted = set(subject_ids)
        found = await self.of(wanted)
        for subject_id in wanted - found.keys():
            raise Forgotten(subject_id)
        return found

    async def make(self, subject_id: int) -> DataKey:
        """A new key for a new subject."""
        secret = new_secret()
        wrapped = self._keyring.wrap(_DATA, subject_id, secret)
        row = {"subject_id": subject_id, "wrapped": wrapped, "master": self._keyring.first}
        await self._statements.execute(_ADD, row)
        key = self._made[subject_id] = DataKey(secret)
        return key

    async def destroy(self, subject_id: int) -> None:
        """Make everything this key sealed unreadable, wherever it lies without a copy of the key from before."""
        await self._statements.execute(_DESTROY, {"id": subject_id})
        self._made.pop(subject_id, None)
        self._destroyed.add(subject_id)

    def settle(self) -> None:
        """After the commit: keys made here are known to everyone, and destroyed ones to nobody."""
        for subject_id, key in self._made.items():
            self._cache.put(subject_id, key)
        for subject_id in self._destroyed:
            self._cache.destroy(subject_id)
        self._made.clear()

    async def prepare(self) -> Lookup:
        """At start: check that every master key in use is at hand, and make what a new database lacks.

        Raises StorageProblem when the database was sealed with a key that is not in HEARTH_SECRET_KEYS.
        """
        masters = (await self._statements.execute(_MASTERS)).scalars().all()
        if not self._keyring.fingerprints.issuperset(masters):
            raise wrong_key()
        if not await self.of((SYSTEM,)):
            await self.make(SYSTEM)
        found = {
            each.number: self._keyring.unwrap(_LOOKUP, each.number, each.wrapped, each.master)
            for each in await self._statements.execute(_LOOKUPS)
        }
        if not found:
            secret = new_secret()
            wrapped = self._keyring.wrap(_LOOKUP, 1, secret)
            row = {"number": 1, "wrapped": wrapped, "master": self._keyring.first}
            await self._statements.execute(_ADD_LOOKUP, row)
            found[1] = secret
        return Lookup(found)

    async def rewrap(self, limit: int = 500) -> Rewrapped:
        """Wrap up to `limit` data keys (and every lookup key) anew by the first master key.

        Commit after each call and call until nothing is left; stopping in between loses nothing.
        """
        first = self._keyring.first
        rows = (await self._statements.execute(_OLD, {"first": first, "limit": limit})).all()
        await self._rewrap(_DATA, rows, _REWRAP)
        lookups = [row for row in await self._statements.execute(_LOOKUPS) if row.master != first]
        await self._rewrap(_LOOKUP, lookups, _REWRAP_LOOKUP)
        left = (await self._statements.execute(_OLD_COUNT, {"first": first})).scalar_one()
        return Rewrapped(done=len(rows), left=left)

    async def _rewrap(self, label: str, rows: Iterable[Any], statement: Update) -> None:
        changes = []
        for row_id, wrapped, master in rows:
            secret = self._keyring.unwrap(label, row_id, wrapped, master)
            new = self._keyring.wrap(label, row_id, secret)
            changes.append({"id": row_id, "new": new, "first": self._keyring.first})
        if changes:
            await self._statements.execute(statement, changes)
