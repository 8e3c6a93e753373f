"""Every node can be met. One that can't is a thought somebody believes people are reading."""

from collections.abc import Iterator

from dialogs.checks.paths import ways
from dialogs.library import Problem, Source
from dialogs.model import Dialog


def find(source: Source) -> Iterator[Problem]:
    """Nodes that nothing leads to, and ways written after one that is always open."""
    for name, dialog in source.dialogs.items():
        met = _met(dialog)
        for place, node in dialog.nodes.items():
            if place not in met:
                yield Problem(source.files[name], place, "nothing leads here", "Lead to it, or take it out")
            always = next((i for i, case in enumerate(node.next) if case.when is None), len(node.next))
            if always < len(node.next) - 1:
                yield Problem(
                    source.files[name],
                    place,
                    "ways stand behind one that is always taken",
                    "Put the one without `when` last",
                )


def _met(dialog: Dialog) -> frozenset[str]:
    """What can be reached; those whom `moved` brings in are people as well."""
    found: set[str] = set()
    waiting = [dialog.first, *dialog.moved.values()]
    while waiting:
        place = waiting.pop()
        if place in found or place not in dialog.nodes:
            continue
        found.add(place)
        waiting.extend(ways(dialog.nodes[place]))
    return frozenset(found)
