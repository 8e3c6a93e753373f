"""Letters to Telegram, and what came of them as values."""

import mimetypes
from collections.abc import Mapping, Sequence
from typing import Any, Final

from telegram import Bot
from telegram.error import TelegramError

from bot.delivery.letters import Button, Letter, Media, Outcome, Sent, Unsure
from bot.telegram.errors import classify, classify_answer
from bot.telegram.transport import AiohttpRequest, Upload

_NO_PREVIEW: Final = {"is_disabled": True}
_TAP_ANSWER_LIMIT: Final = 200  # Telegram's own
_METHODS: Final = {
    "photo": "sendPhoto",
    "document": "sendDocument",
    "voice": "sendVoice",
    "video_note": "sendVideoNote",
    "video": "sendVideo",
    "audio": "sendAudio",
    "animation": "sendAnimation",
    "sticker": "sendSticker",
}


class Sender:
    """Says things to Telegram.

    It goes past the library's own methods: those build an object of every answer, and write every text into
    their debug log. Every method may raise TelegramRefusesUs; all else is an outcome.
    """

    def __init__(self, bot: Bot) -> None:
        if not isinstance(bot.request, AiohttpRequest):
            raise TypeError("the bot must speak through an AiohttpRequest")
        self._request = bot.request
        self._url = bot.base_url

    async def send(self, chat_id: int, letter: Letter, *, picture: bytes | None = None) -> Outcome:
        """Send one letter; `picture` is its picture, drawn (PNG). Of an album, the first message's id is told."""
        if (letter.picture is None) != (picture is None):
            raise ValueError("a letter's picture is drawn before it is sent, and only then")
        media = letter.media
        if picture is not None:
            media = (Media(kind="photo", content=picture, filename="picture.png"), *media)
        values = _common(chat_id, letter)
        if len(media) > 1:
            return await self._send_album(values, letter, media)
        if markup := _markup(letter):
            values["reply_markup"] = markup
        if not media:
            values |= _text(letter) | {"link_preview_options": _NO_PREVIEW}
            return await self._call("sendMessage", values)
        values |= _caption(letter)
        kind = media[0].kind
        if media[0].file_id is not None:
            return await self._call(_METHODS[kind], values | {kind: media[0].file_id})
        return await self._call(_METHODS[kind], values, {kind: _upload(media[0])})

    async def edit(self, chat_id: int, message_id: int, letter: Letter) -> Outcome:
        """Let a message say this instead; where it shows media, the media stay and the caption changes."""
        if letter.keyboard is not None or letter.remove_keyboard:
            raise ValueError("a message with a keyboard cannot be edited")
        values: dict[str, object] = {}
        if letter.buttons:
            values["reply_markup"] = _inline(letter.buttons)
        if letter.media or letter.picture is not None:
            return await self._touch("editMessageCaption", chat_id, message_id, values | _caption(letter))
        values |= _text(letter) | {"link_preview_options": _NO_PREVIEW}
        return await self._touch("editMessageText", chat_id, message_id, values)

    async def edit_markup(self, chat_id: int, message_id: int, buttons: Sequence[Sequence[Button]] = ()) -> Outcome:
        """Change the buttons under a message; none takes them away."""
        return await self._touch("editMessageReplyMarkup", chat_id, message_id, {"reply_markup": _inline(buttons)})

    async def delete(self, chat_id: int, message_id: int) -> Outcome:
        """Take a message back."""
        return await self._call("deleteMessage", {"chat_id": chat_id, "message_id": message_id})

    async def take_back(self, chat_id: int, message_ids: Sequence[int]) -> Outcome:
        """Take several messages back, a hundred at most; those that are gone or too old are passed over."""
        return await self._call("deleteMessages", {"chat_id": chat_id, "message_ids": list(message_ids)})

    async def pin(self, chat_id: int, message_id: int) -> Outcome:
        """Pin a message, without a sound of its own."""
        values = {"chat_id": chat_id, "message_id": message_id, "disable_notification": True}
        return await self._call("pinChatMessage", values)

    async def typing(self, chat_id: int) -> Outcome:
        """Show that something is coming."""
        return await self._call("sendChatAction", {"chat_id": chat_id, "action": "typing"})

    async def answer_tap(self, callback_id: str, text: str | None = None, *, alert: bool = False) -> Outcome:
        """Let the pressed button rest; `text` shows for a moment, or until closed if `alert`."""
        values: dict[str, object] = {"callback_query_id": callback_id}
        if text:
            values |= {"text": text[:_TAP_ANSWER_LIMIT], "show_alert": alert}
        return await self._call("answerCallbackQuery", values)

    async def set_commands(
        self, commands: Sequence[tuple[str, str]], *, chat_id: int | None = None, language: str = ""
    ) -> Outcome:
        """Set the command menu (name and description each) for one chat or for everybody, in one language or all."""
        values: dict[str, object] = {
            "commands": [{"command": name, "description": description} for name, description in commands],
            "scope": {"type": "default"} if chat_id is None else {"type": "chat", "chat_id": chat_id},
        }
        if language:
            values["language_code"] = language
        return await self._call("setMyCommands", values)

    async def _send_album(self, values: dict[str, object], letter: Letter, media: Sequence[Media]) -> Outcome:
        items: list[dict[str, object]] = []
        files: dict[str, Upload] = {}
        for place, item in enumerate(media):
            source = item.file_id
            if source is None:
                files[f"file{place}"] = _upload(item)
                source = f"attach://file{place}"
            items.append({"type": item.kind, "media": source})
        items[0] |= _caption(letter)  # shown as the album's own
        return await self._call("sendMediaGroup", values | {"media": items}, files)

    async def _touch(self, method: str, chat_id: int, message_id: int, values: Mapping[str, object]) -> Outcome:
        """A change to a message that exists, whose id is therefore known even if the answer has none."""
        outcome = await self._call(method, {"chat_id": chat_id, "message_id": message_id, **values})
        return Sent(message_id) if isinstance(outcome, Sent) else outcome

    async def _call(
        self, method: str, values: Mapping[str, object], files: Mapping[str, Upload] | None = None
    ) -> Outcome:
        try:
            status, payload = await self._request.call(f"{self._url}/{method}", values, files)
        except TelegramError as error:
            return classify(error)
        try:
            answer = AiohttpRequest.parse_json_payload(payload)
        except TelegramError:  # a proxy's page, say: the status still speaks
            return Unsure("unreadable answer") if status < 400 else classify_answer(status)
        if answer.get("ok"):
            return Sent(_message_id(answer.get("result")))
        return classify_answer(status, str(answer.get("description", "")), answer.get("parameters"))


