"""A button is known by its key: no two of a question share one, and none takes a key the engine gives."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dialogs.cards import Pressable
from dialogs.library import Problem, Source
from dialogs.model import AskNode, Choice, Node, PickNode, RateNode
from dialogs.wording import DONE, SKIP


def find(source: Source) -> Iterator[Problem]:
    """Keys used twice (in mappings YAML's reader says so already), and reserved ones where they are in use."""
    for name, dialog in source.dialogs.items():
        for place, node in dialog.nodes.items():
            choices: Sequence[Choice] = getattr(node, "choices", ())
            yield from _twice(source.files[name], place, choices)
            for choice in choices:
                if _reserved(node, choice.key):
                    yield Problem(
                        source.files[name],
                        place,
                        f"“{choice.key}” is what another button of this question sends",
                        "Give it another key",
                    )
    for name, card in source.cards.items():
        for place, face in card.faces.items():
            yield from _twice(source.files[name], place, face.rows)


def _twice(file: str, place: str, choices: Sequence[Choice | Pressable]) -> Iterator[Problem]:
    for key, times in Counter(choice.key for choice in choices).items():
        if times > 1:
            yield Problem(file, place, f"{times} buttons have the key “{key}”", "Give each its own")


def _reserved(node: Node, key: str) -> bool:
    match node:
        case PickNode():
            return key == DONE
        case AskNode(skip=str()):
            return key == SKIP
        case RateNode():
            return key.removeprefix("-").isdigit()
        case _:
            return False
