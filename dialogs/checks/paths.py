"""Which nodes can follow which, in truth: what the rules about ways walk over."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeAlias

from dialogs.model import END, ChooseNode, Dialog, GoNode, Node, Waiting

Spot: TypeAlias = tuple[str, str]
"""A dialog's name and a node's, or END."""


def ways(node: Node) -> Iterator[str]:
    """Every node that can follow it within its dialog.

    Where every button has a way of its own, the node's `next` is never taken; after `go` nothing follows.
    """
    if isinstance(node, GoNode):
        return
    choices = getattr(node, "choices", ())
    every_button_leads = (
        isinstance(node, ChooseNode)
        and node.each is None
        and bool(choices)
        and all(choice.next is not None for choice in choices)
    )
    if not every_button_leads:
        for case in node.next:
            yield case.then
    for choice in choices:
        if choice.next is not None:
            yield choice.next
    if isinstance(node, Waiting) and node.after is not None:
        yield node.after.then


def onward(dialogs: Mapping[str, Dialog], spot: Spot) -> Iterator[Spot]:
    """Every spot that can follow, into other dialogs too. A name only known later (`go_to`) counts as a way out."""
    name, place = spot
    node = dialogs[name].nodes.get(place)
    match node:
        case None:
            return
        case GoNode(go=str(other)) if other in dialogs:
            yield other, dialogs[other].first
        case GoNode():
            yield name, END
        case _:
            for then in ways(node):
                yield name, then


def reached(starts: Iterable[Spot], step: Callable[[Spot], Iterable[Spot]]) -> frozenset[Spot]:
    """Everything that can be reached from these, themselves among it."""
    found: set[Spot] = set()
    waiting = list(starts)
    while waiting:
        spot = waiting.pop()
        if spot not in found:
            found.add(spot)
            waiting.extend(step(spot))
    return frozenset(found)


def backward(pairs: Iterable[tuple[Spot, Spot]]) -> Callable[[Spot], Iterable[Spot]]:
    """The ways taken in the other direction: from a spot to those that lead to it."""
    sources: dict[Spot, list[Spot]] = {}
    for before, after in pairs:
        sources.setdefault(after, []).append(before)
    return lambda spot: sources.get(spot, ())
