"""Every name in a text, a condition or an argument is something the dialog can know."""

from collections.abc import Iterator
from difflib import get_close_matches

from dialogs.library import Problem, Source
from dialogs.model import PaceNode
from dialogs.script import names_used
from dialogs.texts import placeholders
from dialogs.wording import GIVEN


def find(source: Source) -> Iterator[Problem]:
    """Names that are neither saved in the dialog nor a fact.

    Phrases and cards are filled in by code, which knows its names: for them the languages must agree, and no more
    is asked (`differing_placeholders`).
    """
    facts = source.vocabulary.facts.keys()
    for name, dialog in source.dialogs.items():
        known = facts | dialog.saved()
        for place, node in dialog.nodes.items():
            given = GIVEN if isinstance(node, PaceNode) else frozenset()
            for unknown in sorted(names_used(node) - known - given):
                close = get_close_matches(unknown, known, n=1)
                remedy = f"Did you mean “{close[0]}”? If not, " if close else "Save it in this dialog, or "
                yield Problem(
                    source.files[name],
                    place,
                    f"nobody knows “{unknown}”",
                    f"{remedy}add it to the facts in vocabulary.yaml",
                )
        for unfilled in sorted(placeholders(dialog.title)):
            yield Problem(
                source.files[name], "title", f"a title has no “{unfilled}” to fill in", "Say it in plain words"
            )
