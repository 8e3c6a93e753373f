"""A skill says what it is for, how long it takes and where it comes from, and notices whether it helped.

It is rated before and after, and remembered, in itself or in the dialog it comes back with later. A document (a plan
that somebody builds and reads) is neither: nothing rises or falls while one writes down a telephone number.
"""

from collections.abc import Iterator, Sequence

from dialogs.library import Problem, Source
from dialogs.model import Dialog, DoNode, RateNode

RECORD, KEEP, ASK_LATER = "record_practice", "keep_plan", "ask_later"


def find(source: Source) -> Iterator[Problem]:
    """Skills that lack one of these."""
    for name, dialog in source.dialogs.items():
        if dialog.skill:
            for place, what, remedy in (*_lacking(dialog), *_unnoticed(source, dialog)):
                yield Problem(source.files[name], place, what, remedy)


def _lacking(dialog: Dialog) -> Iterator[tuple[str, str, str]]:
    if not dialog.minutes:
        yield "minutes", "nobody can tell how long it takes", "Add `minutes:`"
    if not dialog.helps_with:
        yield "helps_with", "nobody can tell what it is for", "Add `helps_with: [stress]` or the like"
    if not dialog.source:
        yield "source", "nobody can tell where it comes from", "Add `source:`"


def _unnoticed(source: Source, dialog: Dialog) -> Iterator[tuple[str, str, str]]:
    if any(node.do == KEEP for node in _done(dialog)):
        return
    both = [dialog, *_later(source, dialog)]
    rated = {node.save for each in both for node in each.nodes.values() if isinstance(node, RateNode)}
    for when in ("before", "after"):
        if when not in rated:
            yield "", f"it is not rated {when}", f"Add a `rate` with `save: {when}`"
    if not any(node.do == RECORD for each in both for node in _done(each)):
        yield "", "that it was practised is never remembered", f"Add `do: {RECORD}`"


def _later(source: Source, dialog: Dialog) -> Sequence[Dialog]:
    """The dialogs that it comes back with, named in quotes."""
    names = [
        node.arguments["dialog"].value({})
        for node in _done(dialog)
        if node.do == ASK_LATER and "dialog" in node.arguments and not node.arguments["dialog"].names
    ]
    return [source.dialogs[name] for name in names if isinstance(name, str) and name in source.dialogs]


def _done(dialog: Dialog) -> Sequence[DoNode]:
    return [node for node in dialog.nodes.values() if isinstance(node, DoNode)]
