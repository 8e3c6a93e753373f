"""Every way leads somewhere. One that doesn't would strand the person in the middle of a sentence."""

from collections.abc import Iterator

from dialogs.library import Problem, Source
from dialogs.model import END, Dialog, GoNode


def find(source: Source) -> Iterator[Problem]:
    """Ways to nodes and to dialogs that are not there; node names that `next` could not tell from the end."""
    for name, dialog in source.dialogs.items():
        yield from _within(source.files[name], dialog)
        for place, node in dialog.nodes.items():
            if isinstance(node, GoNode) and node.go is not None and node.go not in source.dialogs:
                yield _no_dialog(source.files[name], place, node.go)
    for name, card in source.cards.items():
        for place, face in card.faces.items():
            for button in face.rows:
                if button.go is not None and button.go not in source.dialogs:
                    yield _no_dialog(source.files[name], place, button.go)


def _within(file: str, dialog: Dialog) -> Iterator[Problem]:
    for place, node in dialog.nodes.items():
        for target in dict.fromkeys(node.targets()):
            if target != END and target not in dialog.nodes:
                yield Problem(
                    file, place, f"it leads to “{target}”, which is not there", "Name a node of this dialog, or `end`"
                )
    for gone, target in dialog.moved.items():
        if target not in dialog.nodes:
            yield Problem(
                file,
                f"moved.{gone}",
                f"people are moved to “{target}”, which is not there",
                "Name a node of this dialog",
            )
        if gone in dialog.nodes:
            yield Problem(file, f"moved.{gone}", "the node is still there", "Take it out of `moved`")
    if END in dialog.nodes:
        yield Problem(file, END, "`end` means that the dialog is over", "Give the node another name")


def _no_dialog(file: str, place: str, name: str) -> Problem:
    return Problem(file, place, f"it goes to the dialog “{name}”, which is not there", "Name a dialog that is")
