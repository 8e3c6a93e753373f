"""What can happen to a conversation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from dialogs.messages import Mark
from dialogs.values import Plain


@dataclass(frozen=True, slots=True)
class Started:
    """A dialog begins, with the values it was handed."""

    parameters: Mapping[str, Plain] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextSent:
    """The person wrote something; `marks` is the formatting they gave it."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoicePressed:
    """The person pressed a button of the question asked at `turn`."""

    turn: int
    choice: str


@dataclass(frozen=True, slots=True)
class MediaSent:
    """The person sent something that is not text. `file` is what names it where it is kept.

    `album` names the group it was sent in: the others come one by one, each an input of its own. Of a poll the
    caption is its question, `options` what can be chosen, `several` whether more than one.
    """

    kind: str
    file: str
    caption: str = ""
    marks: tuple[Mark, ...] = ()
    album: str = ""
    options: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The wait that began at `turn` is over."""

    turn: int


@dataclass(frozen=True, slots=True)
class Resumed:
    """The person comes back to a dialog that was left: its question is asked again."""


Input: TypeAlias = Started | TextSent | ChoicePressed | MediaSent | TimerFired | Resumed
