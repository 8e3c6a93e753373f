"""Announcements: staff speak to their house, and see who heard.

A long one is written to the outbox in pieces, by a timer of its row; another timer keeps the author's status
card up to date until everybody has an outcome.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson

from bot import policy
from bot.conversation import cards
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.conversation.registry import Appearance, CardKind, Registry
from bot.delivery.items import Settled
from bot.delivery.letters import Letter, from_json, to_json
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind, State
from bot.membership import trail
from bot.membership.trail import What
from dialogs.texts import Reader
from dialogs.values import Text, Value
from storage.repositories.announcements import Announcement
from storage.repositories.people import Person
from storage.repositories.recipients import Arrival, Recipient, RecipientOutcome
from storage.unit_of_work import UnitOfWork

CARD: Final = "announced"
WRITE_TIMER, STATUS_TIMER = "announcement_write", "announcement_status"

_PIECE: Final = 500
"""Letters written in one transaction."""

_STATUS_EVERY: Final = timedelta(seconds=2)
_BAR: Final = 10
_UNHEARD_SHOWN: Final = 30
"""Lines about those who did not get it; more would not fit a message."""

_OUTCOMES: Final[Mapping[State, RecipientOutcome]] = {
    State.SENT: "sent",
    State.UNSURE: "unsure",
    State.EXPIRED: "expired",
    State.WITHHELD: "withheld",
    State.REFUSED: "unreachable",
    State.FAILED: "unreachable",
    State.SUPERSEDED: "expired",
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement reaches, and whom it does not."""

    reached: tuple[Person, ...]
    stopped: tuple[Person, ...]
    blocked: tuple[Person, ...]


async def audience(desk: Desk) -> Audience:
    """Everybody of the house itself, but its author."""
    ids = set(await desk.work.memberships.people_of(desk.house_id, desk.now)) - {desk.me.id}
    people = list((await desk.people(ids)).values())
    away = [each for each in people if each.reach in {"blocked", "deactivated"}]
    stopped = [each for each in people if each.stopped and each not in away]
    reached = [each for each in people if each not in away and each not in stopped]
    return Audience(tuple(reached), tuple(stopped), tuple(away))


# facts


async def audience_count(desk: Desk) -> Value:
    """How many people it reaches."""
    return len((await audience(desk)).reached)


async def audience_left_out(desk: Desk) -> Value:
    """Who is left out and why, a line each."""
    found = await audience(desk)
    lines = [_reason(desk, each, "reason_stopped", desk.reader) for each in found.stopped]
    lines += [_reason(desk, each, f"reason_{each.reach}", desk.reader) for each in found.blocked]
    return "\n".join(lines)


async def announcement_shown(desk: Desk) -> Value:
    """The announcement as its readers will see it."""
    return await _words(desk, str(desk.answers["words"]), desk.me.name, desk.reader)


# actions


