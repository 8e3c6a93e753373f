"""From every node there is a way on. A conversation that can only go in circles holds the person in it."""

from collections.abc import Iterator

from dialogs.checks.paths import Spot, backward, reached, ways
from dialogs.library import Problem, Source
from dialogs.model import END, Dialog, GoNode


def find(source: Source) -> Iterator[Problem]:
    """Nodes from which neither `end` nor another dialog can be reached, and nodes whose ways may all be closed."""
    for name, dialog in source.dialogs.items():
        leaving = _leaving(name, dialog)
        for place, node in dialog.nodes.items():
            if (name, place) not in leaving:
                yield Problem(
                    source.files[name],
                    place,
                    "no way leads from here to the end",
                    "Let one of its ways lead to `end`",
                )
            if not node.next or node.next[-1].when is not None:
                yield Problem(
                    source.files[name],
                    place,
                    "when none of its conditions holds there is no way on",
                    "Add `else` as the last way",
                )


def _leaving(name: str, dialog: Dialog) -> frozenset[Spot]:
    # A way to a node that is not there is the rule `dangling`'s to report: here it counts as a way out.
    pairs = (
        ((name, place), (name, then if then in dialog.nodes else END))
        for place, node in dialog.nodes.items()
        for then in ways(node)
    )
    exits = [(name, place) for place, node in dialog.nodes.items() if isinstance(node, GoNode)]
    return reached([(name, END), *exits], backward(pairs))
