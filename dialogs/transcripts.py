"""Whole conversations as files: readable by people, replayed to the letter by the tests.

    about: The urge falls, and that is remembered.
    facts: {hard_now: false}
    ---
    How strong is the urge right now?
    [0] [1] [2] …

    > [8]

`tests/transcripts/<dialog>.<locale>.txt`, or `<dialog>.<variant>.<locale>.txt`. A line after `> ` is the person's:
a button in brackets, words, `(silence)`, `(comes back)`, or `(photo) words`. The file holds its own inputs, so that
recording it anew (`python -m dialogs transcripts --update`) is replaying it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import yaml

from dialogs.library import Library
from dialogs.play import Conversation, Line, PlayError, given_values
from dialogs.reading import read_yaml

_HEAD_ENDS = "---\n"
_BUTTON = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the person's; `position` is where the pressed button stood when this was recorded."""

    line: str
    position: int | None = None

    @property
    def label(self) -> str | None:
        """The label of a pressed button, or None for words."""
        return self.line[1:-1] if self.line.startswith("[") and self.line.endswith("]") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """A conversation: of which dialog, in which language, with what known, and what the person said."""

    dialog: str
    locale: str
    variant: str = ""
    about: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)  # Any: plain values, as YAML holds them
    said: tuple[Said, ...] = ()

    @property
    def file(self) -> str:
        """The name of its file."""
        return ".".join(part for part in (self.dialog, self.variant, self.locale, "txt") if part)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads one. Raises PlayError when it is no transcript."""
        dialog, *variant, locale = path.name.removesuffix(".txt").split(".")
        head, found, body = path.read_text(encoding="utf-8").partition(_HEAD_ENDS)
        if not found:
            raise PlayError(f"{path.name} has no line `---` between its head and the conversation.")
        known = read_yaml(head) or {}
        return cls(
            dialog=dialog,
            locale=locale,
            variant=".".join(variant),
            about=str(known.get("about", "")),
            facts=known.get("facts", {}),
            said=tuple(_said(body)),
        )


def _said(body: str) -> Iterator[Said]:
    labels: list[str] = []
    for line in body.splitlines():
        if line.startswith("> "):
            said = Said(line.removeprefix("> "))
            position = labels.index(said.label) if said.label in labels else None
            yield Said(said.line, position)
            labels = []
        elif line.startswith("[") and line.endswith("]"):
            labels += _BUTTON.findall(line)


def perform(library: Library, transcript: Transcript, *, by_position: bool = False) -> str:
    """The transcript as it reads today. Raises PlayError when what the person said can't be said any more.

    `by_position`: a button that now has another label is pressed where it stood.
    """
    conversation = Conversation(library, transcript.dialog, transcript.locale, given_values(transcript.facts))
    body = written(conversation.start())
    for said in transcript.said:
        position = _position(conversation, said, by_position=by_position)
        line = said.line if position is None else f"[{conversation.buttons[position]}]"
        lines = conversation.say(said.line) if position is None else conversation.press(position)
        body += f"\n> {line}\n\n{written(lines)}"
    head = {"about": transcript.about, "facts": dict(transcript.facts)}
    kept = {name: value for name, value in head.items() if value}
    dumped = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110) if kept else ""
    return f"{dumped}{_HEAD_ENDS}{body}"


def _position(conversation: Conversation, said: Said, *, by_position: bool) -> int | None:
    if said.label is None:
        return None
    if said.label in conversation.buttons:
        return conversation.buttons.index(said.label)
    if by_position and said.position is not None and said.position < len(conversation.buttons):
        return said.position
    raise PlayError(f"There is no button [{said.label}]; there are: {', '.join(conversation.buttons) or 'none'}.")


def written(lines: Iterable[Line]) -> str:
    """What was shown, as it stands in the file: words and rows apart, remarks on lines of their own."""
    text = ""
    before: Line | None = None
    for line in lines:
        if before is not None and (line.kind != before.kind or line.kind == "words"):
            text += "\n"
        text += f"{line.text}\n"
        before = line
    return text


def missing(library: Library, folder: Path) -> Iterator[str]:
    """The files that ought to be there: each dialog has a transcript in each language."""
    there = {(one.dialog, one.locale) for one in map(Transcript.read, sorted(folder.glob("*.txt")))}
    for name in library.scripts:
        for locale in library.catalogues.locales:
            if (name, locale) not in there:
                yield f"{name}.{locale}.txt"
