"""What is to be sent, and what came of sending it: plain values that know nothing of Telegram's library.

A `Letter` is one message, ready but for its pictures and documents. It is kept in the outbox as JSON, so it holds
no bytes: a picture travels as the figures it is drawn from, a document as what it is made from, and both are made
just before they are sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, Literal, TypeAlias, cast, get_args

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
MediaKind: TypeAlias = Literal["photo", "document", "voice", "video_note", "video", "audio", "animation", "sticker"]

_VERSION: Final = 1
# Telegram's own. It counts characters; we count UTF-16 units, of which there are never fewer.
_ALBUM_LIMIT: Final = 10
TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
_ALBUMS: Final = ({"photo", "video"}, {"document"}, {"audio"})
_WORDLESS: Final = {"sticker", "video_note"}
_MEDIA_KINDS: Final = frozenset(get_args(MediaKind))


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """One button under a message. `data` is what comes back when it is pressed: 1-64 bytes."""

    label: str
    data: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Media:
    """A file that goes with a letter: one Telegram already has (`file_id`) or one to upload (`content`)."""

    kind: MediaKind
    file_id: str | None = None
    content: bytes | None = None
    filename: str | None = None

    def __post_init__(self) -> None:
        if (self.file_id is None) == (self.content is None):
            raise ValueError("media is either a file_id or content, and never both")


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture still to be drawn: `kind` names who draws it, `data` holds the figures."""

    kind: str
    data: Mapping[str, JSON]


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A file still to be made: `kind` names who makes it, `data` says from what, `filename` is what people see."""

    kind: str
    data: Mapping[str, JSON]
    filename: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One message, ready to send.

    `text` is the message, or the caption where there is media. `buttons` stand under it, row by row;
    `keyboard` replaces the person's own keyboard, `remove_keyboard` takes it away: a message bears only one
    of the three. `entities` is the formatting of an author's own message, as Telegram gave it. `silent` makes
    no sound, `protect` forbids forwarding. Raises ValueError for what Telegram could not show.
    """

    text: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] | None = None
    remove_keyboard: bool = False
    media: tuple[Media, ...] = ()
    picture: Picture | None = None
    document: Document | None = None
    entities: tuple[Mapping[str, JSON], ...] = ()
    silent: bool = False
    protect: bool = False

    def __post_init__(self) -> None:
        markups = bool(self.buttons) + (self.keyboard is not None) + self.remove_keyboard
        files = len(self.media) + (self.picture is not None) + (self.document is not None)
        if markups > 1:
            raise ValueError("a message bears one markup: buttons, a keyboard, or its removal")
        if files > _ALBUM_LIMIT:
            raise ValueError("an album holds at most ten files")
        if files > 1 and markups:
            raise ValueError("an album bears no buttons and no keyboard")
        if not self.text and not files:
            raise ValueError("a letter says something or shows something")
        kinds = {media.kind for media in self.media} | ({"photo"} if self.picture is not None else set())
        kinds |= {"document"} if self.document is not None else set()
        if files > 1 and not any(kinds <= family for family in _ALBUMS):
            raise ValueError("an album holds photos and videos, or documents, or audio")
        if self.text and kinds & _WORDLESS:
            raise ValueError("a sticker or a video note bears no text")


def shortened(letter: Letter) -> Letter:
    """The letter, its text cut to what Telegram takes: for what must arrive, if not whole then in part."""
    shows = letter.media or letter.picture is not None or letter.document is not None
    limit = CAPTION_LIMIT if shows else TEXT_LIMIT
    units = letter.text.encode("utf-16-le")
    if len(units) <= 2 * limit:
        return letter
    text = units[: 2 * (limit - 1)].decode("utf-16-le", errors="ignore")  # half a character is left out
    whole = tuple(entity for entity in letter.entities if _end(entity) < limit)
    return replace(letter, text=text + "…", entities=whole)


def _end(entity: Mapping[str, JSON]) -> int:
    offset, length = entity.get("offset"), entity.get("length")
    return offset + length if isinstance(offset, int) and isinstance(length, int) else 0


