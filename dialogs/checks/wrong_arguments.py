"""An action, and a dialog that is opened, is handed exactly what it takes."""

from collections.abc import Iterator, Set

from dialogs.library import Problem, Source
from dialogs.model import DoNode, GoNode


def find(source: Source) -> Iterator[Problem]:
    """`with` that lacks an argument, or holds one too many; where a dialog is only named later, none is asked."""
    for name, dialog in source.dialogs.items():
        for place, node in dialog.nodes.items():
            match node:
                case DoNode(do=action, arguments=given) if action in source.vocabulary.actions:
                    wanted = frozenset(source.vocabulary.actions[action].takes)
                    yield from _compare(source.files[name], place, action, given.keys(), wanted)
                case GoNode(go=str(other), arguments=given) if other in source.dialogs:
                    wanted = frozenset(source.dialogs[other].parameters)
                    yield from _compare(source.files[name], place, other, given.keys(), wanted)
                case _:
                    pass


def _compare(file: str, place: str, taker: str, given: Set[str], wanted: Set[str]) -> Iterator[Problem]:
    for missing in sorted(wanted - given):
        yield Problem(file, place, f"“{taker}” also takes “{missing}”", f"Add `{missing}:` under `with`")
    for extra in sorted(given - wanted):
        yield Problem(file, place, f"“{taker}” does not take “{extra}”", "Take it out of `with`")
