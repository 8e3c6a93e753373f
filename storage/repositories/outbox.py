"""What must still be said: added with the turn that caused it, claimed by a postman, settled once sent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.repositories import outbox_statements as sql
from storage.repositories.base import Repository
from storage.repositories.keys import SYSTEM
from storage.repositories.letters import (
    Claimed,
    Delivered,
    Expired,
    InGroup,
    Message,
    NewLetter,
    Owed,
    Settlement,
    Shown,
)
from storage.repositories.people import TELEGRAM
from storage.sealing import DataKey, SealBroken
from storage.statements import AnyRow

_LETTER = "outbox.letter"
_FALLBACK = "outbox.fallback"
_CHAT = "outbox.chat"
_OPEN_STATES = frozenset({"waiting", "sending"})


class Outbox(Repository):
    """Letters by state: waiting → sending → sent, or why not."""

    async def add_many(self, letters: Sequence[NewLetter]) -> None:
        """Letters to say, in the transaction that caused them. Raises Forgotten when a recipient is deleted."""
        if not letters:
            return
        keys = await self._keys.all_of(_sealer(letter) for letter in letters)
        rows = []
        for letter in letters:
            sealer = _sealer(letter)
            key = keys[sealer]
            chat = None if letter.chat_id is None else str(letter.chat_id)
            rows.append(
                {
                    "id": letter.id,
                    "recipient_id": letter.recipient_id,
                    "sealed_by": sealer,
                    "chat_id_sealed": key.seal_if(_CHAT, letter.id, chat),
                    "kind": letter.kind,
                    "priority": letter.priority,
                    "state": "waiting" if letter.lease_owner is None else "sending",
                    "letter_sealed": key.seal(_LETTER, letter.id, letter.letter),
                    "fallback_sealed": key.seal_if(_FALLBACK, letter.id, letter.fallback),
                    "about_id": letter.about_id,
                    "house_id": letter.house_id,
                    "purpose": letter.purpose,
                    "turn": letter.turn,
                    "stream": letter.stream,
                    "card": letter.card,
                    "edits_id": letter.edits_id,
                    "not_before": letter.not_before,
                    "expires_at": letter.expires_at,
                    "attempts": 0,
                    "lease_owner": letter.lease_owner,
                    "lease_until": letter.lease_until,
                    "created_at": letter.created_at,
                }
            )
        await self._many(sql.ADD, rows)

    async def claim_due(self, now: datetime, owner: str, lease_until: datetime, limit: int) -> list[Claimed]:
        """Letters that are due, now this owner's to send until the lease ends; most urgent first."""
        return await self._claim(sql.CLAIM_DUE, now, owner, lease_until, limit)

    async def expired_leases(self, now: datetime, owner: str, lease_until: datetime, limit: int) -> list[Claimed]:
        """Letters whose postman went silent, now this owner's to decide about: were they sent or not?"""
        return await self._claim(sql.CLAIM_LAPSED, now, owner, lease_until, limit)

    async def extend(self, ids: Iterable[int], owner: str, lease_until: datetime) -> set[int]:
        """Hold letters longer (a throttle makes them wait); those of them that are still this owner's."""
        values = {"ids": sorted(ids), "owner": owner, "new_lease": lease_until}
        return {row.id for row in await self._all(sql.EXTEND, values)}

    async def settle_many(self, settlements: Sequence[Settlement], now: datetime) -> None:
        """What became of letters; state `waiting` puts one back until its `not_before`.

        Known to be sent outweighs every guess: a sent letter stays sent.
        """
        await self._many(
            sql.SETTLE,
            [
                {
                    "letter": each.id,
                    "new_state": each.state,
                    "new_message": each.message_id,
                    "new_reason": each.reason,
                    "new_start": each.not_before,
                    "new_attempts": each.attempts,
                    "settled": None if each.state in _OPEN_STATES else now,
                }
                for each in sorted(settlements, key=lambda each: each.id)
            ],
        )

    async def supersede(self, turns: Mapping[int, int], now: datetime) -> None:
        """For each person, drop the waiting letters that belong to turns before this one."""
        await self._many(
            sql.SUPERSEDE,
            [
                {"recipient": person_id, "before_turn": turn, "settled": now}
                for person_id, turn in sorted(turns.items())
            ],
        )

    async def expire(self, now: datetime) -> list[Expired]:
        """Settle the waiting letters that are too late to help as `expired`; which they were."""
        return [Expired(id=row.id, kind=row.kind) for row in await self._all(sql.EXPIRE, {"settled": now})]

    async def stuck(self, before: datetime) -> list[int]:
        """Letters of calls that somebody claimed to send, and neither sent nor gave back before a moment."""
        return [row.id for row in await self._all(sql.STUCK, {"before": before})]

    async def message_of(self, letter_id: int) -> Delivered | None:
        """Where a letter became a message; None while it did not."""
        row = await self._first(sql.MESSAGE_OF, {"letter": letter_id})
        return None if row is None else _delivered(row)

    async def latest_of_card(self, card: str, recipient_ids: Iterable[int]) -> dict[int, Delivered]:
        """For each recipient, the newest message that shows this card; who has none is missing."""
        values = {"card": card, "ids": sorted(set(recipient_ids))}
        return {row.recipient_id: _delivered(row) for row in await self._all(sql.LATEST_OF_CARD, values)}

    async def of_cards(self, cards: Iterable[str]) -> list[Shown]:
        """Every letter that shows one of these cards, whatever became of it, oldest first."""
        rows = await self._all(sql.OF_CARDS, {"cards": sorted(set(cards))})
        return [Shown(**row._mapping) for row in rows if row.recipient_id is not None]

    async def forget_cards(self, cards: Iterable[str]) -> int:
        """These letters are gone, those that wait with them; only what is being sent at this moment stays."""
        return await self._count(sql.FORGET_CARDS, {"cards": sorted(set(cards))})

    async def of_cards_in_group(self, cards: Iterable[str]) -> list[InGroup]:
        """Every letter that shows one of these in a group, by the names they have there, oldest first."""
        rows = await self._all(sql.OF_CARDS_IN_GROUP, {"cards": sorted(set(cards))})
        return [InGroup(**row._mapping) for row in rows]

    async def drop_waiting(self, cards: Iterable[str]) -> int:
        """Letters that show one of these and that nobody has in hand yet will not go; how many."""
        return await self._count(sql.DROP_WAITING, {"cards": sorted(set(cards))})

    async def latest_in_group(self, card: str) -> Delivered | None:
        """The newest message that shows a card in a group, by the name it has there."""
        row = await self._first(sql.LATEST_OF_PLACE, {"card": card})
        return None if row is None else _delivered(row)

    async def messages_to(self, person_id: int, since: datetime) -> list[Message]:
        """What arrived in a person's chat since a moment, edits too, oldest first. Raises Forgotten."""
        key = await self._keys.one(person_id)
        return [
            Message(
                id=row.id,
                message_id=row.message_id,
                letter=key.open(_LETTER, row.id, row.letter_sealed),
                card=row.card,
            )
            for row in await self._all(sql.MESSAGES_TO, {"recipient": person_id, "since": since})
        ]

    async def owed(self, person_id: int) -> list[Owed]:
        """The replies to a person that were given up and not shown since, oldest first. Raises Forgotten."""
        key = await self._keys.one(person_id)
        return [
            Owed(
                id=row.id,
                letter=key.open(_LETTER, row.id, row.letter_sealed),
                purpose=row.purpose,
                stream=row.stream,
                about_id=row.about_id,
                house_id=row.house_id,
                turn=row.turn,
                card=row.card,
                attempts=row.attempts,
            )
            for row in await self._all(sql.OWED, {"recipient": person_id})
        ]

    async def next_not_before(self) -> datetime | None:
        """When the next waiting letter is due; None when nothing waits."""
        row = await self._first(sql.NEXT, {})
        return None if row is None else row.not_before

    async def counts_by_state(self) -> dict[str, int]:
        """How many letters are in each state."""
        return {row.state: row.letters for row in await self._all(sql.COUNTS, {})}

    async def count_failed(self, since: datetime, *, but_for: str) -> int:
        """How many letters were set aside after a moment, by our own mistake; without those of one purpose."""
        row = await self._first(sql.COUNT_FAILED, {"since": since, "but_for": but_for})
        return 0 if row is None else int(row.letters)

    async def prune(self, before: datetime, purpose: str | None = None) -> int:
        """Delete letters settled before a moment, of one purpose or all; how many."""
        if purpose is None:
            return await self._count(sql.PRUNE, {"before": before})
        return await self._count(sql.PRUNE_PURPOSE, {"before": before, "for_purpose": purpose})

    async def _claim(
        self,
        statement: Any,  # Any: one of the two claims
        now: datetime,
        owner: str,
        lease_until: datetime,
        limit: int,
    ) -> list[Claimed]:
        values = {"now": now, "owner": owner, "new_lease": lease_until, "limit": limit}
        ids = [row.id for row in await self._all(statement, values)]
        if not ids:
            return []
        rows = await self._all(sql.CLAIMED, {"ids": ids})
        keys = await self._keys.of(row.sealed_by for row in rows)
        claimed, unreadable = [], []
        for row in rows:
            try:
                claimed.append(self._open(row, keys[row.sealed_by]))
            except (KeyError, SealBroken):
                # Set aside, or it would keep every letter beside it from being sent.
                unreadable.append(Settlement(id=row.id, state="failed", attempts=row.attempts, reason="unreadable"))
        await self.settle_many(unreadable, now)
        return claimed

    def _open(self, row: AnyRow, key: DataKey) -> Claimed:
        if row.recipient_id is None:
            chat_id = int(key.open(_CHAT, row.id, row.chat_id_sealed))
        else:
            chat_id = int(key.open(TELEGRAM, row.recipient_id, row.telegram_sealed))
        return Claimed(
            id=row.id,
            recipient_id=row.recipient_id,
            chat_id=chat_id,
            reach=row.reach,
            locale=row.locale,
            stopped=row.messages_stopped or False,
            kind=row.kind,
            priority=row.priority,
            letter=key.open(_LETTER, row.id, row.letter_sealed),
            fallback=None if row.fallback_sealed is None else key.open(_FALLBACK, row.id, row.fallback_sealed),
            about_id=row.about_id,
            house_id=row.house_id,
            purpose=row.purpose,
            turn=row.turn,
            stream=row.stream,
            card=row.card,
            edits_id=row.edits_id,
            edits_message_id=row.edits_message_id,
            not_before=row.not_before,
            expires_at=row.expires_at,
            attempts=row.attempts,
            reason=row.reason,
            created_at=row.created_at,
        )


def _sealer(letter: NewLetter) -> int:
    """Whose key seals a letter: the recipient's, else the group's house's, else the system's."""
    if letter.recipient_id is not None:
        return letter.recipient_id
    return SYSTEM if letter.house_id is None else letter.house_id


def _delivered(row: AnyRow) -> Delivered:
    return Delivered(id=row.id, recipient_id=row.recipient_id, message_id=row.message_id)
