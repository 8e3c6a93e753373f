"""Hiding the chat: what the bot said in the last two days can be taken back, if somebody might look."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.policy import MEMBERS
from dialogs.values import Value
from storage.repositories.letters import Message

_YOUNG: Final = timedelta(hours=48) - timedelta(minutes=5)
"""Telegram lets a bot take a message back for 48 hours; a little less, as the letters have their own way to go."""

_AT_ONCE: Final = 100  # Telegram's own

PURPOSE: Final = "discreet"


async def hideable(desk: Desk) -> Value:
    """How many messages can be taken back."""
    return len({each.message_id for each in await _messages(desk)})


async def hide_chat(desk: Desk, _: Mapping[str, Value]) -> None:
    """Takes them back. The one that carries the keyboard goes last, when its replacement has come."""
    messages = await _messages(desk)
    carrying = {each.message_id for each in messages if Errand.from_bytes(each.letter).letter.keyboard is not None}
    for some in _hundreds(sorted({each.message_id for each in messages} - carrying)):
        desk.send(_taking_back(some), Kind.EDIT, purpose=PURPOSE, stream=PURPOSE)
    words = desk.render(desk.phrase("chat_hidden"))
    keys = (tuple(desk.render(desk.phrase(name)) for name in ("sos_key", "menu_key")),)
    replacement = desk.send(Errand(letter=Letter(text=words, keyboard=keys)), Kind.REPLY, purpose=PURPOSE)
    for some in _hundreds(sorted(carrying)):
        desk.send(_taking_back(some), Kind.EDIT, purpose=PURPOSE, stream=PURPOSE, edits_id=replacement.id)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("hideable", MEMBERS, hideable)
    registry.action("hide_chat", MEMBERS, hide_chat)


async def _messages(desk: Desk) -> Sequence[Message]:
    """What was sent lately, but for the cards of calls that are not over: those are needed."""
    messages = await desk.work.outbox.messages_to(desk.me.id, desk.now - _YOUNG)
    rows = {each.message_id: int(each.card.rpartition(":")[2]) for each in messages if each.card is not None}
    alerts = await desk.work.alerts.get_many(set(rows.values()))
    needed = {row for row, alert in alerts.items() if alert.ended_at is None}
    return [each for each in messages if rows.get(each.message_id) not in needed]


def _taking_back(messages: tuple[int, ...]) -> Errand:
    return Errand(letter=Letter(text="-"), takes_back=messages)


def _hundreds(ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    rest = iter(ids)
    while some := tuple(islice(rest, _AT_ONCE)):
        yield some
