"""The test call: once a fortnight each responder taps a card that shows their phone rang. A muted phone sleeps."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot import policy
from bot.conversation import cards
from bot.conversation.desk import Desk
from bot.conversation.inbound import RowDue
from bot.conversation.registry import Appearance, CardKind, Registry
from bot.delivery.promises import Kind
from bot.schedule.times import next_moment
from dialogs.values import Value
from storage.repositories.availability import TestCall
from storage.repositories.people import Person

CARD: Final = "test_call"
TIMER: Final = "rota_test_call"

EVERY: Final = timedelta(days=14)
ANSWERED_WITHIN: Final = timedelta(days=1)
"""A test call without a tap after so long counts as not heard."""

_PUT_DOWN: Final = timedelta(seconds=10)
"""Time to lock the phone: a chat that is open on the screen hardly makes a sound."""

_AT: Final = 11 * 60
"""Minutes past midnight, on the responder's own clock: awake, and not at a meal."""


def is_due(last: datetime, now: datetime) -> bool:
    """Whether it is time for the next, when `last` was planned (or the responder came)."""
    return now - last >= EVERY


def unheard(call: TestCall, now: datetime) -> bool:
    """Whether it was sent, and long enough ago, without a tap."""
    return call.answered_at is None and call.sent_at is not None and now - call.sent_at >= ANSWERED_WITHIN


async def plan(desk: Desk, house_id: int, people: Iterable[Person]) -> None:
    """Plans the next test call of those for whom it is time, at a decent hour of theirs."""
    known = {person.id: person for person in people}
    latest = await desk.work.availability.latest_calls(known)
    due = [
        person
        for person in known.values()
        if is_due(latest[person.id].planned_at if person.id in latest else person.joined_at, desk.now)
    ]
    await _plan(desk, house_id, due)


async def plan_test_call(desk: Desk, _: Mapping[str, Value]) -> None:
    """Whoever starts to answer calls is not left untried for a fortnight, whatever becomes of the conversation."""
    await _open_call(desk)


async def ring_test_call(desk: Desk, _: Mapping[str, Value]) -> None:
    """The person wants to hear it now, be it once more."""
    desk.timer(TIMER, (await _open_call(desk)).id, fence=0, due_at=desk.now + _PUT_DOWN)


async def _open_call(desk: Desk) -> TestCall:
    """The test call that the person has not tapped yet; a new one, if they tapped the last."""
    latest = (await desk.work.availability.latest_calls([desk.me.id])).get(desk.me.id)
    if latest is not None and latest.answered_at is None:
        return latest
    [call] = await _plan(desk, desk.house_id, [desk.me])
    return call


async def _plan(desk: Desk, house_id: int, people: Iterable[Person]) -> list[TestCall]:
    calls = [
        TestCall(
            id=desk.ids.new(),
            person_id=person.id,
            house_id=house_id,
            planned_at=next_moment(_AT, person.zone, desk.now),
        )
        for person in people
    ]
    await desk.work.availability.plan_calls(calls)
    for call in calls:
        desk.timer(TIMER, call.id, fence=0, due_at=call.planned_at)
    return calls


async def ring(desk: Desk, due: RowDue) -> None:
    """The planned moment, or the one the person chose: the card rings as a call for help does, until it is tapped."""
    call = await desk.work.availability.call(due.row)
    if call is not None and call.answered_at is None:
        await desk.work.availability.mark_sent(call.id, desk.now)
        await cards.show(desk, KIND, call.id, [call.person_id], Kind.ALERT, purpose="rota", about=None)


async def heard(desk: Desk, row: int) -> None:
    """It rang."""
    await desk.work.availability.answer(row, desk.now)


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """The card of the one it is for."""
    call = await desk.work.availability.call(row)
    if call is None or call.person_id != viewer:
        return None
    values = {"house": (await desk.house(call.house_id)).name}
    return Appearance("asked" if call.answered_at is None else "heard", values)


async def house_of(desk: Desk, row: int) -> int | None:
    """The house whose calls it tests."""
    call = await desk.work.availability.call(row)
    return None if call is None else call.house_id


KIND: Final = CardKind(name=CARD, who=policy.RESPONDERS, house=house_of, look=look, presses={"hear_test_call": heard})


def register(registry: Registry) -> None:
    """Adds the card, its timer, and what a person may cause."""
    registry.action("plan_test_call", policy.RESPONDERS, plan_test_call)
    registry.action("ring_test_call", policy.RESPONDERS, ring_test_call)
    registry.card(KIND)
    registry.timer(TIMER, ring)
