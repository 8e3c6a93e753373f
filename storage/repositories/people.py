"""People."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast

from sqlalchemy import bindparam, delete, insert, select, update

from storage.models.alerts import AlertRow
from storage.models.outbox import OutboxRow
from storage.models.people import PersonRow
from storage.models.timers import TimerRow
from storage.repositories.base import Repository
from storage.statements import AnyRow
from storage.types import Moment, one_of, table_of

Reach: TypeAlias = Literal["ok", "blocked", "deactivated", "unknown"]

TELEGRAM = "people.telegram"
NAME = "people.name"

_people = table_of(PersonRow)
_outbox = table_of(OutboxRow)
_timers = table_of(TimerRow)
_alerts = table_of(AlertRow)

_COLUMNS = select(
    _people.c.id,
    _people.c.telegram_hash,
    _people.c.telegram_sealed,
    _people.c.name_sealed,
    _people.c.locale,
    _people.c.zone,
    _people.c.reach,
    _people.c.messages_stopped,
    _people.c.joined_at,
    _people.c.restricted_at,
    _people.c.remember_days,
)
_BY_HASH = _COLUMNS.where(_people.c.telegram_hash.in_(bindparam("hashes", expanding=True)))
_IDS = select(_people.c.id).order_by(_people.c.id)
_BY_ID = _COLUMNS.where(one_of(_people.c.id, "ids"))
_ADD = insert(_people)
_THIS = _people.c.id == bindparam("person")
_RENAME = update(_people).where(_THIS).values(name_sealed=bindparam("value"))
_SET_LOCALE = update(_people).where(_THIS).values(locale=bindparam("value"))
_SET_ZONE = update(_people).where(_THIS).values(zone=bindparam("value"))
_SET_REACH = update(_people).where(_THIS).values(reach=bindparam("value"))
_SET_STOPPED = update(_people).where(_THIS).values(messages_stopped=bindparam("value"))
_SET_RESTRICTED = update(_people).where(_THIS).values(restricted_at=bindparam("value", type_=Moment()))
_SET_REMEMBER = update(_people).where(_THIS).values(remember_days=bindparam("value"))
_RESTRICTED = select(_people.c.id).where(one_of(_people.c.id, "ids"), _people.c.restricted_at.is_not(None))
_DELETE = delete(_people).where(_THIS)
_DELETE_ABOUT = delete(_outbox).where(_outbox.c.about_id == bindparam("person"))
_DELETE_TIMERS = delete(_timers).where(
    (_timers.c.subject_id == bindparam("person"))
    | _timers.c.subject_id.in_(select(_alerts.c.id).where(_alerts.c.person_id == bindparam("person")))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A human. `stopped`: they asked for no messages but the answers to their own, and SOS.

    `restricted_at`: since when what is kept of them is kept and not used; None: it is used as they agreed.
    `remember_days`: after leaving their last house they are forgotten so many days later; None: they never chose.
    """

    id: int
    telegram_id: int
    name: str
    locale: str
    zone: str
    reach: Reach = "ok"
    stopped: bool = False
    joined_at: datetime
    restricted_at: datetime | None = None
    remember_days: int | None = None


