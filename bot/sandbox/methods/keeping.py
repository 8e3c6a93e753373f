"""Methods that delete, pin and react."""

from bot.sandbox.exchange import Exchange
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.reactions import ALLOWED
from bot.sandbox.state import Chat, Message
from bot.sandbox.wire import bad_request

_DELETABLE_FOR = 48 * 60 * 60  # seconds
_MOST_DELETED = 100


def _deletable(exchange: Exchange, chat: Chat, message: Message) -> bool:
    young = exchange.now() - message.date <= _DELETABLE_FOR
    return young and (chat.private or bool(message.sender["is_bot"]))


def delete_message(exchange: Exchange, params: Params) -> bool:
    """Delete a message for everybody, while it is younger than 48 hours."""
    chat = exchange.chat(params)
    message = exchange.message(chat, params.optional_int("message_id"), "to delete")
    if not _deletable(exchange, chat, message):
        raise bad_request("message can't be deleted")
    exchange.delete(chat, message)
    return True


def delete_messages(exchange: Exchange, params: Params) -> bool:
    """Delete up to a hundred; those that can't be found or deleted are passed over."""
    chat = exchange.chat(params)
    ids = params.array("message_ids")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > _MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    for message_id in ids:
        message = chat.messages.get(message_id) if isinstance(message_id, int) else None
        if message is not None and not message.deleted and _deletable(exchange, chat, message):
            exchange.delete(chat, message)
    return True


def pin_chat_message(exchange: Exchange, params: Params) -> bool:
    """Pin a message."""
    chat = exchange.reachable(params)
    message = exchange.message(chat, params.optional_int("message_id"), "to pin")
    chat.pinned = [*(pinned for pinned in chat.pinned if pinned != message.id), message.id]
    exchange.touch(chat, None, "pin")
    return True


def unpin_chat_message(exchange: Exchange, params: Params) -> bool:
    """Unpin a message, or the last one pinned."""
    chat = exchange.reachable(params)
    message_id = params.optional_int("message_id") or (chat.pinned[-1] if chat.pinned else None)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    exchange.touch(chat, None, "pin")
    return True


def set_message_reaction(exchange: Exchange, params: Params) -> bool:
    """Put the bot's reaction on a message, or take it away with an empty list."""
    chat = exchange.reachable(params)
    message = exchange.message(chat, params.optional_int("message_id"), "to react")
    reactions = params.array("reaction")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(
        not isinstance(r, dict) or r.get("type") != "emoji" or str(r.get("emoji")) not in ALLOWED for r in reactions
    ):
        raise bad_request("REACTION_INVALID")
    bot_id = str(exchange.world.profile.id)
    if reactions:
        message.reactions[bot_id] = reactions
    else:
        message.reactions.pop(bot_id, None)
    exchange.touch(chat, message, "reaction")
    return True


METHODS: dict[str, Method] = {
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "setMessageReaction": set_message_reaction,
}
