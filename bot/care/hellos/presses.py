"""The card of a hello: how it looks to whoever is asked, and what their presses do; and what time does to it."""

from datetime import timedelta
from typing import Final

from bot import policy
from bot.care.hellos import asking, rules
from bot.conversation import cards
from bot.conversation.desk import Desk
from bot.conversation.inbound import RowDue
from bot.conversation.registry import Appearance, CardKind, Registry
from bot.membership.consent import Purpose, agreed
from storage.problems import Conflict
from storage.repositories.hellos import Hello

CARD: Final = "hello"

_LATELY: Final = timedelta(days=14)
"""Older ones have long ended."""


async def house_of(desk: Desk, row: int) -> int | None:
    """The house in which somebody is asked."""
    hello = await desk.work.hellos.get(row)
    return None if hello is None else hello.house_id


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """For those who were asked, and nobody else."""
    hello = await desk.work.hellos.get(row)
    asked = await desk.work.hellos.asked(row)
    if hello is None or viewer not in asked:
        return None
    people = await desk.people([hello.person_id, *([hello.taken_by] if hello.taken_by else [])])
    names = {each: person.name for each, person in people.items()}
    values = {"name": names.get(hello.person_id, ""), "responder": names.get(hello.taken_by or 0, "")}
    if hello.state == "taken":
        return Appearance("mine" if hello.taken_by == viewer else "taken", values)
    if hello.state == "over":
        return Appearance("thanks" if hello.taken_by == viewer else "over", values)
    return Appearance("declined" if asked[viewer] else hello.kind, values)


async def take(desk: Desk, row: int) -> None:
    """I'll say hello. The person hears who will, and finds it in /who_saw.

    It is not noted in the trail: staff read that, and the person agreed to a mentor.
    """
    hello = await _of(desk, row)
    hello = await asking.move(desk, hello, "taken", taken_by=desk.me.id)
    await asking.write(desk, hello, "hello_taken", responder=desk.me.name)
    await _tidy(desk, hello)


async def decline(desk: Desk, row: int) -> None:
    """I can't now. When everybody asked so far can't, the next are asked at once."""
    hello = await _of(desk, row)
    await desk.work.hellos.decline(row, desk.me.id)
    if not all((await desk.work.hellos.asked(row)).values()):
        return
    if hello.kind == "company":
        await asking.move(desk, hello, "over")
        await asking.write(desk, hello, "hello_declined", responder=desk.me.name)
    else:
        await asking.ask_on(desk, KIND, hello)


async def done(desk: Desk, row: int) -> None:
    """We talked."""
    hello = await _of(desk, row)
    await asking.move(desk, hello, "over", taken_by=hello.taken_by)


async def due(desk: Desk, given: RowDue) -> None:
    """It is time for the first or the next people, if it is still needed and still agreed to."""
    hello = await desk.work.hellos.get(given.row)
    if hello is None or hello.version != given.fence or hello.state not in {"waiting", "open"}:
        return
    if await _needless(desk, hello):
        await end(desk, hello)
    else:
        await asking.ask_on(desk, KIND, hello)


async def left(desk: Desk, person_id: int, house_id: int) -> None:
    """Somebody left the house: what was about them ends, and what they had taken is asked of others."""
    for hello in await desk.work.hellos.of(person_id, desk.now - _LATELY):
        if hello.house_id == house_id and hello.state != "over":
            await end(desk, hello)
    for hello in await desk.work.hellos.taken_by(person_id):
        if hello.house_id == house_id:
            moved = await asking.move(desk, hello, "open")
            await asking.ask_on(desk, KIND, moved)


async def gone(desk: Desk) -> None:
    """Somebody is about to be deleted: what the cards about them said goes with them."""
    for hello in await desk.work.hellos.of(desk.me.id, desk.now - _LATELY):
        if hello.state != "over":
            await end(desk, hello)


async def end(desk: Desk, hello: Hello) -> None:
    """It is needed no more: those asked see that."""
    hello = await asking.move(desk, hello, "over", taken_by=hello.taken_by)
    await _tidy(desk, hello)


KIND: Final = CardKind(
    name=CARD,
    who=policy.MEMBERS,  # a peer can be asked too; `look` knows who was
    house=house_of,
    look=look,
    presses={"take_hello": take, "decline_hello": decline, "end_hello": done},
)


def register(registry: Registry) -> None:
    """Adds the card, its timer, and what happens when somebody leaves."""
    registry.card(KIND)
    registry.timer(asking.TIMER, due)
    registry.when_left(left)
    registry.when_gone(gone)


async def _of(desk: Desk, row: int) -> Hello:
    hello = await desk.work.hellos.get(row)
    if hello is None:
        raise Conflict("it is gone")
    return hello


async def _needless(desk: Desk, hello: Hello) -> bool:
    """Whether people are with them already, they spoke, left, or took back that anybody hears of it."""
    theirs = hello.kind in rules.THEIR_OWN
    if not theirs and hello.person_id not in await agreed(desk.work, {hello.person_id}, Purpose.WORRY):
        return True
    if await desk.work.alerts.open_for(hello.person_id):
        return True
    if hello.kind != "silence":
        return False
    progress = (await desk.work.progress.load([hello.person_id])).get(hello.person_id)
    return progress is not None and progress.touched_at > hello.opened_at


async def _tidy(desk: Desk, hello: Hello) -> None:
    me = desk.person.id if desk.person is not None else 0
    await cards.refresh(desk, KIND, hello.id, [each for each in await desk.work.hellos.asked(hello.id) if each != me])
