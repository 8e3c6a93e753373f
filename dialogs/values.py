"""What a dialog can know: plain values, messages as somebody sent them, said texts, options of a list, pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeAlias

from dialogs.messages import Message

Plain: TypeAlias = bool | int | float | str | tuple[str, ...] | Message | None
"""What an answer is: it is kept in Progress and can be written as JSON."""


@dataclass(frozen=True, slots=True)
class Text:
    """Something to be said: the English text, and the values for its `{placeholders}`.

    It becomes words in somebody's language only when it is rendered (`dialogs.texts`).
    """

    english: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list that a fact gives: `key` comes back when it is chosen."""

    key: str
    label: Text | str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by name and what to draw; drawn just before it is sent."""

    kind: str
    data: Mapping[str, object]


Value: TypeAlias = Plain | date | datetime | time | Text | Picture | tuple[Option, ...] | tuple[Text, ...]
"""What a fact can be. Dates and times are shown in the reader's language and zone."""
