"""Methods that send files, and the one that finds them again."""

from functools import partial

from bot.sandbox import media
from bot.sandbox.exchange import Exchange
from bot.sandbox.markup import read_markup
from bot.sandbox.methods.method import Method
from bot.sandbox.methods.sending import replied, say
from bot.sandbox.params import Params
from bot.sandbox.text import read_caption
from bot.sandbox.wire import Json, bad_request

_IN_ALBUMS = frozenset({"photo", "video", "audio", "document"})


def captioned(kind: str, content: Json, params: Params) -> Json:
    """`content` with the call's caption, where this kind has one."""
    if not media.KINDS[kind].captioned:
        return content
    caption = read_caption(params)
    if caption.text:
        content["caption"] = caption.text
    if caption.entities:
        content["caption_entities"] = caption.entities
    if params.flag("has_spoiler"):
        content["has_media_spoiler"] = True
    return content


def _send(kind: str, exchange: Exchange, params: Params) -> Json:
    chat = exchange.reachable(params)
    source = params.raw.get(kind) or (kind if kind in params.files else "")
    file = media.find(exchange.world, params, kind, source)
    content = captioned(kind, media.content(kind, file, params), params)
    return exchange.message_wire(chat, say(exchange, params, chat, content))


def send_media_group(exchange: Exchange, params: Params) -> list[Json]:
    """Send an album of two to ten."""
    chat = exchange.reachable(params)
    items = params.array("media")
    if not 2 <= len(items) <= 10:
        raise bad_request("wrong number of media in the album; 2-10 are allowed")
    if read_markup(params) is not None:
        raise bad_request("an album can't have a reply markup")
    contents = [read_media(exchange, params, item) for item in items]
    if any(kind not in _IN_ALBUMS for kind, _ in contents):
        raise bad_request("only photos, videos, audios and documents can stand in an album")
    reply_to = replied(chat, params)
    exchange.throttle.charge(chat.id, group=not chat.private, messages=len(items))
    album = str(exchange.world.last_message_id + 1)
    loud = not params.flag("disable_notification")
    posted = [
        exchange.post(
            chat,
            exchange.world.profile.wire(),
            {"media_group_id": album, **content},
            reply_to=reply_to,
            notified=loud and place == 0,  # an album rings once
        )
        for place, (_, content) in enumerate(contents)
    ]
    return [exchange.message_wire(chat, message) for message in posted]


def read_media(exchange: Exchange, params: Params, item: object) -> tuple[str, Json]:
    """The kind and the content of one InputMedia. Raises BotApiError 400 for what is none."""
    if not isinstance(item, dict) or str(item.get("type")) not in media.KINDS:
        raise bad_request("can't parse InputMedia: media type is wrong")
    kind = str(item["type"])
    own = Params(item, params.files)
    file = media.find(exchange.world, own, kind, item.get("media"))
    return kind, captioned(kind, media.content(kind, file, own), own)


def get_file(exchange: Exchange, params: Params) -> Json:
    """Where a file can be fetched."""
    file = exchange.world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    return {
        "file_id": file["file_id"],
        "file_unique_id": file["file_unique_id"],
        "file_size": file["size"],
        "file_path": file["path"],
    }


METHODS: dict[str, Method] = {
    "sendPhoto": partial(_send, "photo"),
    "sendDocument": partial(_send, "document"),
    "sendVoice": partial(_send, "voice"),
    "sendAudio": partial(_send, "audio"),
    "sendVideo": partial(_send, "video"),
    "sendVideoNote": partial(_send, "video_note"),
    "sendAnimation": partial(_send, "animation"),
    "sendSticker": partial(_send, "sticker"),
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
