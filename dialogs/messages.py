"""What somebody sent, as they sent it: words with their formatting, what goes with them, or both.

Of a photo or a voice only the name is kept by which Telegram finds it again; the thing itself stays with Telegram.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, cast, get_args

FileKind: TypeAlias = Literal["photo", "voice", "video_note", "video", "document"]
Medium: TypeAlias = Literal["text", FileKind, "poll"]
"""What a question may take. `document` is any file, `poll` a question with options to choose from."""

MEDIA: Final[frozenset[str]] = frozenset(get_args(FileKind))
"""What is kept as a file."""

MARKS: Final = frozenset(
    {
        "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote",
        "expandable_blockquote", "text_link",
    }
)  # fmt: skip
"""The formatting that is kept. What Telegram finds by itself (links, numbers) it will find again; a name that is a
link to somebody, and a paid emoji, are not handed on."""

MARKS_AT_MOST: Final = 100
FILES_AT_MOST: Final = 10
OPTIONS_AT_MOST: Final = 12
OPTION_LIMIT: Final = 100
"""Telegram's own, all of them."""

_LONGEST_LINK: Final = 2048


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of formatting, counted as Telegram counts, in UTF-16 units. `url` is where a text_link leads."""

    kind: str
    offset: int
    length: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """Something that is not words: what it is, and the id by which Telegram finds it again."""

    kind: FileKind
    id: str


@dataclass(frozen=True, slots=True)
class Message:
    """Words, files, or both. `album` names the group of files that is still coming in, and is empty after that.

    `options` are what can be chosen where the words are a question, `several` whether more than one of them.
    """

    text: str = ""
    marks: tuple[Mark, ...] = ()
    files: tuple[File, ...] = ()
    album: str = ""
    options: tuple[str, ...] = ()
    several: bool = False

    @property
    def media(self) -> tuple[Medium, ...]:
        """What is in it, each once: `text` where there are words, every kind of file, and `poll`."""
        words: tuple[Medium, ...] = ("text",) if self.text else ()
        asked: tuple[Medium, ...] = ("poll",) if self.options else ()
        return tuple(dict.fromkeys((*words, *(file.kind for file in self.files), *asked)))

    def joined(self, other: "Message") -> "Message":
        """With the files of another message of the same album; the first words there are stay."""
        files = (*self.files, *other.files)[:FILES_AT_MOST]
        words = self if self.text else other
        return Message(text=words.text, marks=words.marks, files=files, album=self.album)


def length(text: str) -> int:
    """How long Telegram finds it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def marks_of(raw: object, text: str) -> tuple[Mark, ...]:
    """The formatting in Telegram's list of entities, as far as it is kept. What makes no sense is left out."""
    end = length(text)
    found = (_mark(each, end) for each in (raw[:MARKS_AT_MOST] if isinstance(raw, list) else ()))
    return tuple(mark for mark in found if mark is not None)


def _mark(raw: Any, end: int) -> Mark | None:  # Any: whatever stood in Telegram's list
    match raw:
        case {"type": str(kind), "offset": int(offset), "length": int(size)} if kind in MARKS:
            if offset < 0 or size < 1 or offset + size > end:
                return None
            url = raw.get("url") if kind == "text_link" else ""
            if not isinstance(url, str) or len(url) > _LONGEST_LINK:
                return None
            if kind == "text_link" and not url.startswith(("http://", "https://")):
                return None
            return Mark(kind, offset, size, url)
        case _:
            return None


def to_plain(message: Message) -> dict[str, Any]:
    """The message as JSON can hold it (Any: lists and words, of several depths)."""
    plain: dict[str, Any] = {}
    if message.text:
        plain["text"] = message.text
    if message.marks:
        plain["marks"] = [[mark.kind, mark.offset, mark.length, mark.url] for mark in message.marks]
    if message.files:
        plain["files"] = [[file.kind, file.id] for file in message.files]
    if message.album:
        plain["album"] = message.album
    if message.options:
        plain["options"] = [*message.options]
    if message.several:
        plain["several"] = True
    return plain


def from_plain(plain: Mapping[str, Any]) -> Message:
    """The message again (Any: it has been through JSON). Raises ValueError for a kind of file nobody knows."""
    return Message(
        text=str(plain.get("text", "")),
        marks=tuple(Mark(str(kind), int(at), int(size), str(url)) for kind, at, size, url in plain.get("marks", ())),
        files=_files(plain.get("files", ())),
        album=str(plain.get("album", "")),
        options=tuple(str(each) for each in plain.get("options", ())),
        several=bool(plain.get("several", False)),
    )


def _files(plain: Sequence[Sequence[str]]) -> tuple[File, ...]:
    for kind, _ in plain:
        if kind not in MEDIA:
            raise ValueError(f"a file of unknown kind {kind!r}")
    return tuple(File(cast(FileKind, kind), name) for kind, name in plain)
