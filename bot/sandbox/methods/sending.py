"""Methods that put a new message into a chat."""

from bot.sandbox.exchange import Exchange
from bot.sandbox.markup import read_markup
from bot.sandbox.methods.method import Method
from bot.sandbox.params import Params
from bot.sandbox.polls import poll
from bot.sandbox.state import Chat, Message
from bot.sandbox.text import read_caption, read_text
from bot.sandbox.wire import Json, bad_request

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
_NOT_COPIED = frozenset({"forward_origin", "media_group_id", "pinned_message"})


def say(exchange: Exchange, params: Params, chat: Chat, content: Json) -> Message:
    """Post what the bot says, with the call's markup, reply and notification; counts for the limits."""
    markup = read_markup(params)
    reply_to = replied(chat, params)
    exchange.throttle.charge(chat.id, group=not chat.private)
    return exchange.post(
        chat,
        exchange.world.profile.wire(),
        content,
        markup=markup,
        reply_to=reply_to,
        notified=not params.flag("disable_notification"),
    )


def replied(chat: Chat, params: Params) -> int | None:
    """The message that is replied to. Raises BotApiError 400 where it is gone, unless that is allowed."""
    asked = params.json("reply_parameters")
    if isinstance(asked, dict) and "message_id" in asked:
        target, lenient = asked["message_id"], bool(asked.get("allow_sending_without_reply"))
    else:
        target, lenient = params.optional_int("reply_to_message_id"), params.flag("allow_sending_without_reply")
    if target is None:
        return None
    original = chat.messages.get(target) if isinstance(target, int) else None
    if original is not None and not original.deleted:
        return original.id
    if lenient:
        return None
    raise bad_request("message to be replied not found")


def send_message(exchange: Exchange, params: Params) -> Json:
    """Send a text."""
    chat = exchange.reachable(params)
    parsed = read_text(params)
    content: Json = {"text": parsed.text}
    if parsed.entities:
        content["entities"] = parsed.entities
    return exchange.message_wire(chat, say(exchange, params, chat, content))


def send_chat_action(exchange: Exchange, params: Params) -> bool:
    """Show "typing…"."""
    chat = exchange.reachable(params)
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    exchange.start_typing(chat)
    return True


def send_poll(exchange: Exchange, params: Params) -> Json:
    """Send a poll; the sandbox's people can see it but not vote."""
    chat = exchange.reachable(params)
    return exchange.message_wire(chat, say(exchange, params, chat, {"poll": poll(exchange.world, params)}))


def copy_message(exchange: Exchange, params: Params) -> Json:
    """Send a message's content again, as the bot's own."""
    chat = exchange.reachable(params)
    original = exchange.message(exchange.chat(params, "from_chat_id"), params.optional_int("message_id"), "to copy")
    content = {name: value for name, value in original.content.items() if name not in _NOT_COPIED}
    if "caption" in params.raw and "text" not in content:
        caption = read_caption(params)
        content |= {"caption": caption.text, "caption_entities": caption.entities}
    return {"message_id": say(exchange, params, chat, content).id}


def forward_message(exchange: Exchange, params: Params) -> Json:
    """Send a message on, with its origin."""
    chat = exchange.reachable(params)
    original = exchange.message(
        exchange.chat(params, "from_chat_id"), params.optional_int("message_id"), "to forward"
    )
    content = {**original.content, "forward_origin": origin(original)}
    return exchange.message_wire(chat, say(exchange, params, chat, content))


def origin(original: Message) -> Json:
    """Where a forwarded message comes from; the first origin stays."""
    kept: Json | None = original.content.get("forward_origin")
    return kept or {"type": "user", "date": original.date, "sender_user": original.sender}


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendChatAction": send_chat_action,
    "sendPoll": send_poll,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
}
