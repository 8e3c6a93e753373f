"""Methods about chats and who is in them."""

from bot.sandbox.exchange import Exchange
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.wire import Json, bad_request, forbidden

_NO_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(exchange: Exchange, params: Params) -> Json:
    """Telegram's `ChatFullInfo`."""
    chat = exchange.chat(params)
    info: Json = {
        **exchange.chat_wire(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_NO_GIFTS, False),
    }
    if chat.pinned:
        info["pinned_message"] = exchange.message_wire(chat, chat.messages[chat.pinned[-1]], quoted=False)
    return info


def get_chat_member(exchange: Exchange, params: Params) -> Json:
    """Whether somebody is in a chat."""
    chat = exchange.chat(params)
    user_id = params.integer("user_id")
    profile = exchange.world.profile
    if user_id == profile.id:
        return bot_member(profile.wire(), "member" if chat.open else "left")
    user = exchange.user(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    inside = user_id == chat.id or user_id in chat.members
    return {"user": user.wire(), "status": "member" if inside else "left"}


def bot_member(bot: Json, status: str) -> Json:
    """Telegram's `ChatMember` for the bot."""
    member: Json = {"user": bot, "status": status}
    if status == "kicked":
        member["until_date"] = 0
    return member


def get_chat_member_count(exchange: Exchange, params: Params) -> int:
    """How many are in a chat, the bot included."""
    chat = exchange.chat(params)
    return 2 if chat.private else len(chat.members) + int(chat.open)


def leave_chat(exchange: Exchange, params: Params) -> bool:
    """Leave a group."""
    chat = exchange.chat(params)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    if not chat.open:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    chat.open = False
    exchange.touch(chat, None, "members")
    return True


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
