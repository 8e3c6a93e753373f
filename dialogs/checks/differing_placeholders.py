"""A translation names what the English names: else somebody reads a sentence with a hole in it."""

from collections.abc import Iterator

from dialogs.checks.places import po_file, short, translations
from dialogs.library import Problem, Source
from dialogs.texts import placeholders


def find(source: Source) -> Iterator[Problem]:
    """Translations whose `{names}` are not those of the English."""
    for locale, catalogue in translations(source):
        for english, words in catalogue.items():
            lost = placeholders(english) - placeholders(words)
            strange = placeholders(words) - placeholders(english)
            if lost or strange:
                said = [f"lacks {{{name}}}" for name in sorted(lost)] + [
                    f"has {{{name}}}" for name in sorted(strange)
                ]
                yield Problem(
                    po_file(locale),
                    f"“{short(english)}”",
                    f"the translation {', '.join(said)}",
                    "Use the same names in braces as the English",
                )
