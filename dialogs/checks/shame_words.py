"""Nobody is shamed here, in no language: words that judge keep people from coming back."""

from collections.abc import Iterator

from dialogs.checks.words import lists, meetings
from dialogs.library import Problem, Source


def find(source: Source) -> Iterator[Problem]:
    """Words of the list `shame` in words.yaml."""
    yield from meetings(source, lists().shame, "is a word that judges")
