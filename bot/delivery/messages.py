"""From somebody's own message to the letters that hand it on, as it was sent."""

from typing import Final

from bot.delivery.letters import CAPTION_LIMIT, JSON, TEXT_LIMIT, Letter, Media
from dialogs.messages import Mark, Message, length

_GAP: Final = "\n\n"
_WORDLESS: Final = "video_note"


def letters(message: Message, lead: str = "") -> tuple[Letter, ...]:
    """The message with `lead` before its words: one letter where one can hold it.

    Words that can't stand under the files (too long, or a video note) go before them, in a letter of their own. An
    empty message is only its lead; nothing at all is no letter.
    """
    media = tuple(Media(kind=file.kind, file_id=file.id) for file in message.files)
    room = CAPTION_LIMIT if media else TEXT_LIMIT
    whole = _worded(message, lead)
    captioned = not any(each.kind == _WORDLESS for each in media)
    if captioned and length(whole.text) <= room:
        return (Letter(text=whole.text, entities=_entities(whole), media=media),) if whole.text or media else ()
    if length(whole.text) <= TEXT_LIMIT:
        spoken = [whole]
    else:
        spoken = [Message(text=lead), Message(text=message.text, marks=message.marks)]
    said = tuple(Letter(text=each.text, entities=_entities(each)) for each in spoken if each.text)
    return (*said, Letter(media=media)) if media else said


def _worded(message: Message, lead: str) -> Message:
    """The words with others before them; the formatting moves along."""
    if not lead or not message.text:
        return Message(text=lead or message.text, marks=message.marks if message.text else ())
    before = length(lead + _GAP)
    marks = tuple(Mark(mark.kind, mark.offset + before, mark.length, mark.url) for mark in message.marks)
    return Message(text=f"{lead}{_GAP}{message.text}", marks=marks)


def _entities(message: Message) -> tuple[dict[str, JSON], ...]:
    return tuple(
        {"type": mark.kind, "offset": mark.offset, "length": mark.length, **({"url": mark.url} if mark.url else {})}
        for mark in message.marks
    )
