"""The exchange: what Telegram does with messages, with no HTTP in it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.clock import SystemClock
from bot.sandbox.calls import Calls
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.limits import Limits, Throttle
from bot.sandbox.markup import Markup
from bot.sandbox.params import Params
from bot.sandbox.state import Chat, Message, User, World
from bot.sandbox.timekeeping import Timekeeper
from bot.sandbox.updates import Updates
from bot.sandbox.webhook import Webhook
from bot.sandbox.wire import Json, bad_request, forbidden

_TYPING_LASTS = 5.0  # seconds, as Telegram shows it


class Exchange:
    """One bot's Telegram. Everything runs on one event loop, so there are no locks."""

    def __init__(
        self, clock: SystemClock, *, limits: Limits, first_update_id: int, seed: int, changed: Callable[[], None]
    ) -> None:
        self.clock = clock
        self.world = World()
        self.events = Events(changed)
        self.updates = Updates(clock, first_update_id, changed)
        self.webhook = Webhook(self.updates)
        self.throttle = Throttle(limits, clock.pace)
        self.faults = Faults(seed)
        self.calls = Calls()
        self.timekeeper = Timekeeper(clock)
        self._typing: dict[int, asyncio.TimerHandle] = {}

    def now(self) -> int:
        """Unix seconds on the sandbox clock, as `date` fields carry them."""
        return int(self.clock.now().timestamp())

    # --- finding -----------------------------------------------------------------------------

    def chat(self, params: Params, name: str = "chat_id") -> Chat:
        """The chat a call names. Raises BotApiError 400 where there is none, or it has moved."""
        if not params.text(name):
            raise bad_request(f"{name} is empty")
        chat_id = params.optional_int(name)
        chat = self.world.chats.get(chat_id) if chat_id is not None else None
        if chat is None:
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            moved = {"migrate_to_chat_id": chat.migrated_to}
            raise bad_request("group chat was upgraded to a supergroup chat", moved)
        return chat

    def reachable(self, params: Params) -> Chat:
        """The chat a call writes to. Raises BotApiError 403 where nobody there wants to hear from the bot."""
        chat = self.chat(params)
        if not chat.private:
            if not chat.open:
                raise forbidden(f"bot is not a member of the {chat.type} chat")
            return chat
        user = self.world.users[chat.id]
        if user.deactivated:
            raise forbidden("user is deactivated")
        if user.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.open:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def message(self, chat: Chat, message_id: int | None, purpose: str) -> Message:
        """A message that is still there. Raises BotApiError 400 "message <purpose> not found"."""
        message = chat.messages.get(message_id) if message_id is not None else None
        if message is None or message.deleted:
            raise bad_request(f"message {purpose} not found")
        return message

    # --- changing ----------------------------------------------------------------------------

    def post(
        self,
        chat: Chat,
        sender: Json,
        content: Json,
        *,
        markup: Markup | None = None,
        reply_to: int | None = None,
        notified: bool = False,
    ) -> Message:
        """Put a new message into a chat."""
        world = self.world
        world.last_message_id += 1
        message = Message(
            id=world.last_message_id,
            sender=sender,
            date=self.now(),
            content=content,
            inline_keyboard=markup.wire if markup and markup.kind == "inline" else None,
            other_markup=markup.kind if markup and markup.kind != "inline" else None,
            reply_to=reply_to,
            notified=notified,
        )
        chat.messages[message.id] = message
        if markup is not None and markup.kind != "inline":
            removed = markup.kind == "remove"
            chat.keyboard = None if removed else markup.wire
            chat.keyboard_message = None if removed else message.id
        if sender["is_bot"]:
            self.stop_typing(chat)
        self.touch(chat, message, "message")
        return message

    def delete(self, chat: Chat, message: Message) -> None:
        """Take a message out of sight, and its reply keyboard with it."""
        message.deleted = True
        if chat.keyboard_message == message.id:
            chat.keyboard = chat.keyboard_message = None
        self.touch(chat, message, "delete")

    def touch(self, chat: Chat, message: Message | None, kind: str) -> None:
        """Say that a chat, perhaps a message in it, has changed."""
        chat.seq = self.events.emit(kind, chat.id)
        if message is not None:
            message.seq = chat.seq

    def start_typing(self, chat: Chat) -> None:
        """Show "typing…" for five seconds."""
        self.stop_typing(chat)
        chat.typing = True
        loop = asyncio.get_running_loop()
        self._typing[chat.id] = loop.call_later(_TYPING_LASTS, self.stop_typing, chat)
        self.touch(chat, None, "typing")

    def stop_typing(self, chat: Chat) -> None:
        """Show it no longer."""
        handle = self._typing.pop(chat.id, None)
        if handle is None:
            return
        handle.cancel()
        chat.typing = False
        self.touch(chat, None, "typing")

    # --- showing -----------------------------------------------------------------------------

    def chat_wire(self, chat: Chat) -> Json:
        """Telegram's `Chat`."""
        if not chat.private:
            return {"id": chat.id, "type": chat.type, "title": chat.title}
        user = self.world.users[chat.id]
        wire: Json = {"id": chat.id, "type": "private", "first_name": user.first_name}
        if user.last_name:
            wire["last_name"] = user.last_name
        if user.username:
            wire["username"] = user.username
        return wire

    def message_wire(self, chat: Chat, message: Message, *, quoted: bool = True) -> Json:
        """Telegram's `Message`; one that is itself quoted quotes nothing."""
        wire: Json = {
            "message_id": message.id,
            "from": message.sender,
            "chat": self.chat_wire(chat),
            "date": message.date,
            **message.content,
        }
        if message.edit_date is not None:
            wire["edit_date"] = message.edit_date
        if message.inline_keyboard is not None:
            wire["reply_markup"] = message.inline_keyboard
        if quoted and message.reply_to is not None:
            original = chat.messages.get(message.reply_to)
            if original is not None and not original.deleted:
                wire["reply_to_message"] = self.message_wire(chat, original, quoted=False)
        return wire

    def user(self, user_id: int) -> User | None:
        """A person by id."""
        return self.world.users.get(user_id)

    # --- keeping -----------------------------------------------------------------------------

    def dump(self) -> Json:
        """Everything that survives a restart. Faults, limits and the log of calls do not."""
        return {
            "world": self.world.dump(),
            "updates": self.updates.dump(),
            "webhook": self.webhook.dump(),
            "offset": self.clock.offset.total_seconds(),
            "clock_version": self.timekeeper.version,
            "seq": self.events.seq,
        }

    def load(self, data: Json) -> None:
        """Go on where `dump` stopped."""
        self.world = World.load(data["world"])
        self.updates.load(data["updates"])
        self.webhook.load(data["webhook"])
        self.timekeeper.version = data["clock_version"]
        self.clock.offset = timedelta(seconds=data["offset"])
        self.events.seq = data["seq"]

    def reset(self) -> None:
        """An empty Telegram; numbers and the webhook go on."""
        profile_id = self.world.profile.id
        seen = self.world.last_message_id
        for handle in self._typing.values():
            handle.cancel()
        self._typing.clear()
        self.world = World(last_message_id=seen)
        self.world.profile.id = profile_id
        self.updates.clear()
        self.calls.clear()
        self.faults.rules.clear()
        self.faults.reseed(self.faults.seed)
        self.throttle.forget()
        self.events.emit("reset")

    async def close(self) -> None:
        """End every wait: polls, event streams, deliveries."""
        for handle in self._typing.values():
            handle.cancel()
        for bell in (self.events.bell, self.updates.bell, self.timekeeper.bell):
            bell.close()
        await self.webhook.close()
