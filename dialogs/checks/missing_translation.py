"""Every text can be read in every language Hearth speaks. English amid Spanish says: not meant for you."""

from collections.abc import Iterator

from dialogs.checks.places import placed, po_file, short, translations
from dialogs.library import Problem, Source


def find(source: Source) -> Iterator[Problem]:
    """Texts without a translation; one marked fuzzy is a guess, and does not count."""
    texts = {piece.english: piece for piece in placed(source)}
    for locale, catalogue in translations(source):
        for english, piece in texts.items():
            if english not in catalogue:
                yield Problem(
                    po_file(locale),
                    f"“{short(english)}”",
                    f"it has no translation, or only a fuzzy one (it stands in {piece.file}, {piece.place})",
                    "Run `python -m dialogs extract`, then translate it",
                )
