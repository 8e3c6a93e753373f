"""A question that wants a tap always has something to tap, and a scale has something to choose from."""

from collections.abc import Iterator

from dialogs.library import Problem, Source
from dialogs.model import ChooseNode, Node, PickNode, RateNode


def find(source: Source) -> Iterator[Problem]:
    """Questions whose buttons may all be hidden, and scales that make no sense.

    A list from a fact (`each`) counts as a button: whether it can be empty is the fact's to say.
    """
    for name, dialog in source.dialogs.items():
        for place, node in dialog.nodes.items():
            for what, remedy in _wrong(node):
                yield Problem(source.files[name], place, what, remedy)


def _wrong(node: Node) -> Iterator[tuple[str, str]]:
    match node:
        case ChooseNode(each=None, choices=choices) if all(choice.when is not None for choice in choices):
            yield "it may have no button at all", "Give it one that is always there, such as a way back"
        case PickNode(choices=()):
            yield "there is nothing to pick", "Give it `choices`"
        case PickNode(choices=choices) if any(choice.when or choice.next for choice in choices):
            yield "a picked line has no `when` and no `next` of its own", "Use `next` of the node"
        case RateNode(low=low, high=high) if low >= high:
            yield f"the scale goes from {low} to {high}", "Let `to` be more than `from`"
        case RateNode(low=low, high=high, labels=labels) if any(not low <= at <= high for at in labels):
            yield "a label stands outside the scale", f"Label numbers from {low} to {high}"
        case _:
            pass
