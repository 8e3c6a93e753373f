"""Groups: made, joined, left, upgraded."""

from bot.sandbox.exchange import Exchange
from bot.sandbox.methods.chats import bot_member
from bot.sandbox.state import Chat, User
from bot.sandbox.wire import ControlError, Json

_SUPERGROUP = -1_000_000_000_000


class Groups:
    """What happens to groups."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    def create(self, title: str, members: list[int]) -> Chat:
        """A group with these people; the bot is added and hears of it."""
        world = self._exchange.world
        unknown = [member for member in members if member not in world.users]
        if not title or unknown or not members:
            raise ControlError(f"a group needs a title and people who exist (not {unknown})")
        world.last_group += 1
        chat = Chat(-world.last_group - 1000, "group", title, list(members))
        world.chats[chat.id] = chat
        self._set_bot(chat, world.users[members[0]], inside=True)
        return chat

    def remove_bot(self, chat: Chat) -> None:
        """Somebody throws the bot out."""
        self._set_bot(chat, self._exchange.world.users[chat.members[0]], inside=False)

    def set_member(self, chat: Chat, user: User, *, inside: bool) -> Json:
        """Somebody joins or leaves."""
        was_inside = user.id in chat.members
        if inside and not was_inside:
            chat.members.append(user.id)
        elif was_inside and not inside:
            chat.members.remove(user.id)
        status = ("left", "member")
        body = {
            "chat": self._exchange.chat_wire(chat),
            "from": user.wire(),
            "date": self._exchange.now(),
            "old_chat_member": {"user": user.wire(), "status": status[was_inside]},
            "new_chat_member": {"user": user.wire(), "status": status[inside]},
        }
        self._exchange.touch(chat, None, "members")
        return {"update_id": self._exchange.updates.push("chat_member", body, f"chat:{chat.id}")}

    def migrate(self, chat: Chat) -> Chat:
        """Upgrade to a supergroup: a new id; the old one answers only where the group went."""
        exchange = self._exchange
        if chat.type != "group" or chat.migrated_to is not None:
            raise ControlError("only a group that has not been upgraded can be", 409)
        new = Chat(_SUPERGROUP + chat.id, "supergroup", chat.title, list(chat.members), open=chat.open)
        exchange.world.chats[new.id] = new
        sender = exchange.world.users[chat.members[0]].wire()
        for place, content in ((chat, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": chat.id})):
            message = exchange.post(place, sender, content)
            if chat.open:
                exchange.updates.push("message", exchange.message_wire(place, message), f"chat:{place.id}")
        chat.migrated_to = new.id
        return new

    def _set_bot(self, chat: Chat, actor: User, *, inside: bool) -> None:
        exchange = self._exchange
        if chat.open == inside:
            return
        chat.open = inside
        bot = exchange.world.profile.wire()
        before, after = ("left", "member") if inside else ("member", "kicked")
        body = {
            "chat": exchange.chat_wire(chat),
            "from": actor.wire(),
            "date": exchange.now(),
            "old_chat_member": bot_member(bot, before),
            "new_chat_member": bot_member(bot, after),
        }
        exchange.touch(chat, None, "members")
        exchange.updates.push("my_chat_member", body, f"chat:{chat.id}")
