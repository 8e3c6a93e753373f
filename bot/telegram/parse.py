"""From one raw update to what happened. Each is parsed apart: a malformed one costs only itself.

The raw JSON is read here by hand. python-telegram-bot's own types raise on a missing field and take longer than
a whole turn; what Hearth needs of an update is a dozen fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import orjson

from bot.conversation import buttons
from bot.conversation.inbound import (
    CardPressed,
    Chat,
    CommandGiven,
    Edited,
    Given,
    GroupLost,
    GroupMoved,
    GroupOffered,
    Ignored,
    Inbound,
    ReachChanged,
    Reacted,
    Sender,
)
from dialogs.inputs import ChoicePressed, MediaSent, TextSent
from dialogs.messages import OPTION_LIMIT, OPTIONS_AT_MOST, marks_of
from dialogs.names import on_one_line

# Any throughout: an update is whatever came in.
Raw = Mapping[str, Any]

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member", "message_reaction")

_MEDIA: Final = (
    "photo", "voice", "video_note", "video", "audio", "animation", "document", "sticker",
    "location", "venue", "contact", "poll", "dice", "game", "story", "paid_media", "checklist",
)  # fmt: skip
_NAME_LIMIT: Final = 64
LINK_COMMAND: Final = "link"
"""The one command that is heard in groups."""
_STALE: Final = ChoicePressed(-1, "?")
"""A button that we never wrote: answered as an old one, kindly."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What happened, and the tap to be answered at once, if there is one."""

    inbound: Inbound
    callback_id: str | None = None


def parse(raw: object, *, username: str) -> Parsed:
    """Reads one update. Never raises: what can't be read is ignored, and marked as handled if it has an id."""
    try:
        return _parse(_mapping(raw), username)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        return Parsed(Inbound(given=Ignored(type(error).__name__), update_id=update_id_of(raw)))


