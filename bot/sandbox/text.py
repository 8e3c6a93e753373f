"""Text as Telegram takes it: parsed, trimmed, measured in UTF-16, with what it finds by itself marked."""

import re
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.formatting import parse_html, parse_markdown
from bot.sandbox.params import Params
from bot.sandbox.wire import Json, bad_request

LONGEST_TEXT = 4096  # UTF-16 code units, after parsing
LONGEST_CAPTION = 1024

_FOUND = re.compile(
    r"(?P<email>[\w.+-]+@[\w-]+\.[a-zA-Z]{2,})"
    r"|(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]'])"
    r"|(?<![\w/])(?P<bot_command>/[a-zA-Z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[a-zA-Z]\w{3,31})"
    r"|(?<!\w)(?P<hashtag>#\w*[^\W\d]\w*)"
)
_MARKS = frozenset("/@#")
_STAYS_WHOLE = frozenset({"pre", "code", "text_link", "url", "email", "bot_command", "mention", "hashtag"})


@dataclass(slots=True)
class Text:
    """A parsed text and its entities (offsets and lengths in UTF-16 code units)."""

    text: str
    entities: list[Json] = field(default_factory=list)


def length(text: str) -> int:
    """UTF-16 code units, which is how Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def read_text(params: Params) -> Text:
    """`text` with its `parse_mode` or `entities`. Raises BotApiError 400 where it is empty or too long."""
    parsed = _read(params.text("text"), params.text("parse_mode"), params.array("entities"))
    if not parsed.text:
        raise bad_request("message text is empty")
    if length(parsed.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return parsed


def read_caption(params: Params) -> Text:
    """`caption`, which may be empty. Raises BotApiError 400 where it is too long."""
    parsed = _read(params.text("caption"), params.text("parse_mode"), params.array("caption_entities"))
    if length(parsed.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return parsed


def typed(text: str) -> Text:
    """What a person typed: no formatting, but commands and links are found."""
    return Text(text, found_entities(text, []))


def found_entities(text: str, given: list[Json]) -> list[Json]:
    """`given` plus what Telegram marks by itself: links, commands, mentions, hashtags, addresses."""
    if not (_MARKS & set(text)):
        return given
    taken = [(e["offset"], e["offset"] + e["length"]) for e in given if e["type"] in _STAYS_WHOLE]
    found = list(given)
    for match in _FOUND.finditer(text):
        start = length(text[: match.start()])
        size = length(match.group())
        if not any(start < end and begin < start + size for begin, end in taken):
            found.append({"type": match.lastgroup, "offset": start, "length": size})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))


def _read(raw: str, mode: str, given: list[Any]) -> Text:  # entities as they came, checked below
    match mode.lower():
        case "":
            text, entities = raw, [_checked(entity) for entity in given]
        case "html":
            text, entities = parse_html(raw)
        case "markdownv2":
            text, entities = parse_markdown(raw)
        case _:
            raise bad_request("unsupported parse_mode")
    trimmed = _trim(text, entities)
    return Text(trimmed.text, found_entities(trimmed.text, trimmed.entities))


def _checked(entity: object) -> Json:
    if not isinstance(entity, dict) or "type" not in entity:
        raise bad_request("can't parse MessageEntity: Object expected")
    if not isinstance(entity.get("offset"), int) or not isinstance(entity.get("length"), int):
        raise bad_request("can't parse MessageEntity: Field 'offset' and 'length' must be of type Number")
    return entity


def _trim(text: str, entities: list[Json]) -> Text:
    """Without white space around it, entities moved along and cut to what is left."""
    start = len(text) - len(text.lstrip())
    trimmed = text.strip()
    if trimmed == text:
        return Text(text, entities)
    moved, end = length(text[:start]), length(trimmed)
    kept: list[Json] = []
    for entity in entities:
        first = max(0, entity["offset"] - moved)
        last = min(end, entity["offset"] + entity["length"] - moved)
        if last > first:
            kept.append({**entity, "offset": first, "length": last - first})
    return Text(trimmed, kept)
