"""What a phone shows, as values: the answers of the control API with types."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.sandbox.wire import Json


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a phone; the id is also that of the chat with the bot."""

    id: int
    first_name: str
    title: str

    @classmethod
    def of(cls, data: Json) -> Self:
        """From the control API."""
        return cls(data["id"], data["first_name"], data["title"])


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message; `buttons` are the labels of its inline keyboard, row by row."""

    id: int
    from_bot: bool
    text: str
    caption: str
    buttons: tuple[tuple[str, ...], ...]
    edited: bool
    deleted: bool
    notified: bool
    raw: Json

    @classmethod
    def of(cls, data: Json) -> Self:
        """From the control API."""
        rows = data["inline_keyboard"] or []
        return cls(
            id=data["id"],
            from_bot=data["from"]["is_bot"],
            text=data["text"] or "",
            caption=data["caption"] or "",
            buttons=tuple(tuple(button["text"] for button in row) for row in rows),
            edited=data["edited"],
            deleted=data["deleted"],
            notified=data["notified"],
            raw=data,
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """All button labels, row after row."""
        return tuple(label for row in self.buttons for label in row)


@dataclass(frozen=True, slots=True)
class Sent:
    """What an act came to; `update_id` is None where the bot hears nothing of it."""

    update_id: int | None
    message: Bubble | None
    callback_id: str | None

    @classmethod
    def of(cls, data: Json) -> Self:
        """From the control API."""
        message = data.get("message")
        return cls(data["update_id"], Bubble.of(message) if message else None, data.get("callback_id"))


@dataclass(frozen=True, slots=True)
class ChatView:
    """A chat as its owner sees it, deleted messages left out of `said` but not of `messages`."""

    id: int
    seq: int
    messages: tuple[Bubble, ...]
    keyboard: tuple[tuple[str, ...], ...]  # the reply keyboard's labels
    typing: bool
    toast: str | None  # the last answer to a tap
    commands: tuple[str, ...]
    pinned: tuple[int, ...]  # messages, the newest last

    @classmethod
    def of(cls, data: Json) -> Self:
        """From the control API."""
        keys = (data["reply_keyboard"] or {}).get("keyboard", [])
        return cls(
            id=data["id"],
            seq=data["seq"],
            messages=tuple(Bubble.of(message) for message in data["messages"]),
            keyboard=tuple(tuple(k if isinstance(k, str) else k["text"] for k in row) for row in keys),
            typing=data["typing"],
            toast=data["toast"]["text"] if data["toast"] else None,
            commands=tuple(command["command"] for command in data["commands"]),
            pinned=tuple(data["pinned"]),
        )

    @property
    def said(self) -> tuple[Bubble, ...]:
        """What the bot said and has not taken back, oldest first."""
        return tuple(bubble for bubble in self.messages if bubble.from_bot and not bubble.deleted)

    @property
    def last(self) -> Bubble:
        """The bot's newest message. Raises IndexError where it has said nothing."""
        return self.said[-1]


@dataclass(frozen=True, slots=True)
class ClockView:
    """The sandbox's time; `version` rises with each move."""

    now: datetime
    offset: float  # seconds beside the machine's own clock
    version: int

    @classmethod
    def of(cls, data: Json) -> Self:
        """From the control API."""
        return cls(datetime.fromisoformat(data["now"]), data["offset"], data["version"])
