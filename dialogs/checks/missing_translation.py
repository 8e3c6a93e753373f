"""Every text can be read in every language Hearth speaks. English amid Spanish says: not meant for you.

A language that has only been begun is one problem, not thousands: nobody would find the others among them.
"""

from collections.abc import Iterator
from typing import Final

from dialogs.checks.places import placed, po_file, short, translations
from dialogs.library import Problem, Source

BEGUN: Final = 100
"""Texts without a translation, from which on they are counted, and not named one by one."""


def find(source: Source) -> Iterator[Problem]:
    """Texts without a translation; one marked fuzzy is a guess, and does not count."""
    texts = {piece.english: piece for piece in placed(source)}
    for locale, catalogue in translations(source):
        missing = [piece for english, piece in texts.items() if english not in catalogue]
        if len(missing) >= BEGUN:
            what = f"{len(missing)} of {len(texts)} texts have no translation yet"
            yield Problem(
                po_file(locale), "", what, "Translate them there, the hard hours first: crisis, then coping"
            )
            continue
        for piece in missing:
            yield Problem(
                po_file(locale),
                f"“{short(piece.english)}”",
                f"it has no translation, or only a fuzzy one (it stands in {piece.file}, {piece.place})",
                "Run `python -m dialogs extract`, then translate it",
            )
