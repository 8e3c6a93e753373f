"""A dialog as its author tries it out: the same words and ways, and nothing that lasts. It ends with a question."""

from collections.abc import Mapping

from dialogs.conditions import read
from dialogs.model import END, After, AnyNode, Buttoned, Case, Choice, Dialog, DoNode, Fork, GoNode, Waiting

OVER = "tried_out"
"""The node that every way leads to in the end."""

CALLS = "sos"
"""The dialog that a try really opens. Whoever presses SOS means it, wherever they press it."""


def rehearsal(dialog: Dialog, *, name: str, then: str, row: int) -> Dialog:
    """The dialog under another name: what it does is not done, and where it ends or goes elsewhere, `then` opens.

    Where it calls for people, it calls, and the try is over.
    Staff alone can open it; `then` is handed the `row` it is about.
    """
    nodes: dict[str, AnyNode] = {place: _kept(node, dialog.dialog, name) for place, node in dialog.nodes.items()}
    nodes[OVER] = GoNode.model_validate({"go": then, "with": {"row": read(str(row))}})
    changes = {"dialog": name, "nodes": nodes, "audience": ("staff",), "skill": False, "passing": True}
    return dialog.model_copy(update=changes)


def _kept(node: AnyNode, itself: str, name: str) -> AnyNode:
    match node:
        case GoNode(go=go) if go == CALLS:
            return node
        case GoNode(go=go):
            return GoNode(go=name) if go == itself else Fork(next=(Case(then=OVER),))
        case DoNode():
            return Fork(next=_over(node.next))
        case Buttoned():
            choices = tuple(_choice(each) for each in node.choices)
            return node.model_copy(update={**_waiting(node), "choices": choices})
        case Waiting():
            return node.model_copy(update=_waiting(node))
        case _:
            return node.model_copy(update={"next": _over(node.next)})


def _waiting(node: Waiting) -> Mapping[str, object]:
    after = node.after
    if after is not None and after.then == END:
        after = After(minutes=after.minutes, then=OVER)
    return {"next": _over(node.next), "after": after}


def _choice(choice: Choice) -> Choice:
    return choice.model_copy(update={"next": OVER}) if choice.next == END else choice


def _over(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    return tuple(case.model_copy(update={"then": OVER}) if case.then == END else case for case in cases)