def to_json(letter: Letter) -> dict[str, JSON]:
    """The letter as plain values, what is default left out. Raises ValueError if it carries bytes."""
    if any(media.content is not None for media in letter.media):
        raise ValueError("bytes are not kept in the outbox: use a file_id or a Picture")
    plain: dict[str, JSON] = {"v": _VERSION}
    if letter.text:
        plain["text"] = letter.text
    if letter.buttons:
        plain["buttons"] = [[[button.label, button.data] for button in row] for row in letter.buttons]
    if letter.keyboard is not None:
        plain["keyboard"] = [list(row) for row in letter.keyboard]
    if letter.media:
        plain["media"] = [[media.kind, media.file_id, media.filename] for media in letter.media]
    if letter.picture is not None:
        plain["picture"] = [letter.picture.kind, letter.picture.data]
    if letter.document is not None:
        plain["document"] = [letter.document.kind, letter.document.data, letter.document.filename]
    if letter.entities:
        plain["entities"] = [dict(entity) for entity in letter.entities]
    for name in ("remove_keyboard", "silent", "protect"):
        if getattr(letter, name):
            plain[name] = True
    return plain


def from_json(plain: Mapping[str, Any]) -> Letter:
    """The letter again. `plain` is what `to_json` gave (Any: it has been through JSON and back).

    Raises ValueError for a version this program does not know, and for what is no letter at all.
    """
    if plain.get("v") != _VERSION:
        raise ValueError(f"letter of unknown version {plain.get('v')!r}")
    keyboard, picture, document = plain.get("keyboard"), plain.get("picture"), plain.get("document")
    return Letter(
        text=plain.get("text", ""),
        buttons=tuple(
            tuple(Button(label=label, data=data) for label, data in row) for row in plain.get("buttons", ())
        ),
        keyboard=None if keyboard is None else tuple(tuple(row) for row in keyboard),
        remove_keyboard=plain.get("remove_keyboard", False),
        media=tuple(
            Media(kind=_media_kind(kind), file_id=file_id, filename=filename)
            for kind, file_id, filename in plain.get("media", ())
        ),
        picture=None if picture is None else Picture(kind=picture[0], data=picture[1]),
        document=(None if document is None else Document(kind=document[0], data=document[1], filename=document[2])),
        entities=tuple(plain.get("entities", ())),
        silent=plain.get("silent", False),
        protect=plain.get("protect", False),
    )


def _media_kind(kind: str) -> MediaKind:
    if kind not in _MEDIA_KINDS:
        raise ValueError(f"media of unknown kind {kind!r}")
    return cast(MediaKind, kind)


class Reason(StrEnum):
    """Why Telegram will not do it, now or later."""

    BLOCKED = "blocked"  # the person blocked the bot
    DEACTIVATED = "deactivated"  # the account is gone
    NEVER_STARTED = "never_started"  # the person has not opened the chat yet
    CHAT_NOT_FOUND = "chat_not_found"
    NOT_A_MEMBER = "not_a_member"  # put out of the group, or the group is gone
    NO_RIGHTS = "no_rights"  # in the chat, but not allowed to say this there
    NOTHING_TO_EDIT = "nothing_to_edit"  # the message is gone, or too old to touch
    TAP_TOO_OLD = "tap_too_old"  # the press of a button can no longer be answered
    TOO_LONG = "too_long"
    BAD_REQUEST = "bad_request"  # our own mistake, whichever it is

    @property
    def is_ours(self) -> bool:
        """Whether the fault is in what we sent, so that no other day and no other person would help."""
        return self in {Reason.TOO_LONG, Reason.BAD_REQUEST}


@dataclass(frozen=True, slots=True)
class Sent:
    """Done. `message_id` is None where nothing has an id of its own: a deletion, a tap answered.

    `but` says what did not go with it (`NOT_PINNED`).
    """

    message_id: int | None = None
    but: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram answered no, and will not change its mind."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Wait:
    """Too many at once. Nothing was sent; ask again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have arrived or not: no answer came, or one that does not say. `detail` holds no personal data."""

    detail: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """It never left this machine: safe to send again. `detail` holds no personal data."""

    detail: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has a new id; nothing was sent."""

    chat_id: int


NOT_PINNED: Final = "not pinned"

Outcome: TypeAlias = Sent | Refused | Wait | Unsure | NotSent | Moved