def _message_id(result: Any) -> int | None:
    """The id in a result, which is a message, an album of them, or just True (Any: it comes from outside)."""
    if isinstance(result, list) and result:
        result = result[0]
    return int(result["message_id"]) if isinstance(result, dict) and "message_id" in result else None


def _common(chat_id: int, letter: Letter) -> dict[str, object]:
    values: dict[str, object] = {"chat_id": chat_id}
    if letter.silent:
        values["disable_notification"] = True
    if letter.protect:
        values["protect_content"] = True
    return values


def _text(letter: Letter) -> dict[str, object]:
    return {"text": letter.text, **({"entities": letter.entities} if letter.entities else {})}


def _caption(letter: Letter) -> dict[str, object]:
    if not letter.text:
        return {}
    return {"caption": letter.text, **({"caption_entities": letter.entities} if letter.entities else {})}


def _inline(buttons: Sequence[Sequence[Button]]) -> dict[str, object]:
    rows = [[{"text": button.label, "callback_data": button.data} for button in row] for row in buttons]
    return {"inline_keyboard": rows}


def _markup(letter: Letter) -> dict[str, object] | None:
    if letter.buttons:
        return _inline(letter.buttons)
    if letter.keyboard is not None:
        rows = [[{"text": label} for label in row] for row in letter.keyboard]
        return {"keyboard": rows, "resize_keyboard": True, "is_persistent": True}
    return {"remove_keyboard": True} if letter.remove_keyboard else None


def _upload(media: Media) -> Upload:
    if media.content is None:
        raise ValueError("nothing to upload")
    name = media.filename or media.kind
    return name, media.content, mimetypes.guess_type(name)[0] or "application/octet-stream"
