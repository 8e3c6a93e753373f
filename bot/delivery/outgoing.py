"""A letter on its way into the outbox: what to say, to whom, and everything the postman must know of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from bot.delivery.letters import Letter, from_json, to_json
from bot.delivery.promises import BULK, Kind, expiry
from storage.repositories.letters import NewLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is done with a letter: sent, or put in the place of an earlier message.

    `edits` is the message whose place it takes, when that is known; `buttons_only` changes only what stands
    under it. `commands` are not a message at all: they become the chat's own command menu. Nor are `takes_back`:
    messages of ours, a hundred at most, that vanish from the chat; with `edits_id` in the outbox they vanish only
    once that letter has arrived. One that `pins` is pinned where it arrives, if Telegram lets us.
    """

    letter: Letter
    edits: int | None = None
    buttons_only: bool = False
    commands: tuple[tuple[str, str], ...] = ()
    takes_back: tuple[int, ...] = ()
    pins: bool = False

    def to_bytes(self) -> bytes:
        """As it is kept, sealed, in the outbox."""
        plain: dict[str, Any] = dict(to_json(self.letter))
        if self.edits is not None:
            plain["edits"] = self.edits
        if self.buttons_only:
            plain["buttons_only"] = True
        if self.commands:
            plain["commands"] = self.commands
        if self.takes_back:
            plain["takes_back"] = self.takes_back
        if self.pins:
            plain["pins"] = True
        return orjson.dumps(plain)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Errand":
        """The inverse. Raises ValueError for what was never a letter."""
        plain: Mapping[str, Any] = orjson.loads(data)
        return cls(
            letter=from_json(plain),
            edits=plain.get("edits"),
            buttons_only=bool(plain.get("buttons_only")),
            commands=tuple((name, description) for name, description in plain.get("commands", ())),
            takes_back=tuple(plain.get("takes_back", ())),
            pins=bool(plain.get("pins")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One row of the outbox in the making.

    Every one names its recipient, whom it is about, the house it is for, and its purpose. `turn` is set on questions
    only: a newer turn supersedes them. `edits_id` is the letter whose message this one changes. `chat_id` is known
    where the recipient is at hand, and such a letter can be born claimed.
    `fallback` is what goes instead if, when it is sent, `about_id` no longer agrees to `purpose`.
    """

    id: int
    kind: Kind
    errand: Errand
    purpose: str
    not_before: datetime
    created_at: datetime
    recipient_id: int | None = None
    chat_id: int | None = None
    stream: str = "dialog"
    about_id: int | None = None
    house_id: int | None = None
    turn: int | None = None
    card: str | None = None
    edits_id: int | None = None
    fallback: Letter | None = None
    expires_at: datetime | None = None

    @property
    def can_be_born_claimed(self) -> bool:
        """Whether our own postman may have it at once, with no look at the database in between."""
        return (
            self.chat_id is not None
            and (self.edits_id is None or self.errand.edits is not None)
            and self.fallback is None
            and self.kind not in BULK
            and self.not_before <= self.created_at
        )

    def stored(self, *, owner: str | None = None, lease_until: datetime | None = None) -> NewLetter:
        """The row. With an owner it is born claimed."""
        return NewLetter(
            id=self.id,
            kind=self.kind.value,
            priority=self.kind.priority,
            letter=self.errand.to_bytes(),
            purpose=self.purpose,
            stream=self.stream,
            not_before=self.not_before,
            created_at=self.created_at,
            recipient_id=self.recipient_id,
            chat_id=self.chat_id if self.recipient_id is None else None,
            fallback=(
                None if self.fallback is None else Errand(letter=self.fallback, edits=self.errand.edits).to_bytes()
            ),
            about_id=self.about_id,
            house_id=self.house_id,
            turn=self.turn,
            card=self.card,
            edits_id=self.edits_id,
            expires_at=self.expires_at or expiry(self.kind, self.not_before),
            lease_owner=owner,
            lease_until=lease_until,
        )
