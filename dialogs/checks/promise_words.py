"""Hearth promises nothing it can't keep: a promise broken in a bad hour costs the trust in the next one."""

from collections.abc import Iterator

from dialogs.checks.words import lists, meetings
from dialogs.library import Problem, Source


def find(source: Source) -> Iterator[Problem]:
    """Words of the list `promise` in words.yaml."""
    yield from meetings(source, lists().promise, "promises what nobody can keep")
