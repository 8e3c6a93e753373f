"""Letters in the postman's hands, and what became of them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.delivery.outgoing import Errand, Outgoing
from bot.delivery.promises import Decision, Done, GiveUp, Kind, Redirect, RetryAt, State, Try
from storage.repositories.letters import Claimed, Settlement

DOUBTED: Final = "doubted"
"""What a row that waits says of its last try when that may have arrived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a letter in the end.

    `about_id` is the person it told about; `purpose` is empty where what they no longer agreed to was left out.
    """

    id: int
    kind: Kind
    recipient_id: int | None
    state: State
    reason: str | None
    about_id: int | None = None
    purpose: str = ""
    in_group: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A letter in hand. `attempts` counts the tries before this one."""

    id: int
    chat: int
    kind: Kind
    stream: str
    errand: Errand
    recipient_id: int | None
    about_id: int | None = None
    house_id: int | None = None
    purpose: str = ""
    fallback: Errand | None = None
    attempts: int = 0
    doubted: bool = False
    turn: int | None = None
    expires_at: datetime | None = None
    not_before: float = 0.0

    @property
    def attempt(self) -> Try:
        """The try that is about to be made."""
        return Try(kind=self.kind, attempts=self.attempts + 1, expires_at=self.expires_at, doubted=self.doubted)

    def settled(self, state: State, reason: str | None) -> Settled:
        """What became of it."""
        return Settled(
            id=self.id,
            kind=self.kind,
            recipient_id=self.recipient_id,
            state=state,
            reason=reason,
            about_id=self.about_id,
            purpose=self.purpose,
            in_group=self.chat < 0,
        )

    def waits(self, until: datetime) -> Settlement:
        """Back into the outbox, as it was."""
        return Settlement(
            id=self.id,
            state="waiting",
            attempts=self.attempts,
            not_before=until,
            reason=DOUBTED if self.doubted else None,
        )

    def after(self, decision: Decision) -> tuple[Settlement, Settled | None]:
        """How the row stands after a try, and the end of it if that was the end."""
        attempts = self.attempts + 1
        match decision:
            case Done(message_id=message_id, but=but):
                settlement = Settlement(
                    id=self.id, state="sent", attempts=attempts, message_id=message_id, reason=but
                )
                return settlement, self.settled(State.SENT, None)
            case RetryAt() | Redirect(retry=RetryAt()):
                retry = decision.retry if isinstance(decision, Redirect) else decision
                return replace(self, attempts=retry.attempts, doubted=retry.doubted).waits(retry.when), None
            case GiveUp(state=state, reason=reason):
                settlement = Settlement(id=self.id, state=state.value, attempts=attempts, reason=reason)
                return settlement, self.settled(state, reason)


def born_claimed(letter: Outgoing) -> Item:
    """A letter that comes straight from the door's commit. Its chat is known: `can_be_born_claimed` said so."""
    if letter.chat_id is None:
        raise ValueError("a letter without a chat is not born claimed")
    return Item(
        id=letter.id,
        chat=letter.chat_id,
        kind=letter.kind,
        stream=letter.stream,
        errand=letter.errand,
        recipient_id=letter.recipient_id,
        about_id=letter.about_id,
        house_id=letter.house_id,
        purpose=letter.purpose,
        turn=letter.turn,
        expires_at=letter.expires_at,
    )


def unreadable(letter: Claimed) -> tuple[Settlement, Settled]:
    """The end of a letter that can't be read: it is set aside, and whoever counts on it hears of that."""
    kind = Kind(letter.kind) if letter.kind in set(Kind) else Kind.EDIT  # of the last, nobody waits
    ended = Settled(
        id=letter.id, kind=kind, recipient_id=letter.recipient_id, state=State.FAILED, reason="unreadable"
    )
    return Settlement(id=letter.id, state="failed", attempts=letter.attempts, reason="unreadable"), ended


def claimed(letter: Claimed) -> Item:
    """A letter taken from the outbox. Raises ValueError for one that can't be read."""
    errand = Errand.from_bytes(letter.letter)
    if letter.edits_message_id is not None:
        errand = replace(errand, edits=letter.edits_message_id)
    return Item(
        id=letter.id,
        chat=letter.chat_id,
        kind=Kind(letter.kind),
        stream=letter.stream,
        errand=errand,
        recipient_id=letter.recipient_id,
        about_id=letter.about_id,
        house_id=letter.house_id,
        purpose=letter.purpose,
        fallback=None if letter.fallback is None else Errand.from_bytes(letter.fallback),
        attempts=letter.attempts,
        doubted=letter.reason == DOUBTED,
        turn=letter.turn,
        expires_at=letter.expires_at,
    )
