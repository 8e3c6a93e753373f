"""Braces are for names. Anything else in them would be read by people as it stands."""

import re
from collections.abc import Iterator

from dialogs.checks.places import placed, po_file, short, translations
from dialogs.library import Problem, Source

_NAME = re.compile(r"\{[a-z][a-z0-9_]*\}")


def find(source: Source) -> Iterator[Problem]:
    """Texts and translations with a brace that does not belong to a `{name}`."""
    for piece in placed(source):
        if _strays(piece.english):
            yield _problem(piece.file, piece.place, piece.english)
    for locale, catalogue in translations(source):
        for words in catalogue.values():
            if _strays(words):
                yield _problem(po_file(locale), "", words)


def _strays(text: str) -> bool:
    rest = _NAME.sub("", text)
    return "{" in rest or "}" in rest


def _problem(file: str, place: str, text: str) -> Problem:
    return Problem(file, place, f"“{short(text)}” has a brace without a name", "Write `{name}`, in small letters")