async def announce(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Sends it on its way: a line for everybody, letters for the first of them, a card for the author."""
    words = str(arguments["words"])
    announcement = Announcement(
        id=desk.ids.new(),
        house_id=desk.house_id,
        author_id=desk.me.id,
        letter=orjson.dumps(to_json(Letter(text=words))),
        state="sending",
        created_at=desk.now,
        confirmed_at=desk.now,
    )
    await desk.work.announcements.add(announcement)
    found = await audience(desk)
    lines = [_line(desk, announcement, each.id) for each in found.reached]
    lines += [_line(desk, announcement, each.id, "withheld", "stopped") for each in found.stopped]
    lines += [_line(desk, announcement, each.id, "blocked", each.reach) for each in found.blocked]
    await desk.work.recipients.add_many(lines)
    await trail.note(desk, What.ANNOUNCED)
    await cards.show(desk, KIND, announcement.id, [desk.me.id], Kind.REPLY, purpose="announcement", about=None)
    desk.timer(WRITE_TIMER, announcement.id, fence=0, due_at=desk.now)
    desk.timer(STATUS_TIMER, announcement.id, fence=0, due_at=desk.now + _STATUS_EVERY)


# timers


async def write_due(desk: Desk, due: RowDue) -> None:
    """Writes the next letters; comes back while there are more."""
    announcement = await desk.work.announcements.get(due.row)
    if announcement is None or announcement.state != "sending":
        return
    lines = await desk.work.recipients.unsent(announcement.id, _PIECE)
    people = await desk.people({line.person_id for line in lines} | {announcement.author_id})
    author = people.get(announcement.author_id)
    words = from_json(orjson.loads(announcement.letter)).text
    letters: dict[int, int] = {}
    shown: dict[str, str] = {}
    for line in lines:
        person = people.get(line.person_id)
        if person is None:
            continue
        if person.locale not in shown:
            name = author.name if author is not None else ""
            shown[person.locale] = await _words(desk, words, name, reader_of(person), announcement.house_id)
        sent = desk.send_to(
            person,
            Errand(letter=Letter(text=shown[person.locale])),
            Kind.ANNOUNCEMENT,
            purpose="announcement",
            house_id=announcement.house_id,
            stream="announcements",
        )
        letters[line.id] = sent.id
    await desk.work.recipients.hand_over(letters)
    if len(lines) == _PIECE:
        desk.timer(WRITE_TIMER, announcement.id, fence=0, due_at=desk.now)


async def status_due(desk: Desk, due: RowDue) -> None:
    """Brings the author's card up to date; comes back until everybody has an outcome."""
    announcement = await desk.work.announcements.get(due.row)
    if announcement is None or announcement.state != "sending":
        return
    tally = await desk.work.recipients.tally(announcement.id)
    if tally.get("waiting", 0):
        desk.timer(STATUS_TIMER, announcement.id, fence=0, due_at=desk.now + _STATUS_EVERY)
    else:
        await desk.work.announcements.move(announcement.id, "sending", state="done", finished_at=desk.now)
    await cards.refresh(desk, KIND, announcement.id, [announcement.author_id])


async def settle(work: UnitOfWork, ended: Sequence[Settled], now: datetime) -> None:
    """What became of letters becomes of their lines."""
    arrivals = [
        Arrival(outbox_id=each.id, outcome=_outcome(each), reason=each.reason)
        for each in ended
        if each.kind is Kind.ANNOUNCEMENT
    ]
    if arrivals:
        await work.recipients.settle_by_outbox(arrivals, now)


# the card


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """How it is getting on: for its author."""
    announcement = await desk.work.announcements.get(row)
    if announcement is None or announcement.author_id != viewer:
        return None
    tally = await desk.work.recipients.tally(row)
    total, sent = sum(tally.values()), tally.get("sent", 0)
    waiting = tally.get("waiting", 0)
    values: dict[str, Value] = {"sent": sent, "total": total, "bar": _bar(total - waiting, total)}
    if announcement.state == "sending":
        return Appearance("sending", values)
    author = (await desk.people([viewer])).get(viewer)
    values["reasons"] = await _reasons(desk, row, reader_of(author) if author else desk.reader)
    return Appearance("done", values)


async def _reasons(desk: Desk, row: int, reader: Reader) -> str:
    unheard = [line for line in await desk.work.recipients.of(row) if line.outcome not in {"sent", "waiting"}]
    people = await desk.people(line.person_id for line in unheard)
    lines = [
        _reason(desk, people[line.person_id], _phrase_of(line), reader)
        for line in unheard[:_UNHEARD_SHOWN]
        if line.person_id in people
    ]
    if len(unheard) > _UNHEARD_SHOWN:
        lines.append("…")
    return "\n".join(lines)


def _phrase_of(line: Recipient) -> str:
    match line.outcome, line.reason:
        case "blocked", "deactivated":
            return "reason_deactivated"
        case ("blocked", _) | (_, "blocked"):
            return "reason_blocked"
        case _, "deactivated":
            return "reason_deactivated"
        case "withheld", "left":
            return "reason_left"
        case "withheld", _:
            return "reason_stopped"
        case "unsure", _:
            return "reason_unsure"
        case "expired", _:
            return "reason_expired"
        case _:
            return "reason_failed"


def _reason(desk: Desk, person: Person, phrase: str, reader: Reader) -> str:
    return desk.render(Text(desk.library.phrases[phrase], {"name": person.name}), reader)


async def _words(desk: Desk, words: str, author: str, reader: Reader, house_id: int | None = None) -> str:
    house = await desk.house(house_id)
    # Whoever wrote it may have had themselves deleted while it was under way: the house still says it.
    name = "announcement_header" if author else "announcement_header_house"
    header = desk.render(desk.phrase(name, author=author, house=house.name), reader)
    return f"{header}\n\n{words}"


async def house_of(desk: Desk, row: int) -> int | None:
    """The house an announcement was made to."""
    announcement = await desk.work.announcements.get(row)
    return None if announcement is None else announcement.house_id


KIND: Final = CardKind(name=CARD, who=policy.STAFF, house=house_of, look=look, presses={})


def _bar(done: int, total: int) -> str:
    full = _BAR if total == 0 else done * _BAR // total
    return "▰" * full + "▱" * (_BAR - full)


def _line(
    desk: Desk,
    announcement: Announcement,
    person_id: int,
    outcome: RecipientOutcome = "waiting",
    reason: str | None = None,
) -> Recipient:
    return Recipient(
        id=desk.ids.new(),
        announcement_id=announcement.id,
        person_id=person_id,
        outcome=outcome,
        reason=reason,
        settled_at=None if outcome == "waiting" else desk.now,
    )


def _outcome(ended: Settled) -> RecipientOutcome:
    if ended.state is State.REFUSED and ended.reason == "blocked":
        return "blocked"
    return _OUTCOMES[ended.state]


def register(registry: Registry) -> None:
    """Adds everything about announcements."""
    registry.fact("audience_count", policy.STAFF, audience_count)
    registry.fact("audience_left_out", policy.STAFF, audience_left_out)
    registry.fact("announcement_shown", policy.STAFF, announcement_shown)
    registry.action("announce", policy.STAFF, announce)
    registry.card(KIND)
    registry.timer(WRITE_TIMER, write_due)
    registry.timer(STATUS_TIMER, status_due)
