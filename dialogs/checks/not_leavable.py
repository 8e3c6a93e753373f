"""Whoever is asked something can come to an end by answering, even where dialogs lead into one another.

The keyboard's keys and the commands always leave; this rule is for the person who only ever taps what is offered.
"""

from collections.abc import Iterator

from dialogs.checks.paths import backward, onward, reached
from dialogs.library import Problem, Source
from dialogs.model import END, Waiting


def find(source: Source) -> Iterator[Problem]:
    """Questions from which no dialog's end can be reached, whichever dialogs follow."""
    spots = [(name, place) for name, dialog in source.dialogs.items() for place in dialog.nodes]
    pairs = [
        # A way to a node that is not there is the rule `dangling`'s to report: here it counts as an end.
        (spot, (after[0], after[1] if after[1] in source.dialogs[after[0]].nodes else END))
        for spot in spots
        for after in onward(source.dialogs, spot)
    ]
    leaving = reached([(name, END) for name in source.dialogs], backward(pairs))
    for name, place in spots:
        if isinstance(source.dialogs[name].nodes[place], Waiting) and (name, place) not in leaving:
            yield Problem(
                source.files[name],
                place,
                "whatever is answered here, the conversation never ends",
                "Offer a button that leads to `end`",
            )
