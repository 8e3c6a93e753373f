"""The values of the outbox."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

LetterState: TypeAlias = Literal[
    "waiting", "sending", "sent", "unsure", "expired", "superseded", "withheld", "refused", "failed"
]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewLetter:
    """A letter to say, to a person (`recipient_id`) or to a group (`chat_id`, and its `house_id`).

    To a person, `house_id` names the house it is for: whoever has left that house no longer gets it.

    With `lease_owner` and `lease_until` it is born claimed: its own postman sends it without asking again.
    `letter` is what to send, as the postman reads it; `fallback` the shorter one to send when consent is gone;
    `about_id` the person it tells about; `turn` the dialog turn it belongs to, whose question a newer turn
    supersedes; `card` the row it stands for (`alert:123`); `edits_id` the letter whose message it changes.
    """

    id: int
    kind: str
    priority: int
    letter: bytes
    purpose: str
    stream: str
    not_before: datetime
    created_at: datetime
    recipient_id: int | None = None
    chat_id: int | None = None
    house_id: int | None = None
    fallback: bytes | None = None
    about_id: int | None = None
    turn: int | None = None
    card: str | None = None
    edits_id: int | None = None
    expires_at: datetime | None = None
    lease_owner: str | None = None
    lease_until: datetime | None = None

    def __post_init__(self) -> None:
        if (self.recipient_id is None) == (self.chat_id is None):
            raise ValueError("A letter goes to a person or to a group's chat: one of the two.")
        if (self.lease_owner is None) != (self.lease_until is None):
            raise ValueError("A letter born claimed names its owner and how long.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A letter somebody may send now, opened, with what the postman must know of its recipient.

    `reach` and `locale` are None for a group. `reason` is what the last try left with it. `edits_message_id`
    is None while the message to edit is unsent.
    """

    id: int
    recipient_id: int | None
    chat_id: int
    reach: str | None
    locale: str | None
    stopped: bool
    kind: str
    priority: int
    letter: bytes
    fallback: bytes | None
    about_id: int | None
    house_id: int | None
    purpose: str
    turn: int | None
    stream: str
    card: str | None
    edits_id: int | None
    edits_message_id: int | None
    not_before: datetime
    expires_at: datetime | None
    attempts: int
    reason: str | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """A letter that stands in somebody's chat, or changed a message there, opened."""

    id: int
    message_id: int
    letter: bytes
    card: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Settlement:
    """What became of a letter; with state `waiting`, `not_before` says when to try again."""

    id: int
    state: LetterState
    attempts: int
    message_id: int | None = None
    reason: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Expired:
    """A letter that waited until it was too late to help."""

    id: int
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """A reply that was given up, opened: it is shown when its person is next in touch."""

    id: int
    letter: bytes
    purpose: str
    stream: str
    about_id: int | None
    house_id: int | None
    turn: int | None
    card: str | None
    attempts: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivered:
    """A letter that became a message."""

    id: int
    recipient_id: int | None
    message_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class InGroup:
    """A letter that shows a card in a group: how it stands, why, and the message it became, if it arrived."""

    id: int
    message_id: int | None
    card: str
    state: LetterState
    reason: str | None
    not_before: datetime
    settled_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A letter that shows a card: the message it became, if it arrived, and when it was settled."""

    id: int
    recipient_id: int
    message_id: int | None
    card: str
    settled_at: datetime | None
