"""Replies that were given up: they are shown when their person is next in touch, above the answer."""

from collections.abc import Mapping
from dataclasses import replace

from bot.conversation import cards
from bot.conversation.desk import Desk
from bot.conversation.registry import CardKind
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from storage.repositories.letters import Owed, Settlement
from storage.repositories.outbox_statements import OWED_PURPOSE


async def show(desk: Desk, kinds: Mapping[str, CardKind]) -> None:
    """Leaves them anew, once, with a word before them; cards as they stand by now. They are not owed any more.

    A reply that we are still unsure of after it was sent again counts as given up: it may be the end of a dialog,
    for which somebody waits. A question that a newer turn has superseded stays away. Letters are kept for seven
    days, so nothing is older.
    """
    owed = await desk.work.outbox.owed(desk.me.id)
    settled = [
        Settlement(id=each.id, state="superseded", attempts=each.attempts, reason="shown later") for each in owed
    ]
    await desk.work.outbox.settle_many(settled, desk.now)
    before, desk.outgoing = desk.outgoing, []
    lead = desk.send(Errand(letter=Letter(text=desk.render(desk.phrase("owed")))), Kind.REPLY, purpose=OWED_PURPOSE)
    shown: set[str] = set()
    for each in owed:
        if each.card is None:
            _say_again(desk, each)
        elif each.card not in shown:
            shown.add(each.card)
            await _show_card(desk, kinds, each, each.card)
    if desk.outgoing == [lead]:
        desk.outgoing.clear()
    desk.outgoing = [*before, *desk.outgoing]


def _say_again(desk: Desk, owed: Owed) -> None:
    errand = Errand.from_bytes(owed.letter)
    if owed.turn is not None and owed.turn < desk.progress.turn:
        return
    # As a message of its own, whatever it was to replace: it has to be noticed.
    desk.send(
        replace(errand, edits=None),
        Kind.REPLY,
        purpose=owed.purpose,
        stream=owed.stream,
        about_id=owed.about_id,
        house_id=owed.house_id,
        turn=owed.turn,
    )


async def _show_card(desk: Desk, kinds: Mapping[str, CardKind], owed: Owed, reference: str) -> None:
    name, _, row = reference.partition(":")
    if row.isdecimal() and name in kinds:  # what a card shows beside itself comes with it
        await cards.show(
            desk, kinds[name], int(row), [desk.me.id], Kind.REPLY, purpose=owed.purpose, about=owed.about_id
        )
