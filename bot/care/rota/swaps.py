"""Swaps: one asks another to take a turn, on a card. Until the other says yes, the turn stays where it was."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot import policy
from bot.care.rota import rules
from bot.care.rota.book import away_at, definitions_of
from bot.care.rota.facts import my_turns_ahead
from bot.care.rota.telling import tell
from bot.care.rota.words import moment, people_options, starts_at_key
from bot.conversation import cards
from bot.conversation.arguments import words
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.conversation.registry import Appearance, CardKind, Registry
from bot.delivery.promises import Kind
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.rotas import StandIn, StandInState

CARD: Final = "turn_swap"
TIMER: Final = "rota_swap"

_AT_LEAST: Final = timedelta(hours=1)
"""The other has so long to answer, even for a turn that is under way."""


async def swap_people(desk: Desk) -> Value:
    """Those who could take the turn in `turn`: who answer calls for the house and are not away then."""
    shift = starts_at_key(await my_turns_ahead(desk), str(desk.answers.get("turn")))
    able = (await definitions_of(desk, desk.house_id)).able - {desk.me.id}
    return await people_options(desk, able - await away_at(desk, able, shift.starts_at if shift else desk.now))


async def ask_swap(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Asks somebody to take a turn. Raises Conflict when it is not the person's own, or the other can't be asked."""
    shift = starts_at_key(await my_turns_ahead(desk), words(arguments, "turn"))
    other = int(words(arguments, "person"))
    able = (await definitions_of(desk, desk.house_id)).able
    if shift is None or other == desk.me.id or other not in able:
        raise Conflict("the turn, or who could take it, has changed")
    swap = StandIn(
        id=desk.ids.new(),
        house_id=desk.house_id,
        person_id=other,
        instead_of=desk.me.id,
        starts_at=max(shift.starts_at, desk.now),
        ends_at=shift.ends_at,
        state="asked",
        made_at=desk.now,
    )
    await desk.work.rotas.add_stand_in(swap)
    await cards.show(desk, KIND, swap.id, [other], Kind.REPLY, purpose="rota", about=desk.me.id)
    desk.timer(TIMER, swap.id, fence=0, due_at=max(swap.starts_at, desk.now + _AT_LEAST))


async def agree(desk: Desk, row: int) -> None:
    """The other takes the turn."""
    await _answer(desk, row, "agreed", "swap_agreed")


async def decline(desk: Desk, row: int) -> None:
    """The other can't."""
    await _answer(desk, row, "declined", "swap_declined")


async def unanswered(desk: Desk, due: RowDue) -> None:
    """The turn begins, and nobody has answered: it stays where it was, and both see that."""
    swap = await desk.work.rotas.stand_in(due.row)
    if swap is None or swap.instead_of is None:
        return
    if await desk.work.rotas.move_stand_in(swap.id, "expired", desk.now, was="asked"):
        await tell(desk, swap.house_id, swap.instead_of, "swap_unanswered", start=swap.starts_at)
        await cards.refresh(desk, KIND, swap.id, [swap.person_id])


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """The card of the one who is asked."""
    swap = await desk.work.rotas.stand_in(row)
    if swap is None or swap.person_id != viewer or swap.instead_of is None:
        return None
    people = await desk.people([viewer, swap.instead_of])
    reader = reader_of(people[viewer]) if viewer in people else desk.reader
    values: dict[str, Value] = {
        "name": people[swap.instead_of].name if swap.instead_of in people else "",
        "house": (await desk.house(swap.house_id)).name,
        "start": moment(swap.starts_at, reader),
        "until": moment(swap.ends_at, reader),
    }
    if swap.state == "asked" and not await _still_theirs(desk, swap):
        return Appearance("gone", values)
    return Appearance("gone" if swap.state == "expired" else swap.state, values)


async def house_of(desk: Desk, row: int) -> int | None:
    """The house in which somebody asks."""
    swap = await desk.work.rotas.stand_in(row)
    return None if swap is None else swap.house_id


KIND: Final = CardKind(
    name=CARD,
    who=policy.RESPONDERS,
    house=house_of,
    look=look,
    presses={"agree_swap": agree, "decline_swap": decline},
)


def register(registry: Registry) -> None:
    """Adds the card, and what happens when nobody answers it."""
    registry.card(KIND)
    registry.timer(TIMER, unanswered)


async def _answer(desk: Desk, row: int, state: StandInState, phrase: str) -> None:
    swap = await desk.work.rotas.stand_in(row)
    if swap is None or swap.instead_of is None:
        raise Conflict("the swap is gone")
    if not await desk.work.rotas.move_stand_in(row, state, desk.now, was="asked"):
        raise Conflict("the swap was answered before")
    await tell(desk, swap.house_id, swap.instead_of, phrase, name=desk.me.name, start=swap.starts_at)


async def _still_theirs(desk: Desk, swap: StandIn) -> bool:
    """Whether the turn is still to come, or under way, and still belongs to the one who asks."""
    if swap.ends_at <= desk.now:
        return False
    definitions = await definitions_of(desk, swap.house_id)
    return rules.planned(definitions, max(swap.starts_at, desk.now)) == swap.instead_of