class People(Repository):
    """People, found by id or by Telegram id; each sealed by a key of their own."""

    async def find_many(self, telegram_ids: Iterable[int]) -> dict[int, Person]:
        """The people behind these Telegram ids, by Telegram id; strangers are missing."""
        lookup = self._keys.lookup
        hashes = [each for telegram_id in telegram_ids for each in lookup.hashes("telegram", str(telegram_id))]
        people = await self._open(await self._all(_BY_HASH, {"hashes": hashes}) if hashes else ())
        return {person.telegram_id: person for person in people}

    async def get_many(self, ids: Iterable[int]) -> dict[int, Person]:
        """The people with these ids, by id; deleted ones are missing."""
        people = await self._open(await self._all(_BY_ID, {"ids": sorted(set(ids))}))
        return {person.id: person for person in people}

    async def all_ids(self) -> list[int]:
        """Everybody we know, oldest first."""
        return [row.id for row in await self._all(_IDS, {})]

    async def add(self, person: Person) -> None:
        """Somebody new, with a data key of their own."""
        key = await self._keys.make(person.id)
        lookup = self._keys.lookup
        row = {
            "id": person.id,
            "telegram_hash": lookup.hash("telegram", str(person.telegram_id)),
            "lookup_key": lookup.newest,
            "telegram_sealed": key.seal(TELEGRAM, person.id, str(person.telegram_id)),
            "name_sealed": key.seal(NAME, person.id, person.name),
            "locale": person.locale,
            "zone": person.zone,
            "reach": person.reach,
            "messages_stopped": person.stopped,
            "joined_at": person.joined_at,
            "restricted_at": person.restricted_at,
            "remember_days": person.remember_days,
        }
        await self._many(_ADD, [row])

    async def rename(self, person_id: int, name: str) -> None:
        """What they want to be called from now on. Raises Forgotten."""
        key = await self._keys.one(person_id)
        await self._set(_RENAME, person_id, key.seal(NAME, person_id, name))

    async def set_locale(self, person_id: int, locale: str) -> None:
        """The language they read, as a locale."""
        await self._set(_SET_LOCALE, person_id, locale)

    async def set_zone(self, person_id: int, zone: str) -> None:
        """The time zone they live in, by its IANA name."""
        await self._set(_SET_ZONE, person_id, zone)

    async def set_reach(self, person_id: int, reach: Reach) -> None:
        """Whether Telegram still lets us write to them."""
        await self._set(_SET_REACH, person_id, reach)

    async def set_stopped(self, person_id: int, *, stopped: bool) -> None:
        """Whether they asked for no more messages."""
        await self._set(_SET_STOPPED, person_id, stopped)

    async def restrict(self, person_id: int, since: datetime | None) -> None:
        """What is kept of them is kept and not used, since then; None: it is used again as they agreed."""
        await self._set(_SET_RESTRICTED, person_id, since)

    async def remember(self, person_id: int, days: int) -> None:
        """So many days after leaving their last house they are forgotten."""
        await self._set(_SET_REMEMBER, person_id, days)

    async def restricted(self, ids: Iterable[int]) -> set[int]:
        """Those among these people whose data is kept and not used."""
        return {row.id for row in await self._all(_RESTRICTED, {"ids": sorted(set(ids))})}

    async def delete(self, person_id: int) -> bool:
        """Everything of theirs, and their key; whether they were known. A backup made before still holds both.

        Letters about them to others, their timers and their alerts go too. What they did for others (an alert
        they took, an announcement they wrote) keeps their number.
        """
        for statement in (_DELETE_ABOUT, _DELETE_TIMERS):
            await self._count(statement, {"person": person_id})
        await self._keys.destroy(person_id)
        return await self._count(_DELETE, {"person": person_id}) == 1

    async def _set(self, statement: Any, person_id: int, value: object) -> None:  # Any: an update of _people
        await self._count(statement, {"person": person_id, "value": value})

    async def _open(self, rows: Sequence[AnyRow]) -> list[Person]:
        keys = await self._keys.of(row.id for row in rows)
        people = []
        for row in rows:
            key = keys.get(row.id)
            if key is None:
                continue  # deleted while we looked: nobody any more
            people.append(
                Person(
                    id=row.id,
                    telegram_id=int(key.open(TELEGRAM, row.id, row.telegram_sealed)),
                    name=key.open_text(NAME, row.id, row.name_sealed),
                    locale=row.locale,
                    zone=row.zone,
                    reach=cast(Reach, row.reach),
                    stopped=row.messages_stopped,
                    joined_at=row.joined_at,
                    restricted_at=row.restricted_at,
                    remember_days=row.remember_days,
                )
            )
        return people
