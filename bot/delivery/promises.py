"""The promise per kind of message: how hard we try, and when we stop. The design's table, as data.

Pure: time and chance are handed in. The postman sends, asks `decide` what follows, and writes that down.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum
from typing import Final, TypeAlias, assert_never

from bot.delivery.letters import Moved, NotSent, Outcome, Refused, Sent, Unsure, Wait


class Kind(StrEnum):
    """What a message is for, in order of priority."""

    ALERT = "alert"
    CRISIS = "crisis"
    REPLY = "reply"
    PROMPT = "prompt"
    ANNOUNCEMENT = "announcement"
    AMENDMENT = "amendment"  # an announcement corrected, or taken back, where it stands
    EDIT = "edit"

    @property
    def priority(self) -> int:
        """0 is the most urgent."""
        return PRIORITY[self]


PRIORITY: Final[dict[Kind, int]] = {kind: place for place, kind in enumerate(Kind)}
# To many at once, and waited for by none of them.
BULK: Final = frozenset({Kind.PROMPT, Kind.ANNOUNCEMENT, Kind.AMENDMENT})


class State(StrEnum):
    """Where an outbox row stands. All but the first two are ends."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNSURE = "unsure"  # may have arrived; we will not send it twice
    EXPIRED = "expired"  # too late to help
    SUPERSEDED = "superseded"  # something newer has taken its place
    WITHHELD = "withheld"  # the recipient may no longer see it
    REFUSED = "refused"  # the recipient cannot be reached
    FAILED = "failed"  # set aside: our own mistake, or no more tries


class WhenUnsure(Enum):
    """What to do when a message may have arrived or not."""

    AGAIN = "again"  # better twice than never
    AGAIN_ONCE = "again once"
    NEVER = "never"  # better never than twice


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """How hard we try for one kind of message.

    `lasts` is how long it is worth sending when its row says nothing else (None: for ever), `tries` how often
    it is tried (None: without end), `backoff` the seconds between tries, of which the last is the ceiling.
    """

    when_unsure: WhenUnsure
    lasts: timedelta | None
    tries: int | None
    backoff: tuple[float, ...]
    superseded_by_newer_turn: bool = False


_URGENT: Final = Promise(when_unsure=WhenUnsure.AGAIN, lasts=None, tries=None, backoff=(1, 2, 4, 8, 15, 30))
_PATIENT: Final = (1, 2, 5, 15, 30, 60, 120, 300)

PROMISES: Final[dict[Kind, Promise]] = {
    Kind.ALERT: _URGENT,
    Kind.CRISIS: _URGENT,
    # 300 tries at a ceiling of five minutes fill the day; after that it is shown on the next contact.
    Kind.REPLY: Promise(
        when_unsure=WhenUnsure.AGAIN_ONCE,
        lasts=timedelta(days=1),
        tries=300,
        backoff=_PATIENT,
        superseded_by_newer_turn=True,
    ),
    Kind.PROMPT: Promise(when_unsure=WhenUnsure.NEVER, lasts=timedelta(hours=2), tries=40, backoff=_PATIENT),
    Kind.ANNOUNCEMENT: Promise(when_unsure=WhenUnsure.NEVER, lasts=timedelta(days=1), tries=300, backoff=_PATIENT),
    # Done twice it is done once, so doubt costs nothing; wrong words, or what should not have been said, must not
    # stay because one answer was lost.
    Kind.AMENDMENT: Promise(when_unsure=WhenUnsure.AGAIN, lasts=timedelta(days=1), tries=300, backoff=_PATIENT),
    # An edit done twice is an edit done once, so doubt costs nothing; a late one only confuses.
    # The later moments of an exercise belong to a turn: once that is answered, they would overwrite the answer.
    Kind.EDIT: Promise(
        when_unsure=WhenUnsure.AGAIN,
        lasts=timedelta(minutes=10),
        tries=10,
        backoff=(1, 2, 5, 15, 30, 60),
        superseded_by_newer_turn=True,
    ),
}

_SPREAD: Final = 0.25  # a retry comes up to a quarter later, so that not all of them come at once


@dataclass(frozen=True, slots=True)
class Done:
    """Sent; `but` is what did not go with it."""

    message_id: int | None
    but: str | None = None


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Wait until `when` and send again.

    `attempts` and `doubted` are to be kept with the row, and stand in its next `Try` (`attempts` raised by one
    when that begins). A try that Telegram itself put off is not counted.
    """

    when: datetime
    attempts: int
    doubted: bool


@dataclass(frozen=True, slots=True)
class Redirect:
    """The group has a new id: note it, then as `RetryAt`."""

    chat_id: int
    retry: RetryAt


@dataclass(frozen=True, slots=True)
class GiveUp:
    """The end of it: the row's last state, and why in one technical word or a few."""

    state: State
    reason: str


