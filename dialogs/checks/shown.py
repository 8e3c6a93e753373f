"""What a node shows can be shown: `shows` is somebody's own message, `picture` a picture."""

from collections.abc import Iterator

from dialogs.library import Problem, Source
from dialogs.messages import Message
from dialogs.model import AskNode, Dialog, SayNode
from dialogs.values import Picture


def find(source: Source) -> Iterator[Problem]:
    """Names that are known, but are of another kind. What a dialog is handed may be anything, and is not judged."""
    for name, dialog in source.dialogs.items():
        messages = _messages(dialog)
        handed = frozenset(dialog.parameters)
        for place, node in dialog.nodes.items():
            if not isinstance(node, SayNode):
                continue
            is_message = node.shows in messages | handed or isinstance(_example(source, node.shows), Message)
            if node.shows is not None and not is_message:
                yield Problem(
                    source.files[name],
                    place,
                    f"“{node.shows}” is not a message that can be shown",
                    "Let the question `take` more than words (takes: [text, photo]), or name a fact that is one",
                )
            if node.picture is not None and not isinstance(_example(source, node.picture), Picture | None):
                yield Problem(
                    source.files[name], place, f"“{node.picture}” is not a picture", "Name a fact that is one"
                )


def _messages(dialog: Dialog) -> frozenset[str]:
    """The answers that are kept as they were sent, in every place that saves them."""
    asked = [node for node in dialog.nodes.values() if isinstance(node, AskNode)]
    return frozenset({node.save for node in asked if node.takes} - {node.save for node in asked if not node.takes})


def _example(source: Source, name: str | None) -> object:
    word = source.vocabulary.facts.get(name or "")
    return None if word is None else word.example_value()
