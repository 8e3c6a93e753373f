"""A catalogue holds what is said, and nothing else: an entry nobody reads hides that the text above it changed."""

from collections.abc import Iterator

from dialogs.checks.places import po_file, short, translations
from dialogs.library import Problem, Source


def find(source: Source) -> Iterator[Problem]:
    """Translations of texts that are not in the content (any more)."""
    said = {text for _, text in source.texts()}
    for locale, catalogue in translations(source):
        for english in catalogue:
            if english not in said:
                yield Problem(
                    po_file(locale),
                    f"“{short(english)}”",
                    "nothing in the content says this",
                    "Run `python -m dialogs extract`, which takes it out",
                )
