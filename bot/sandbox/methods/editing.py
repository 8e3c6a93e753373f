"""Methods that change a message of the bot's. Edits never ring."""

from bot.sandbox.exchange import Exchange
from bot.sandbox.markup import read_inline
from bot.sandbox.media import KINDS
from bot.sandbox.methods.media import captioned, read_media
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.state import Chat, Message
from bot.sandbox.text import read_text
from bot.sandbox.wire import Json, bad_request

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _editable(exchange: Exchange, params: Params) -> tuple[Chat, Message]:
    chat = exchange.reachable(params)
    message = exchange.message(chat, params.optional_int("message_id"), "to edit")
    if not message.sender["is_bot"] or message.other_markup or "forward_origin" in message.content:
        raise bad_request("message can't be edited")
    return chat, message


def _change(exchange: Exchange, params: Params, chat: Chat, message: Message, content: Json) -> Json:
    """Put new content and buttons in place; an edit that names no buttons takes them away."""
    keyboard = read_inline(params)
    if content == message.content and keyboard == message.inline_keyboard:
        raise bad_request(_SAME)
    exchange.throttle.charge(chat.id, group=not chat.private)
    message.content, message.inline_keyboard = content, keyboard
    message.edit_date = exchange.now()
    exchange.touch(chat, message, "edit")
    return exchange.message_wire(chat, message)


def edit_message_text(exchange: Exchange, params: Params) -> Json:
    """Change a text message."""
    chat, message = _editable(exchange, params)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    parsed = read_text(params)
    content: Json = {"text": parsed.text}
    if parsed.entities:
        content["entities"] = parsed.entities
    return _change(exchange, params, chat, message, content)


def edit_message_caption(exchange: Exchange, params: Params) -> Json:
    """Change what stands under a picture or file."""
    chat, message = _editable(exchange, params)
    kind = _media_kind(message)
    if kind is None or not KINDS[kind].captioned:
        raise bad_request("there is no caption in the message to edit")
    bare = {name: value for name, value in message.content.items() if name not in ("caption", "caption_entities")}
    return _change(exchange, params, chat, message, captioned(kind, bare, params))


def edit_message_media(exchange: Exchange, params: Params) -> Json:
    """Change the picture or file itself."""
    chat, message = _editable(exchange, params)
    if _media_kind(message) is None and "text" not in message.content:
        raise bad_request("message can't be edited")
    _, content = read_media(exchange, params, params.json("media"))
    return _change(exchange, params, chat, message, content)


def edit_message_reply_markup(exchange: Exchange, params: Params) -> Json:
    """Change the buttons alone."""
    chat, message = _editable(exchange, params)
    return _change(exchange, params, chat, message, message.content)


def _media_kind(message: Message) -> str | None:
    return next((kind for kind in KINDS if kind in message.content), None)


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
}
