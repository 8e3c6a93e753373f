"""The ways through a dialog, as one `transitions.Machine` that everybody in the dialog shares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transitions import Machine
from transitions.extensions import GraphMachine

from dialogs.conditions import Condition
from dialogs.model import END, Dialog, Waiting
from dialogs.values import Value

_GO = "go"


class NoWayError(Exception):
    """A node was left, and none of its ways was open. The checker refuses dialogs in which this can happen."""


@dataclass(eq=False)
class _Walker:
    """The scratch model that the machine moves: put down at a node for each step, and holding nothing after it."""

    known: Mapping[str, Value] = field(default_factory=dict)
    pressed: str | None = None
    silent: bool = False
    state: str = ""


class Ways:
    """Which node comes after which, and when."""

    def __init__(self, dialog: Dialog) -> None:
        self._dialog = dialog
        # One for all steps: binding a new one to the machine costs more than the step. No step awaits anything.
        self._walker = _Walker()
        # Any: transitions is untyped; what leaves this module is a node's name.
        self._machine: Any = Machine(
            model=self._walker,
            states=[*dialog.nodes, END],
            initial=dialog.first,
            transitions=_transitions(dialog),
            auto_transitions=False,
            send_event=True,
        )
        self._events: Any = self._machine.events

    def onward(
        self, node: str, known: Mapping[str, Value], *, pressed: str | None = None, silent: bool = False
    ) -> str:
        """The node after `node`. `pressed` is a button with a way of its own; `silent`: nobody answered in time."""
        walker = self._walker
        walker.known, walker.pressed, walker.silent, walker.state = known, pressed, silent, node
        try:
            if _GO not in self._events or not self._events[_GO].trigger(walker):
                raise NoWayError(f"{self._dialog.dialog}.{node}")
            return walker.state
        finally:
            walker.known = {}

    def mermaid(self) -> str:
        """The dialog as a mermaid diagram."""
        # Any: transitions' graph support is untyped.
        drawing: Any = GraphMachine(
            states=[*self._dialog.nodes, END],
            initial=self._dialog.first,
            transitions=_transitions(self._dialog, labelled=True),
            auto_transitions=False,
            graph_engine="mermaid",
            show_conditions=False,
        )
        return str(drawing.get_combined_graph().draw(None))


def _transitions(dialog: Dialog, *, labelled: bool = False) -> list[dict[str, Any]]:
    """One transition a way, in the order in which they are tried: a button's own, silence's, then the node's."""
    found: list[dict[str, Any]] = []

    def way(source: str, dest: str, label: str, condition: Any) -> None:
        trigger = label if labelled else _GO
        conditions = [] if labelled or condition is None else [condition]
        found.append({"trigger": trigger, "source": source, "dest": dest, "conditions": conditions})

    for name, node in dialog.nodes.items():
        for choice in getattr(node, "choices", ()):
            if choice.next is not None:
                way(name, choice.next, choice.label, _pressed(choice.key))
        if isinstance(node, Waiting) and node.after is not None:
            way(name, node.after.then, f"after {node.after.minutes:g} min", _silent)
        for case in node.next:
            condition = None if case.when is None else _holds(case.when)
            way(name, case.then, case.when.source if case.when else "next", condition)
    return found


def _pressed(key: str) -> Any:
    return lambda event: event.model.pressed == key


def _silent(event: Any) -> bool:
    return bool(event.model.silent)


def _holds(condition: Condition) -> Any:
    return lambda event: condition.holds(event.model.known)