Decision: TypeAlias = Done | RetryAt | Redirect | GiveUp


@dataclass(frozen=True, kw_only=True, slots=True)
class Try:
    """One try at an outbox row.

    `attempts` counts the tries begun, this one included; `expires_at` is the row's own; `doubted` says that an
    earlier try may have arrived.
    """

    kind: Kind
    attempts: int
    expires_at: datetime | None
    doubted: bool = False

    @property
    def promise(self) -> Promise:
        """The promise it is made under."""
        return PROMISES[self.kind]

    def is_late(self, when: datetime) -> bool:
        """Whether it is no longer worth sending at `when`."""
        # A promise that lasts for ever is not ended by a date that somebody wrote into the row.
        return self.promise.lasts is not None and self.expires_at is not None and when >= self.expires_at


def expiry(kind: Kind, due_at: datetime) -> datetime | None:
    """When a message first due at `due_at` is no longer worth sending; None for those that always are."""
    lasts = PROMISES[kind].lasts
    return None if lasts is None else due_at + lasts


def still_wanted(
    this: Try, *, now: datetime, asks_in_turn: int | None = None, newest_turn: int | None = None
) -> GiveUp | None:
    """Asked before each try: None to go ahead.

    `asks_in_turn` is the dialog turn a question belongs to (None if the message asks nothing), `newest_turn`
    the turn its recipient has reached.
    """
    answered = asks_in_turn is not None and newest_turn is not None and asks_in_turn < newest_turn
    if answered and this.promise.superseded_by_newer_turn:
        return GiveUp(State.SUPERSEDED, "a newer turn")
    if this.is_late(now):
        return _ended(this, State.EXPIRED, "too late")
    return None


def decide(this: Try, outcome: Outcome, *, now: datetime, jitter: float = 0.0) -> Decision:
    """What follows from the outcome of a try. `jitter` is chance between 0 and 1."""
    match outcome:
        case Sent(message_id, but):
            return Done(message_id, but)
        case Refused(reason):
            return GiveUp(State.FAILED if reason.is_ours else State.REFUSED, reason.value)
        case Wait(seconds):
            # Never earlier than asked. Telegram put it off, so it costs no try; only lateness ends it.
            when = now + timedelta(seconds=max(seconds, 1.0) + jitter)
            return _in_time(this, RetryAt(when, this.attempts - 1, this.doubted))
        case NotSent(detail):
            return _again(this, now, jitter, detail)
        case Moved(chat_id):
            retry = _again(this, now, jitter, "moved")
            return Redirect(chat_id, retry) if isinstance(retry, RetryAt) else retry
        case Unsure(detail):
            doubtful = replace(this, doubted=True)
            match this.promise.when_unsure:
                case WhenUnsure.AGAIN:
                    return _again(doubtful, now, jitter, detail)
                case WhenUnsure.AGAIN_ONCE if not this.doubted:
                    return _again(doubtful, now, jitter, detail)
                case _:
                    return GiveUp(State.UNSURE, detail)
        case _:
            assert_never(outcome)


def after_crash(this: Try, *, now: datetime, jitter: float = 0.0) -> Decision:
    """What becomes of a row found in `sending` whose sender is gone: nobody knows, so it is unsure."""
    return decide(this, Unsure("its sender stopped"), now=now, jitter=jitter)


def _again(this: Try, now: datetime, jitter: float, why: str) -> RetryAt | GiveUp:
    promise = this.promise
    if promise.tries is not None and this.attempts >= promise.tries:
        return _ended(this, State.FAILED, why)
    step = min(max(this.attempts, 1), len(promise.backoff)) - 1
    when = now + timedelta(seconds=promise.backoff[step] * (1 + _SPREAD * jitter))
    return _in_time(this, RetryAt(when, this.attempts, this.doubted))


def _in_time(this: Try, retry: RetryAt) -> RetryAt | GiveUp:
    return _ended(this, State.EXPIRED, "too late") if this.is_late(retry.when) else retry


def _ended(this: Try, state: State, why: str) -> GiveUp:
    # Where an earlier try may have arrived, neither "expired" nor "failed" would be true.
    return GiveUp(State.UNSURE if this.doubted else state, why)
