"""HTML and MarkdownV2 into text and entities, as the Bot API parses them."""

import html
import re
from dataclasses import dataclass, field

from bot.sandbox.wire import Json, bad_request

_HTML_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[a-zA-Z][\w-]*)(?P<attributes>[^<>]*)>|&(#?\w+);|<")
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+)))?""")
_KNOWN_REFERENCES = frozenset({"lt", "gt", "amp", "quot"})
_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_MARKDOWN_TOKEN = re.compile(r"\\(.)|(```)|(\|\||__|[*_~`\[\]>])|([()#+\-=|{}.!])", re.DOTALL)
_MARKDOWN_MARKS = {"*": "bold", "_": "italic", "__": "underline", "~": "strikethrough", "||": "spoiler"}
_LINK_TARGET = re.compile(r"\(((?:\\.|[^)\\])*)\)")
_LANGUAGE = re.compile(r"(\w[\w+-]*)?\n")


@dataclass
class _Writer:
    """Collects text and knows where it is, in UTF-16."""

    parts: list[str] = field(default_factory=list)
    at: int = 0
    entities: list[Json] = field(default_factory=list)

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.at += len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2

    def close(self, entity: Json) -> None:
        entity["length"] = self.at - entity["offset"]
        nameless = not entity["type"] or (entity["type"] == "text_link" and not entity.get("url"))
        if entity["length"] and not nameless:
            self.entities.append(entity)

    def result(self) -> tuple[str, list[Json]]:
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), ordered


def _unparsable(why: str, source: str, index: int) -> Exception:
    return bad_request(f"can't parse entities: {why} at byte offset {len(source[:index].encode())}")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Text and entities of Telegram's HTML. Raises BotApiError 400 in Telegram's words."""
    out, stack, last = _Writer(), list[tuple[str, Json]](), 0
    for match in _HTML_TOKEN.finditer(source):
        out.write(source[last : match.start()])
        last = match.end()
        tag = (match["tag"] or "").lower()
        if match.group() == "<":
            raise _unparsable('Unsupported start tag ""', source, match.start())
        if not tag:
            name = match.group()[1:-1]
            known = name.startswith("#") or name in _KNOWN_REFERENCES
            out.write(html.unescape(match.group()) if known else match.group())
        elif match["close"]:
            if not stack:
                raise _unparsable("Unexpected end tag", source, match.start())
            opened, entity = stack.pop()
            if opened != tag:
                why = f'Unmatched end tag, expected "</{opened}>", found "</{tag}>"'
                raise _unparsable(why, source, match.start())
            out.close(entity)
        elif tag not in _TAGS:
            raise _unparsable(f'Unsupported start tag "{tag}"', source, match.start())
        else:
            stack.append((tag, _html_entity(tag, match["attributes"], out, stack)))
    out.write(source[last:])
    if stack:
        raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag \"{stack[-1][0]}\"")
    return out.result()


def _html_entity(tag: str, attributes: str, out: _Writer, stack: list[tuple[str, Json]]) -> Json:
    given = {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(attributes)}
    entity: Json = {"type": _TAGS[tag], "offset": out.at, "length": 0}
    if tag == "a":
        entity["url"] = given.get("href", "")
    elif tag == "tg-emoji":
        entity["custom_emoji_id"] = given.get("emoji-id", "")
    elif tag == "blockquote" and "expandable" in given:
        entity["type"] = "expandable_blockquote"
    elif tag == "code" and stack and stack[-1][0] == "pre" and given.get("class", "").startswith("language-"):
        stack[-1][1]["language"] = given["class"].removeprefix("language-")
        entity["type"] = ""  # <pre><code> is one entity, and the outer one has the language now
    return entity


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Text and entities of MarkdownV2 (quotations apart). Raises BotApiError 400 in Telegram's words."""
    out, stack, index = _Writer(), list[tuple[str, Json]](), 0
    while match := _MARKDOWN_TOKEN.search(source, index):
        out.write(source[index : match.start()])
        index = match.end()
        escaped, fence, mark, reserved = match.groups()
        if escaped:
            out.write(escaped)
        elif fence or mark == "`":
            index = _code(source, index, "```" if fence else "`", out)
        elif mark == "[":
            stack.append(("[", {"type": "text_link", "offset": out.at, "length": 0}))
        elif mark == "]" and stack and stack[-1][0] == "[":
            index = _link(source, index, stack.pop()[1], out)
        elif reserved or mark in ("]", ">"):
            why = f"Character '{match.group()}' is reserved and must be escaped with the preceding '\\'"
            raise bad_request(f"can't parse entities: {why}")
        elif stack and stack[-1][0] == mark:
            out.close(stack.pop()[1])
        elif any(opened == mark for opened, _ in stack):
            raise _unparsable(f"Can't find end of {stack[-1][1]['type'].capitalize()} entity", source, match.start())
        else:
            stack.append((mark, {"type": _MARKDOWN_MARKS[mark], "offset": out.at, "length": 0}))
    out.write(source[index:])
    if stack:
        kind = stack[-1][1]["type"].capitalize()
        raise bad_request(f"can't parse entities: Can't find end of {kind} entity")
    return out.result()


def _code(source: str, index: int, fence: str, out: _Writer) -> int:
    """Write what stands between backticks; returns where to go on."""
    entity: Json = {"type": "pre" if fence == "```" else "code", "offset": out.at, "length": 0}
    if fence == "```" and (language := _LANGUAGE.match(source, index)):
        if language[1]:
            entity["language"] = language[1]
        index = language.end()
    end = index
    while (end := source.find(fence, end)) > 0 and source[end - 1] == "\\":
        end += 1
    if end < 0:
        raise _unparsable(f"Can't find end of {entity['type'].capitalize()} entity", source, index)
    out.write(re.sub(r"\\(.)", r"\1", source[index:end], flags=re.DOTALL))
    out.close(entity)
    return end + len(fence)


def _link(source: str, index: int, entity: Json, out: _Writer) -> int:
    """Close a link whose text has ended; returns where to go on."""
    target = _LINK_TARGET.match(source, index)
    if target is None:
        raise _unparsable("Can't find end of a URL", source, index)
    entity["url"] = re.sub(r"\\(.)", r"\1", target[1])
    out.close(entity)
    return target.end()
