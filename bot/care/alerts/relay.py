"""The relay: what the two of a call write passes through the bot, until one ends it or the call changes hands.

It is a dialog like any other, so that commands, SOS and the menu go on working in it and it outlives a restart; the
words stand only in the letters that carry them. `desk.answers["row"]` names the call.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, cast

from bot import policy
from bot.care.alerts import homes
from bot.care.alerts.rules import State
from bot.conversation.arguments import message
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import Edited, RowDue
from bot.conversation.registry import Registry
from bot.delivery import messages
from bot.delivery.items import Settled
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.delivery.promises import State as Delivery
from bot.ids import Ids
from bot.membership.retention import RELAY
from dialogs.messages import MEDIA, File, FileKind, Message
from dialogs.progress import Place
from dialogs.values import Plain, Value
from storage.problems import Conflict
from storage.repositories.alerts import Alert
from storage.repositories.people import Person
from storage.repositories.relay import Relayed
from storage.repositories.timers import Timer
from storage.unit_of_work import UnitOfWork

DIALOG: Final = "relay"
_FIRST: Final = "talk"
_HELD: Final = frozenset({State.TAKEN, State.WITH})
TAKE_OFF_TIMER: Final = "relay_take_off"
LOST_TIMER: Final = "relay_lost"
_LOOKS: Final = 30
_LOOKS_AFTER: Final = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Line:
    """A call that somebody holds, seen from one of its two ends."""

    alert: Alert
    other: Person

    @property
    def is_open(self) -> bool:
        """Whether neither of the two has ended it."""
        return self.alert.relay_ended_at is None


# facts


async def relay_held(desk: Desk) -> Value:
    """Whether the call has two ends, and the person at the desk is one of them."""
    return await _line(desk, desk.answers.get("row")) is not None


async def relay_open(desk: Desk) -> Value:
    """Whether what they write is passed on."""
    line = await _line(desk, desk.answers.get("row"))
    return line is not None and line.is_open


async def relay_with(desk: Desk) -> Value:
    """The first name at the other end."""
    line = await _line(desk, desk.answers.get("row"))
    return "" if line is None else line.other.name


async def relay_mine(desk: Desk) -> Value:
    """Whether the call is the person's own."""
    line = await _line(desk, desk.answers.get("row"))
    return line is not None and line.alert.person_id == desk.me.id


# actions


