"""Calls for help."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import bindparam, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.alerts import AlertRow
from storage.models.memberships import GrantRow, MembershipRow
from storage.repositories.base import Repository, values_of
from storage.statements import AnyRow
from storage.types import Moment, one_of, table_of

_LINE = "alerts.line"
_VOICE = "alerts.voice"
_WHY = "alerts.why"

_alerts = table_of(AlertRow)

_ALL = select(_alerts).order_by(_alerts.c.opened_at, _alerts.c.id)
_OPEN = _ALL.where(_alerts.c.ended_at.is_(None))
_OPEN_FOR = _OPEN.where(_alerts.c.person_id == bindparam("person"))
_HELD = _OPEN.where((_alerts.c.person_id == bindparam("person")) | (_alerts.c.taken_by == bindparam("person")))
_BY_ID = _ALL.where(one_of(_alerts.c.id, "ids"))
_belonged = [
    exists().where(
        book.c.person_id == _alerts.c.person_id,
        book.c.house_id == bindparam("house"),
        book.c.since <= _alerts.c.opened_at,
        book.c.until.is_(None) | (book.c.until > _alerts.c.opened_at),
    )
    for book in (table_of(MembershipRow), table_of(GrantRow))
]
_OF_HOUSE = _ALL.where(
    or_(_alerts.c.house_id == bindparam("house"), *_belonged),
    _alerts.c.opened_at >= bindparam("since", type_=Moment()),
)
_ADD = insert(_alerts).on_conflict_do_nothing(index_elements=["source_update"]).returning(_alerts.c.id)
_SET_LINE = (
    update(_alerts)
    .where(_alerts.c.id == bindparam("alert"), _alerts.c.person_id == bindparam("person"))
    .values(line_sealed=bindparam("line"))
)
_SET_VOICE = (
    update(_alerts)
    .where(_alerts.c.id == bindparam("alert"), _alerts.c.person_id == bindparam("person"))
    .values(voice_sealed=bindparam("voice"))
)
_SET_HELPED = update(_alerts).where(_alerts.c.id == bindparam("alert")).values(helped=bindparam("what"))
_SET_WHY = (
    update(_alerts)
    .where(_alerts.c.id == bindparam("alert"), _alerts.c.person_id == bindparam("person"))
    .values(why_sealed=bindparam("why"))
)
_SET_RELAY = (
    update(_alerts)
    .where(_alerts.c.id == bindparam("alert"))
    .values(relay_ended_at=bindparam("relay_end", type_=Moment()))
)
_MOVE = update(_alerts).where(_alerts.c.id == bindparam("alert"), _alerts.c.version == bindparam("expected_version"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """A call for help.

    `plan` is JSON, frozen when the alert opens: steps of role names and minutes. `line` is what the person
    agreed to say with it, `voice` the id of a voice note in its place; `why` (JSON) which of their words opened it,
    by which rule; `helped` is JSON, what whoever closed it says did help. `version` rises with every move, and is
    what a move is checked against.
    """

    id: int
    person_id: int
    house_id: int
    severity: str
    state: str
    plan: str
    opened_at: datetime
    step: int = 0
    version: int = 1
    line: str | None = None
    voice: str | None = None
    why: str | None = None
    source_update: int | None = None
    taken_by: int | None = None
    taken_at: datetime | None = None
    with_at: datetime | None = None
    ended_at: datetime | None = None
    relay_ended_at: datetime | None = None
    helped: str | None = None
    outcome: str | None = None


class AlertChanges(TypedDict, total=False):
    """What a move may change; an alert is open until it has `ended_at`."""

    severity: str
    state: str
    step: int
    taken_by: int | None
    taken_at: datetime | None
    with_at: datetime | None
    ended_at: datetime | None
    relay_ended_at: datetime | None
    outcome: str | None


class Alerts(Repository):
    """Alerts; what a person said with one is sealed by their key."""

    async def add(self, alert: Alert) -> bool:
        """Open an alert; False when one was opened from the same update before. Raises Forgotten."""
        row = values_of(alert)
        line, voice, why = row.pop("line"), row.pop("voice"), row.pop("why")
        key = await self._keys.one(alert.person_id)
        row["voice_sealed"] = key.seal_if(_VOICE, alert.id, voice)
        row["line_sealed"] = key.seal_if(_LINE, alert.id, line)
        row["why_sealed"] = key.seal_if(_WHY, alert.id, why)
        return await self._first(_ADD, row) is not None

    async def open_for(self, person_id: int) -> list[Alert]:
        """A person's open alerts, oldest first."""
        return await self._opened(await self._all(_OPEN_FOR, {"person": person_id}))

    async def held_by_or_for(self, person_id: int) -> list[Alert]:
        """The open alerts that a person asked, or that they took, oldest first."""
        return await self._opened(await self._all(_HELD, {"person": person_id}))

    async def open_all(self) -> list[Alert]:
        """Every open alert, oldest first: for the auditor, who shows them to nobody."""
        return await self._opened(await self._all(_OPEN, {}))

    async def get_many(self, ids: Iterable[int]) -> dict[int, Alert]:
        """The alerts with these ids, by id."""
        alerts = await self._opened(await self._all(_BY_ID, {"ids": sorted(set(ids))}))
        return {alert.id: alert for alert in alerts}

    async def of_house(self, house_id: int, since: datetime) -> list[Alert]:
        """A house's alerts opened since a moment, and those of who belonged to it then, oldest first."""
        return await self._opened(await self._all(_OF_HOUSE, {"house": house_id, "since": since}))

    async def move(self, alert_id: int, expected_version: int, **changes: Unpack[AlertChanges]) -> bool:
        """Change an alert and raise its version; False when its version is not the expected one any more."""
        statement = _MOVE.values(version=_alerts.c.version + 1, **changes)
        return await self._count(statement, {"alert": alert_id, "expected_version": expected_version}) == 1

    async def set_line(self, alert_id: int, person_id: int, line: str) -> None:
        """What the person says with it, in place of what they said before. Raises Forgotten."""
        key = await self._keys.one(person_id)
        await self._many(
            _SET_LINE, [{"alert": alert_id, "person": person_id, "line": key.seal(_LINE, alert_id, line)}]
        )

    async def set_voice(self, alert_id: int, person_id: int, voice: str) -> None:
        """What the person says with it, in a voice note. Raises Forgotten."""
        key = await self._keys.one(person_id)
        await self._many(
            _SET_VOICE, [{"alert": alert_id, "person": person_id, "voice": key.seal(_VOICE, alert_id, voice)}]
        )

    async def set_helped(self, alert_id: int, helped: str) -> None:
        """What helped, as whoever closed the call says."""
        await self._many(_SET_HELPED, [{"alert": alert_id, "what": helped}])

    async def set_why(self, alert_id: int, person_id: int, why: str) -> None:
        """What in the person's words made it more urgent, in place of what opened it. Raises Forgotten."""
        key = await self._keys.one(person_id)
        await self._many(_SET_WHY, [{"alert": alert_id, "person": person_id, "why": key.seal(_WHY, alert_id, why)}])

    async def set_relay(self, alert_id: int, ended_at: datetime | None) -> None:
        """The two of a call write to each other no more, or (None) again. That moves the call nowhere."""
        await self._many(_SET_RELAY, [{"alert": alert_id, "relay_end": ended_at}])

    async def _opened(self, rows: Sequence[AnyRow]) -> list[Alert]:
        keys = await self._keys.of(row.person_id for row in rows)
        alerts = []
        for row in rows:
            values = dict(row._mapping)
            line, voice, why = (values.pop(name) for name in ("line_sealed", "voice_sealed", "why_sealed"))
            alert, key = Alert(**values), keys.get(row.person_id)
            if key is not None:
                alert = replace(
                    alert,
                    line=key.open_text_if(_LINE, row.id, line),
                    voice=key.open_text_if(_VOICE, row.id, voice),
                    why=key.open_text_if(_WHY, row.id, why),
                )
            alerts.append(alert)
        return alerts
