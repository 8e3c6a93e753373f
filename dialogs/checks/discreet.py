"""What comes unasked shows on a locked screen: its first line tells nobody what it is about."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from dialogs.checks.paths import onward, reached
from dialogs.checks.places import in_every_language, short
from dialogs.library import Problem, Source
from dialogs.model import SayNode, Waiting
from dialogs.reading import read_yaml

ASKED: Final = "asked"
"""The parameter of dialogs that can begin on their own: whether they were asked for by our clock."""

_LISTS = Path(__file__).with_suffix(".yaml")


def find(source: Source) -> Iterator[Problem]:
    """Telling words in the first line of a card, a phrase, or what a dialog that begins on its own says first."""
    for file, place, english in _unasked(source):
        for locale, words in in_every_language(source, english, {}):
            line = words.strip().split("\n", 1)[0].casefold()
            for telling in _words().get(locale, ()):
                met = re.search(rf"(?<!\w)(?:{telling})(?!\w)", line)
                if met is not None:
                    yield Problem(
                        file,
                        place,
                        f"“{met[0]}” would show on a locked screen (in “{short(words)}”)",
                        "Begin with words that tell little, and say it further down",
                    )


def _unasked(source: Source) -> Iterator[tuple[str, str, str]]:
    for name, card in source.cards.items():
        for face_name, face in card.faces.items():
            yield source.files[name], face_name, face.say
    for name, dialog in source.dialogs.items():
        if ASKED in dialog.parameters:
            for where, place in _until_the_first_answer(source, name):
                node = source.dialogs[where].nodes.get(place)
                if isinstance(node, SayNode | Waiting):
                    yield source.files[where], place, next(iter(node.texts()))
    for name, english in source.phrases.items():
        if name.startswith(
            ("alert_", "announcement_", "still_", "removed_", "deleted_", "export_sent", "complaint_letter")
        ):
            yield source.files["phrases"], name, english


def _until_the_first_answer(source: Source, name: str) -> frozenset[tuple[str, str]]:
    """What can be said before the person said anything."""

    def step(spot: tuple[str, str]) -> Iterator[tuple[str, str]]:
        if not isinstance(source.dialogs[spot[0]].nodes.get(spot[1]), Waiting):
            yield from onward(source.dialogs, spot)

    return reached([(name, source.dialogs[name].first)], step)


@cache
def _words() -> Mapping[str, tuple[str, ...]]:
    raw = read_yaml(_LISTS.read_text(encoding="utf-8"))
    return TypeAdapter(Mapping[str, tuple[str, ...]]).validate_python(raw)