async def relay(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Passes a message on, as it was sent. Raises Conflict when nobody reads it any more."""
    line = await _standing(desk, arguments)
    letters = messages.letters(message(arguments, "message"), lead=_render(desk, line, "relay_header"))
    await desk.work.relay.add_many(
        [
            Relayed(
                id=desk.ids.new(),
                alert_id=line.alert.id,
                person_id=desk.me.id,
                reader_id=line.other.id,
                message_id=desk.message_id,
                outbox_id=await _send(desk, line, replace(letter, protect=True)),
                medium=letter.media[0].kind if letter.media else "text",
                at=desk.now,
            )
            for letter in letters
        ]
    )


async def open_relay(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """They write to each other again, after one of them had ended it."""
    line = await _standing(desk, arguments, ended=True)
    if not line.is_open:
        await desk.work.alerts.set_relay(line.alert.id, None)


async def end_relay(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """One of them ends it; the other is told. The call stays as it is."""
    line = await _line(desk, arguments.get("row"))
    if line is None or not line.is_open:
        return
    await desk.work.alerts.set_relay(line.alert.id, desk.now)
    ended = "relay_ended_responder" if line.alert.person_id == desk.me.id else "relay_ended_person"
    await _send(desk, line, Letter(text=_render(desk, line, ended)))


async def take_back_relayed(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """The last message that still stands goes, here and there: Telegram lets a bot do that for two days."""
    row = arguments.get("row")
    last = await desk.work.relay.newest(row, desk.me.id) if isinstance(row, int) else []
    if not last or not await desk.work.relay.take_back([each.id for each in last], desk.now):
        return
    for each in last:
        await _take_off(desk, each, tries=0)
    if last[0].message_id is not None:
        mine = Errand(letter=Letter(text="-"), takes_back=(last[0].message_id,))
        desk.send(mine, Kind.EDIT, purpose=RELAY, stream=f"{RELAY}:{last[0].id}")


async def still_to_take_off(desk: Desk, due: RowDue) -> None:
    """A copy was on its way when it was taken back; by now it may have come."""
    last = await desk.work.relay.get(due.row)
    if last is not None:
        await _take_off(desk, last, tries=due.fence + 1)


async def settle(work: UnitOfWork, ended: Sequence[Settled], now: datetime, ids: Ids) -> None:
    """A letter that will never come: whoever wrote it hears that, through the door."""
    lost = [each.id for each in ended if each.purpose == RELAY and each.state in {Delivery.REFUSED, Delivery.FAILED}]
    lines = await work.relay.by_letters(lost) if lost else []
    await work.timers.add_many(
        [
            Timer(id=ids.new(), kind=LOST_TIMER, subject_id=each.id, fence=0, due_at=now, created_at=now)
            for each in lines
        ]
    )


async def lost(desk: Desk, due: RowDue) -> None:
    """Tells the writer that it did not come."""
    line = await desk.work.relay.get(due.row)
    people = await desk.people([line.person_id, line.reader_id]) if line is not None else {}
    if line is not None and {line.person_id, line.reader_id} <= people.keys():
        writer, reader = people[line.person_id], people[line.reader_id]
        words = desk.render(desk.phrase("relay_lost", name=reader.name), reader_of(writer))
        desk.send_to(writer, Errand(letter=Letter(text=words)), Kind.REPLY, purpose=RELAY)


async def edited(desk: Desk, given: Edited) -> None:
    """Somebody changed what they had written: the copy changes too, while they write to each other."""
    if desk.person is None or desk.message_id is None:
        return
    copies = await desk.work.relay.of_message(desk.me.id, desk.message_id)
    line = await _line(desk, copies[0].alert_id) if copies else None
    if line is None or not line.is_open or any(each.reader_id != line.other.id for each in copies):
        return
    files = tuple(File(cast(FileKind, each.medium), "-") for each in copies if each.medium in MEDIA)
    lead = _render(desk, line, "relay_header")
    letters = messages.letters(Message(text=given.text, files=files), lead=lead)
    for copy, letter in zip(reversed(copies), reversed(letters), strict=False):  # the words stand in the last ones
        if letter.text:
            desk.send_to(
                line.other,
                Errand(letter=replace(letter, protect=True)),
                Kind.EDIT,
                purpose=RELAY,
                about_id=desk.me.id,
                edits_id=copy.outbox_id,
                stream=f"{RELAY}:{copy.id}",
            )


async def reads(desk: Desk) -> Place | None:
    """Where what is written belongs while somebody is at the other end: the call they are in, else the latest."""
    place = desk.progress.place
    if place is not None and place.dialog == DIALOG:
        line = await _line(desk, place.answers.get("row"))
        if line is not None and line.is_open:
            return place
    for alert in reversed(await desk.work.alerts.held_by_or_for(desk.me.id)):
        line = await _line(desk, alert.id)
        if line is not None and line.is_open:
            answers: dict[str, Plain] = {"row": alert.id}
            return Place(dialog=DIALOG, revision=_revision(desk), node=_FIRST, answers=answers)
    return None


def register(registry: Registry) -> None:
    """Adds what the two of a call may ask and cause."""
    registry.fact("relay_held", policy.MEMBERS, relay_held)
    registry.fact("relay_open", policy.MEMBERS, relay_open)
    registry.fact("relay_with", policy.MEMBERS, relay_with)
    registry.fact("relay_mine", policy.MEMBERS, relay_mine)
    registry.action("relay", policy.MEMBERS, relay)
    registry.action("open_relay", policy.MEMBERS, open_relay)
    registry.action("end_relay", policy.MEMBERS, end_relay)
    registry.action("take_back_relayed", policy.MEMBERS, take_back_relayed)
    registry.timer(TAKE_OFF_TIMER, still_to_take_off)
    registry.timer(LOST_TIMER, lost)
    registry.when_nothing_waits(reads)
    registry.when_edited(edited)


async def _line(desk: Desk, row: object) -> Line | None:
    alert = (await desk.work.alerts.get_many([row])).get(row) if isinstance(row, int) else None
    if alert is None or alert.state not in _HELD or alert.taken_by is None:
        return None
    if desk.me.id not in {alert.person_id, alert.taken_by}:
        return None
    other_id = alert.taken_by if desk.me.id == alert.person_id else alert.person_id
    other = (await desk.people([other_id])).get(other_id)
    return None if other is None else Line(alert, other)


async def _standing(desk: Desk, arguments: Mapping[str, Value], *, ended: bool = False) -> Line:
    line = await _line(desk, arguments.get("row"))
    if line is None or not (line.is_open or ended):
        raise Conflict("nobody is at the other end any more")
    return line


async def _send(desk: Desk, line: Line, letter: Letter) -> int:
    """To the other end, as hard as what a call needs is sent. Who left the house since gets nothing."""
    theirs = line.alert.person_id == line.other.id
    here = await homes.shared(desk, line.alert, [line.other.id])
    return desk.send_to(
        line.other,
        Errand(letter=letter),
        Kind.CRISIS if theirs else Kind.ALERT,
        purpose=RELAY,
        about_id=desk.me.id,
        house_id=here.get(line.other.id, line.alert.house_id),
        stream=f"{RELAY}:{line.alert.id}",
    ).id


async def _take_off(desk: Desk, line: Relayed, *, tries: int) -> None:
    """Takes the copy off the reader's screen; one that has not come yet is looked for again."""
    copy = await desk.work.outbox.message_of(line.outbox_id)
    reader = (await desk.people([line.reader_id])).get(line.reader_id)
    if copy is not None and reader is not None:
        gone = Errand(letter=Letter(text="-"), takes_back=(copy.message_id,))
        desk.send_to(reader, gone, Kind.EDIT, purpose=RELAY, stream=f"{RELAY}:{line.id}")
    elif reader is not None and tries < _LOOKS:
        desk.timer(TAKE_OFF_TIMER, line.id, fence=tries, due_at=desk.now + _LOOKS_AFTER * (tries + 1))


def _render(desk: Desk, line: Line, phrase: str, **values: Value) -> str:
    return desk.render(desk.phrase(phrase, name=desk.me.name, **values), reader_of(line.other))


def _revision(desk: Desk) -> int:
    return desk.library.scripts[DIALOG].dialog.revision
