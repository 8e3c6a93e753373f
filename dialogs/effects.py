"""What a turn causes. The engine only names these; the door makes them so."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from dialogs.messages import Message
from dialogs.values import Picture, Text, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button: what it says, and the choice it makes."""

    choice: str
    label: Text | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Something said that waits for nothing. `keyboard`: with it the person gets the SOS and menu keys.

    `shows` is somebody's own message, with its photo or voice, to stand under the text as it was sent.
    """

    text: Text
    keyboard: bool = False
    picture: Picture | None = None
    shows: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A question: the dialog now waits. `keep`: it stays readable when answered, instead of becoming the next."""

    text: Text
    rows: tuple[tuple[Press, ...], ...] = ()
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One moment of a paced exercise: what stands there, and for how many seconds."""

    text: Text
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """One message that changes in rhythm, with a way out under it."""

    frames: tuple[Frame, ...]
    rows: tuple[tuple[Press, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTimer:
    """Come back after so many seconds, if the dialog still stands at this turn."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Do:
    """A named action, with its arguments."""

    action: str
    arguments: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The conversation goes on in another dialog."""

    dialog: str
    parameters: Mapping[str, Value]


Effect: TypeAlias = Say | Ask | Pace | StartTimer | Do | Open
