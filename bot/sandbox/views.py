"""Chats as a phone shows them: what the control API gives to the page and to tests."""

from bot.sandbox.exchange import Exchange
from bot.sandbox.media import KINDS
from bot.sandbox.methods.commands import effective
from bot.sandbox.state import Chat, Message
from bot.sandbox.wire import Json


def bubble(exchange: Exchange, message: Message) -> Json:
    """One message."""
    content = message.content
    sender = message.sender
    view: Json = {
        "id": message.id,
        "seq": message.seq,
        "from": {name: sender[name] for name in ("id", "is_bot", "first_name")},
        "date": message.date,
        "text": content.get("text"),
        "caption": content.get("caption"),
        "entities": content.get("entities") or content.get("caption_entities") or [],
        "inline_keyboard": message.inline_keyboard["inline_keyboard"] if message.inline_keyboard else None,
        "reply_to": message.reply_to,
        "edited": message.edit_date is not None,
        "edit_date": message.edit_date,
        "deleted": message.deleted,
        "notified": message.notified,
        "reactions": [
            {"user_id": int(user_id), "emoji": reaction["emoji"]}
            for user_id, reactions in message.reactions.items()
            for reaction in reactions
        ],
    }
    for name in ("media_group_id", "poll", "forward_origin", "has_media_spoiler"):
        if name in content:
            view[name] = content[name]
    for kind in KINDS:
        if kind in content:
            view[kind] = _attachment(exchange, content[kind])
    return view


def _attachment(exchange: Exchange, about: Json | list[Json]) -> Json:
    largest = about[-1] if isinstance(about, list) else about
    file = exchange.world.files[largest["file_id"]]
    return {**largest, "url": f"/control/files/{file['file_id']}", "mime_type": file["mime"]}


def chat_view(exchange: Exchange, chat: Chat, after: int = 0) -> Json:
    """A chat with its messages, or those of them that changed after `after`."""
    user = exchange.user(chat.id)
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "seq": chat.seq,
        "open": chat.open,
        "messages": [bubble(exchange, message) for message in chat.messages.values() if message.seq > after],
        "reply_keyboard": chat.keyboard,
        "typing": chat.typing,
        "toast": chat.toast,
        "pinned": chat.pinned,
        "menu_button": chat.menu_button or exchange.world.profile.menu_button,
        "commands": effective(exchange.world, chat.id, chat.id, user.language_code if user else None),
    }
