"""A skill says what it is for, how long it takes and where it comes from, and notices whether it helped."""

from collections.abc import Iterator

from dialogs.library import Problem, Source
from dialogs.model import Dialog, DoNode, RateNode

RECORD = "record_practice"


def find(source: Source) -> Iterator[Problem]:
    """Skills that lack one of these."""
    for name, dialog in source.dialogs.items():
        if dialog.skill:
            for place, what, remedy in _lacking(dialog):
                yield Problem(source.files[name], place, what, remedy)


def _lacking(dialog: Dialog) -> Iterator[tuple[str, str, str]]:
    if not dialog.minutes:
        yield "minutes", "nobody can tell how long it takes", "Add `minutes:`"
    if not dialog.helps_with:
        yield "helps_with", "nobody can tell what it is for", "Add `helps_with: [stress]` or the like"
    if not dialog.source:
        yield "source", "nobody can tell where it comes from", "Add `source:`"
    rated = {node.save for node in dialog.nodes.values() if isinstance(node, RateNode)}
    for when in ("before", "after"):
        if when not in rated:
            yield "", f"it is not rated {when}", f"Add a `rate` with `save: {when}`"
    if not any(isinstance(node, DoNode) and node.do == RECORD for node in dialog.nodes.values()):
        yield "", "that it was practised is never remembered", f"Add `do: {RECORD}`"
