"""Setting tables and clearing them: a whole batch of turns is loaded, and written, in a few statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import standings
from bot.conversation.desk import Desk
from bot.conversation.inbound import Inbound
from bot.conversation.libraries import Libraries
from bot.ids import Ids
from dialogs.progress import Progress
from storage.problems import Conflict
from storage.repositories.progress import NewProgress, StoredProgress
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What every desk of a batch shares."""

    work: UnitOfWork
    libraries: Libraries
    ids: Ids
    now: datetime


async def set_desks(table: Table, batch: Sequence[Inbound]) -> list[Desk]:
    """A desk for each input, with its person, their standing, and their place in a dialog."""
    work = table.work
    senders = {each.sender.telegram_id for each in batch if each.sender is not None}
    people = await work.people.find_many(senders) if senders else {}
    ours = {each.person_id for each in batch if each.person_id is not None}
    known = await work.people.get_many(ours) if ours else {}
    ids = [person.id for person in (*people.values(), *known.values())]
    places = await work.memberships.places_of(ids, table.now) if ids else {}
    progresses = await work.progress.load(ids) if ids else {}
    houses = {place.house_id for found in places.values() for place in found}
    own = await table.libraries.of(work, houses)
    desks = []
    for inbound in batch:
        person = (
            people.get(inbound.sender.telegram_id)
            if inbound.sender is not None
            else known.get(inbound.person_id or 0)
        )
        stored = progresses.get(person.id) if person is not None else None
        found = places.get(person.id, ()) if person is not None else ()
        desk = Desk(
            work=work,
            ours=table.libraries.ours,
            ids=table.ids,
            now=table.now,
            own=own,
            sender=inbound.sender,
            person=person,
            standing=standings.first(found),
            home=standings.first(found),
            standings=standings.every(found),
            progress=_progress(stored),
            stored_turn=stored.turn if stored is not None else 0,
            touched_at=stored.touched_at if stored is not None else None,
            nudged=stored.nudged if stored is not None else False,
            was_nudged=stored.nudged if stored is not None else False,
            owed=stored.owed if stored is not None else False,
            update_id=inbound.update_id,
            message_id=inbound.message_id,
        )
        if desk.progress.place is not None:
            desk.turn_to(desk.progress.place.house)
        desks.append(desk)
    return desks


async def clear_desks(work: UnitOfWork, desks: Sequence[Desk]) -> None:
    """Writes where everybody stands now, and their timers. Raises Conflict when somebody else was first."""
    moved = [_saved(desk) for desk in desks if desk.person is not None and _changed(desk)]
    if moved and await work.progress.save(moved):
        raise Conflict("Somebody's turn was taken elsewhere meanwhile.")
    timers = [timer for desk in desks for timer in desk.timers]
    if timers:
        await work.timers.add_many(timers)


def _progress(stored: StoredProgress | None) -> Progress:
    return Progress() if stored is None else Progress.from_json(stored.turn, stored.state)


def _changed(desk: Desk) -> bool:
    return desk.progress.turn != desk.stored_turn or desk.nudged != desk.was_nudged


def _saved(desk: Desk) -> NewProgress:
    place = desk.progress.place
    answered = desk.progress.turn != desk.stored_turn
    return NewProgress(
        person_id=desk.me.id,
        expected=desk.stored_turn,
        turn=desk.progress.turn,
        state=desk.progress.to_json(),
        touched_at=desk.now if answered or desk.touched_at is None else desk.touched_at,
        nudged=desk.nudged and not answered,
        dialog=place.dialog if place else None,
        node=place.node if place else None,
        revision=place.revision if place else None,
    )
