"""What people do on their phones, and what the bot hears of it."""

import binascii
from base64 import b64decode
from dataclasses import asdict, fields

from bot.sandbox import media
from bot.sandbox.exchange import Exchange
from bot.sandbox.methods.chats import bot_member
from bot.sandbox.methods.sending import origin
from bot.sandbox.params import Params, Upload
from bot.sandbox.polls import poll
from bot.sandbox.reactions import ALLOWED
from bot.sandbox.state import Chat, Message, User
from bot.sandbox.text import typed
from bot.sandbox.views import bubble
from bot.sandbox.wire import BotApiError, ControlError, Json

_FIRST_USER_ID = 10_001
_FIELDS = {field.name for field in fields(User)}
_UNSETTABLE = frozenset({"id", "blocked", "deactivated"})


class People:
    """Everything a person can do. Each act answers `{update_id, message?}`; ControlError if it can't be done."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def create(self, data: Json) -> User:
        """A new person with a phone; nothing is said to the bot yet."""
        users = self._exchange.world.users
        if not data.get("first_name"):
            raise ControlError("a person needs a first_name")
        given = {name: value for name, value in data.items() if name in _FIELDS}
        if given.get("id") is None:
            given["id"] = max(users, default=_FIRST_USER_ID - 1) + 1
        if not isinstance(given["id"], int) or given["id"] <= 0 or given["id"] in users:
            raise ControlError(f"id {given['id']!r} is taken, or not a person's", 409)
        user = User(**given)
        users[user.id] = user
        chat = Chat(user.id, "private", user.first_name, [user.id])
        self._exchange.world.chats[user.id] = chat
        self._exchange.touch(chat, None, "users")
        return user

    def change(self, user: User, data: Json) -> User:
        """Another name, language or label."""
        for name, value in data.items():
            if name in _FIELDS - _UNSETTABLE:
                setattr(user, name, value)
        chat = self._exchange.world.chats[user.id]
        chat.title = user.first_name
        self._exchange.touch(chat, None, "users")
        return user

    def start(self, user: User, parameter: str = "") -> Json:
        """Press START, or open a link with a parameter; somebody who had blocked the bot is back with it."""
        if user.blocked:
            self.set_blocked(user, blocked=False)
        return self.say(user, f"/start {parameter}".strip())

    def say(self, user: User, text: str, chat_id: int | None = None, reply_to: int | None = None) -> Json:
        """Send a text."""
        parsed = typed(text.strip())
        if not parsed.text:
            raise ControlError("there is nothing to send")
        content: Json = {"text": parsed.text}
        if parsed.entities:
            content["entities"] = parsed.entities
        return self._send(user, content, chat_id, reply_to)

    def send_media(self, user: User, data: Json) -> Json:
        """Send a photo, voice, document…, by file_id or as base64; what bears the same `album` is one."""
        kind = data.get("kind", "photo")
        if kind not in media.KINDS:
            raise ControlError(f"unknown kind {kind!r}; one of {', '.join(media.KINDS)}")
        world = self._exchange.world
        try:
            if data.get("base64"):
                name = data.get("file_name", f"{kind}.{media.KINDS[kind].suffix}")
                upload = Upload(name, media.KINDS[kind].mime, b64decode(data["base64"], validate=True))
                file = media.keep(world, kind, upload)
            else:
                file = media.find(world, Params({}), kind, data.get("file_id"))
        except (BotApiError, binascii.Error) as error:
            raise ControlError(str(error)) from error
        content = media.content(kind, file, Params(data))
        if data.get("caption"):
            caption = typed(data["caption"])
            content |= {"caption": caption.text, "caption_entities": caption.entities}
        if data.get("album"):
            content["media_group_id"] = str(data["album"])
        return self._send(user, content, data.get("chat_id"), data.get("reply_to"))

    def send_poll(self, user: User, data: Json) -> Json:
        """Send a poll: `question`, `options`, `type` (regular, quiz), `allows_multiple_answers`."""
        try:
            content = {"poll": poll(self._exchange.world, Params(data))}
        except BotApiError as error:
            raise ControlError(str(error)) from error
        return self._send(user, content, data.get("chat_id"), None)

    def forward(self, user: User, data: Json) -> Json:
        """Forward a message to the bot, or to a group."""
        source = self._chat(user, data.get("from_chat_id"))
        original = self._message(source, data.get("message_id"))
        content = {**original.content, "forward_origin": origin(original)}
        return self._send(user, content, data.get("chat_id"), None)

    def edit(self, user: User, message_id: int, text: str, chat_id: int | None = None) -> Json:
        """Change one's own text, or what stands under one's own photo, video …."""
        exchange, chat = self._exchange, self._chat(user, chat_id)
        message = self._message(chat, message_id)
        worded = {"text", *media.KINDS} & message.content.keys()
        if message.sender["id"] != user.id or not worded:
            raise ControlError("only one's own texts and captions can be edited")
        words, marks = ("text", "entities") if "text" in worded else ("caption", "caption_entities")
        parsed = typed(text.strip())
        kept = {name: value for name, value in message.content.items() if name not in {words, marks}}
        message.content = {**kept, words: parsed.text, **({marks: parsed.entities} if parsed.entities else {})}
        message.edit_date = exchange.now()
        exchange.touch(chat, message, "edit")
        body = exchange.message_wire(chat, message)
        return self._answer(exchange.updates.push("edited_message", body, f"chat:{chat.id}"), message)

    def react(self, user: User, message_id: int, emoji: str | None, chat_id: int | None = None) -> Json:
        """Put an emoji on a message, or take it away with none."""
        if emoji and emoji not in ALLOWED:
            raise ControlError(f"Telegram has no reaction {emoji}")
        exchange, chat = self._exchange, self._chat(user, chat_id)
        message = self._message(chat, message_id)
        old = message.reactions.pop(str(user.id), [])
        new: list[Json] = [{"type": "emoji", "emoji": emoji}] if emoji else []
        if new:
            message.reactions[str(user.id)] = new
        exchange.touch(chat, message, "reaction")
        body = {
            "chat": exchange.chat_wire(chat),
            "message_id": message.id,
            "user": user.wire(),
            "date": exchange.now(),
            "old_reaction": old,
            "new_reaction": new,
        }
        return self._answer(exchange.updates.push("message_reaction", body, f"chat:{chat.id}"), message)

    def set_blocked(self, user: User, *, blocked: bool) -> Json:
        """Stop or restart the bot."""
        if user.blocked == blocked:
            return {"update_id": None}
        exchange, chat = self._exchange, self._exchange.world.chats[user.id]
        user.blocked = blocked
        exchange.touch(chat, None, "users")
        bot = exchange.world.profile.wire()
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        body = {
            "chat": exchange.chat_wire(chat),
            "from": user.wire(),
            "date": exchange.now(),
            "old_chat_member": bot_member(bot, before),
            "new_chat_member": bot_member(bot, after),
        }
        return {"update_id": exchange.updates.push("my_chat_member", body, f"chat:{chat.id}")}

    def deactivate(self, user: User) -> Json:
        """Delete the account; the bot hears nothing of it."""
        user.deactivated = True
        self._exchange.touch(self._exchange.world.chats[user.id], None, "users")
        return {"update_id": None}

    def wire(self) -> list[Json]:
        """All people, in the order they came."""
        return [asdict(user) for user in self._exchange.world.users.values()]

    def _chat(self, user: User, chat_id: int | None) -> Chat:
        chat = self._exchange.world.chats.get(user.id if chat_id is None else chat_id)
        if chat is None or chat.migrated_to is not None:
            raise ControlError("there is no such chat", 404)
        if user.id not in chat.members:
            raise ControlError(f"{user.first_name} is not in this chat", 409)
        return chat

    def _message(self, chat: Chat, message_id: int | None) -> Message:
        message = chat.messages.get(message_id) if message_id is not None else None
        if message is None or message.deleted:
            raise ControlError("there is no such message", 404)
        return message

    def _send(self, user: User, content: Json, chat_id: int | None, reply_to: int | None) -> Json:
        exchange, chat = self._exchange, self._chat(user, chat_id)
        if user.deactivated:
            raise ControlError(f"{user.first_name}'s account is deleted", 409)
        if chat.private and user.blocked:
            raise ControlError(f"{user.first_name} has blocked the bot", 409)
        if chat.private:
            chat.open = True
        message = exchange.post(chat, user.wire(), content, reply_to=reply_to)
        body = exchange.message_wire(chat, message)
        heard = chat.private or chat.open
        update_id = exchange.updates.push("message", body, f"chat:{chat.id}") if heard else None
        return self._answer(update_id, message)

    def _answer(self, update_id: int | None, message: Message) -> Json:
        return {"update_id": update_id, "message": bubble(self._exchange, message)}