def update_id_of(raw: object) -> int | None:
    """The update's id, if it has a usable one."""
    value = raw.get("update_id") if isinstance(raw, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62 else None


def _parse(raw: Raw, username: str) -> Parsed:
    update_id = update_id_of(raw)
    if update_id is None:
        raise ValueError("no update id")
    match raw:
        case {"callback_query": query}:
            return _tap(update_id, _mapping(query), raw)
        case {"message": message}:
            return _message(update_id, _mapping(message), raw, username)
        case {"edited_message": message}:
            return _edit(update_id, _mapping(message), raw, username)
        case {"message_reaction": reaction}:
            return _reaction(update_id, _mapping(reaction))
        case {"my_chat_member": change}:
            return _member(update_id, _mapping(change))
        case _:
            kind = next((key for key in raw if key != "update_id"), "nothing")
            return Parsed(Inbound(given=Ignored(kind), update_id=update_id))


def _message(update_id: int, message: Raw, raw: Raw, username: str) -> Parsed:
    group = _group(_mapping(message["chat"]))
    if group is not None:
        return _in_group(update_id, message, group, username)
    given = _said(message, username)
    if _mapping(message["chat"]).get("type") != "private" or isinstance(given, Ignored):
        return Parsed(Inbound(given=Ignored("not for us"), update_id=update_id))
    sender = _sender(_mapping(message["from"]))
    if sender is None:
        return Parsed(Inbound(given=Ignored("a bot"), update_id=update_id))
    inbound = Inbound(
        given=given, sender=sender, update_id=update_id, message_id=_id_of(message), raw=orjson.dumps(raw)
    )
    return Parsed(inbound)


def _in_group(update_id: int, message: Raw, group: Chat, username: str) -> Parsed:
    """Of all that is said in groups, one command addressed to us is heard, and where the group went."""
    moved_to, text = message.get("migrate_to_chat_id"), message.get("text")
    if type(moved_to) is int:
        return Parsed(Inbound(given=GroupMoved(moved_to), group=group, update_id=update_id))
    if isinstance(text, str) and text.startswith("/") and "forward_origin" not in message:
        sender = _sender(_mapping(message["from"]))
        if sender is not None and _command(text, username) == CommandGiven(LINK_COMMAND):
            return Parsed(Inbound(given=GroupOffered(), sender=sender, group=group, update_id=update_id))
    return Parsed(Inbound(given=Ignored("said in a group"), update_id=update_id))


def _edit(update_id: int, message: Raw, raw: Raw, username: str) -> Parsed:
    """What stands there now. Nothing is done again because of it; it is only read for danger."""
    parsed = _message(update_id, message, raw, username)
    match parsed.inbound.given:
        case TextSent(text=words) | MediaSent(caption=words) if words:
            return Parsed(replace(parsed.inbound, given=Edited(words)))
        case _:
            return Parsed(Inbound(given=Ignored("an edit"), update_id=update_id))


def _said(message: Raw, username: str) -> Given:
    text = message.get("text")
    if isinstance(text, str):
        forwarded = "forward_origin" in message
        if text.startswith("/") and not forwarded:
            return _command(text, username)
        return TextSent(text, marks_of(message.get("entities"), text))
    for kind in _MEDIA:
        if kind in message:
            return _media(kind, message)
    return Ignored("a service message")


def _media(kind: str, message: Raw) -> MediaSent:
    if kind == "poll":
        return _poll(_mapping(message["poll"]))
    caption, album = message.get("caption"), message.get("media_group_id")
    words = caption if isinstance(caption, str) else ""
    return MediaSent(
        kind,
        _file(message[kind]),
        words,
        marks=marks_of(message.get("caption_entities"), words),
        album=album if isinstance(album, str) else "",
    )


def _poll(poll: Raw) -> MediaSent:
    """The question and what can be chosen. A quiz is a question like any other; its right answer is not read."""
    options = tuple(on_one_line(str(_mapping(each)["text"])) for each in poll["options"])
    return MediaSent(
        "poll",
        "",
        str(poll["question"]),
        options=tuple(each[:OPTION_LIMIT] for each in options if each)[:OPTIONS_AT_MOST],
        several=bool(poll.get("allows_multiple_answers")),
    )


def _command(text: str, username: str) -> Given:
    first, _, argument = text[1:].partition(" ")
    name, _, addressee = first.partition("@")
    if addressee and addressee.lower() != username.lower():
        return Ignored("for another bot")
    if not name.isascii() or not name.replace("_", "").isalnum():
        return TextSent(text)
    return CommandGiven(name.lower(), argument.strip()[:64])


def _file(media: object) -> str:
    """What names the file, where there is one. Of a photo's sizes, the largest."""
    if isinstance(media, list) and media:
        media = media[-1]
    value = media.get("file_id") if isinstance(media, dict) else None
    return value if isinstance(value, str) else ""


def _tap(update_id: int, query: Raw, raw: Raw) -> Parsed:
    callback_id = query["id"] if isinstance(query["id"], str) else None
    sender = _sender(_mapping(query["from"]))
    message = query.get("message")
    chat = message.get("chat") if isinstance(message, dict) else None
    group = _group(chat) if isinstance(chat, dict) else None
    if sender is None or not isinstance(chat, dict) or (chat.get("type") != "private" and group is None):
        return Parsed(Inbound(given=Ignored("not for us"), update_id=update_id), callback_id)
    data = query.get("data")
    given = (buttons.read(data) if isinstance(data, str) else None) or _STALE
    if group is not None and not isinstance(given, CardPressed):
        return Parsed(Inbound(given=Ignored("dialogs never happen in groups"), update_id=update_id), callback_id)
    inbound = Inbound(
        given=given,
        sender=sender,
        update_id=update_id,
        message_id=_id_of(_mapping(message)),
        group=group,
        raw=orjson.dumps(raw),
    )
    return Parsed(inbound, callback_id)


def _member(update_id: int, change: Raw) -> Parsed:
    sender = _sender(_mapping(change["from"]))
    group = _group(_mapping(change["chat"]))
    if group is not None:
        before, after = (_is_inside(_mapping(change[each])) for each in ("old_chat_member", "new_chat_member"))
        if not after:
            return Parsed(Inbound(given=GroupLost(), group=group, update_id=update_id))
        if sender is not None and not before:
            return Parsed(Inbound(given=GroupOffered(), sender=sender, group=group, update_id=update_id))
    if sender is None or _mapping(change["chat"]).get("type") != "private":
        return Parsed(Inbound(given=Ignored("not for us"), update_id=update_id))
    blocked = _mapping(change["new_chat_member"]).get("status") == "kicked"
    return Parsed(Inbound(given=ReachChanged(blocked), sender=sender, update_id=update_id))


def _reaction(update_id: int, reaction: Raw) -> Parsed:
    sender = _sender(_mapping(reaction["user"]))
    message_id = reaction["message_id"]
    if sender is None or _mapping(reaction["chat"]).get("type") != "private" or not isinstance(message_id, int):
        return Parsed(Inbound(given=Ignored("not for us"), update_id=update_id))
    given = Reacted(message_id, stands=bool(reaction.get("new_reaction")))
    return Parsed(Inbound(given=given, sender=sender, update_id=update_id))


def _is_inside(member: Raw) -> bool:
    return member.get("status") in {"member", "administrator", "creator", "restricted"}


def _group(chat: Raw) -> Chat | None:
    """The group a chat is; None for a private one, a channel, and what is no chat."""
    chat_id = chat.get("id")
    if chat.get("type") not in {"group", "supergroup"} or type(chat_id) is not int or chat_id >= 0:
        return None
    return Chat(chat_id, clean_name(str(chat.get("title", ""))))


def _sender(person: Raw) -> Sender | None:
    """Who it is from; None for bots, ourselves among them."""
    telegram_id = person["id"]
    if person.get("is_bot") or type(telegram_id) is not int or not 0 < telegram_id < 2**52:
        return None
    language = person.get("language_code")
    return Sender(
        telegram_id=telegram_id,
        first_name=clean_name(str(person.get("first_name", ""))),
        language=language if isinstance(language, str) else None,
    )


def clean_name(name: str) -> str:
    """A name as it can stand in a sentence: no line breaks, no invisible marks that would turn the text around."""
    return on_one_line(name)[:_NAME_LIMIT].strip() or "🙂"


def _id_of(message: Raw) -> int | None:
    value = message.get("message_id")
    return value if isinstance(value, int) else None


def _mapping(value: object) -> Raw:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value
