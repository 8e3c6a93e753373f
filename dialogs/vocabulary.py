"""The names that content may use: facts it can ask for, and actions it can cause.

The list is `vocabulary.yaml`. The bot must register exactly these; the checker refuses content that uses others;
the examples in it let a dialog be played with no bot behind it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from dialogs.messages import File, Message
from dialogs.reading import read_yaml
from dialogs.values import Option, Picture, Value


class FactWord(BaseModel):
    """A fact: what it tells, and an example of it.

    A list of `{key, label}` is a list of options, `{message: words, files: [voice]}` a message.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    means: str
    # Any: an example may be any plain value; `example_value` gives it its type.
    example: Any = None

    def example_value(self) -> Value:
        """The example, as the engine would be handed it."""
        match self.example:
            case [{"key": _, "label": _}, *_] as rows:
                return tuple(Option(str(row["key"]), str(row["label"])) for row in rows)
            case {"message": words, "files": list() as kinds}:
                return Message(text=str(words), files=tuple(File(kind, "example") for kind in kinds))
            case {"message": words}:
                return Message(text=str(words))
            case {"picture": kind}:
                return Picture(str(kind), {})
            case list() as items:
                return tuple(str(item) for item in items)
            case bool() | int() | float() | str() | None as plain:
                return plain
            case other:
                return str(other)


class ActionWord(BaseModel):
    """An action: what it does, and the arguments it takes (all of them, by name)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    means: str
    takes: tuple[str, ...] = ()


class OwnWords(BaseModel):
    """What a house's own dialogs may use: facts, actions, and the dialogs of ours that they may go to."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    dialogs: tuple[str, ...] = ()


class Vocabulary(BaseModel):
    """Every fact and action there is, and the few that are open to dialogs written in a house."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: Mapping[str, FactWord] = Field(default_factory=dict)
    actions: Mapping[str, ActionWord] = Field(default_factory=dict)
    own: OwnWords = OwnWords()

    def narrowed(self) -> "Vocabulary":
        """Only what a house's own dialogs may use. Raises KeyError for a name that is open and does not exist."""
        facts = {name: self.facts[name] for name in self.own.facts}
        return Vocabulary(facts=facts, actions={name: self.actions[name] for name in self.own.actions}, own=self.own)


def read_vocabulary(path: Path) -> Vocabulary:
    """Reads the list; pydantic's ValidationError says what is wrong with it."""
    raw: Any = read_yaml(path.read_text(encoding="utf-8")) or {}
    return Vocabulary.model_validate(raw)
