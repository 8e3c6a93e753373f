"""Pressing buttons: inline ones become callback queries, those of a reply keyboard send their text."""

from bot.sandbox.exchange import Exchange
from bot.sandbox.people import People
from bot.sandbox.state import Chat, Query, User
from bot.sandbox.updates import TAP_KEPT
from bot.sandbox.wire import ControlError, Json


class Taps:
    """One finger on one button."""

    def __init__(self, exchange: Exchange, people: People) -> None:
        self._exchange = exchange
        self._people = people

    def tap(self, user: User, button: object, message_id: int | None = None, chat_id: int | None = None) -> Json:
        """Press the button with this label, `{"data": …}` or `[row, column]`.

        With a message id it is one under that message, else one of the reply keyboard. Raises ControlError
        where there is none.
        """
        chat = self._exchange.world.chats.get(user.id if chat_id is None else chat_id)
        if chat is None or user.id not in chat.members:
            raise ControlError("there is no such chat", 404)
        message = chat.messages.get(message_id) if message_id is not None else None
        if message is not None and not message.deleted and message.inline_keyboard:
            found = _find(message.inline_keyboard["inline_keyboard"], button)
            if found is not None:
                return self._query(user, chat, message.id, found)
        if chat.keyboard is not None and message_id in (None, chat.keyboard_message):
            found = _find(chat.keyboard["keyboard"], button)
            if found is not None:
                return self._key(user, chat, found)
        raise ControlError(f"there is no button {button!r} to press", 404)

    def _query(self, user: User, chat: Chat, message_id: int, button: Json) -> Json:
        data = button.get("callback_data")
        if data is None:
            return {"update_id": None}  # a link: it opens on the phone, and the bot hears nothing
        exchange, world = self._exchange, self._exchange.world
        now = exchange.clock.now().timestamp()
        self._forget_old(now)
        world.last_query += 1
        query = Query(f"{user.id}{world.last_query:09}", chat.id, user.id, now)
        world.queries[query.id] = query
        body = {
            "id": query.id,
            "from": user.wire(),
            "message": exchange.message_wire(chat, chat.messages[message_id]),
            "chat_instance": str(chat.id),
            "data": data,
        }
        update_id = exchange.updates.push("callback_query", body, f"tap:{user.id}")
        return {"update_id": update_id, "callback_id": query.id}

    def _key(self, user: User, chat: Chat, key: Json) -> Json:
        sent = self._people.say(user, str(key["text"]), chat.id)
        if chat.keyboard is not None and chat.keyboard.get("one_time_keyboard"):
            chat.keyboard = chat.keyboard_message = None
            self._exchange.touch(chat, None, "keyboard")
        return sent

    def _forget_old(self, now: float) -> None:
        queries = self._exchange.world.queries
        while queries and now - next(iter(queries.values())).at > TAP_KEPT:
            del queries[next(iter(queries))]


def _find(rows: list[list[Json | str]], wanted: object) -> Json | None:
    """The button that is meant; a key of a reply keyboard may be a bare text."""
    buttons = [[{"text": b} if isinstance(b, str) else b for b in row] for row in rows]
    match wanted:
        case str():
            return next((b for row in buttons for b in row if b["text"] == wanted), None)
        case {"data": data}:
            return next((b for row in buttons for b in row if b.get("callback_data") == data), None)
        case [int(row), int(column)] if 0 <= row < len(buttons) and 0 <= column < len(buttons[row]):
            return buttons[row][column]
        case _:
            return None
