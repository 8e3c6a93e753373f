"""A dialog made ready to be walked, and the names that its nodes need."""

from collections.abc import Mapping

from dialogs.conditions import Condition
from dialogs.machine import Ways
from dialogs.model import Buttoned, ChooseNode, Dialog, DoNode, GoNode, Node, SayNode
from dialogs.texts import placeholders
from dialogs.values import Plain, Value
from dialogs.wording import GIVEN


class Script:
    """A dialog made ready to be walked: compiled once, shared by everyone in it."""

    def __init__(self, dialog: Dialog, phrases: Mapping[str, str]) -> None:
        self.dialog = dialog
        self.phrases = phrases
        self.ways = Ways(dialog)
        saved = dialog.saved()
        self.needs: Mapping[str, frozenset[str]] = {
            name: names_entered(node) - saved - GIVEN for name, node in dialog.nodes.items()
        }
        self._nothing: Mapping[str, Value] = dict.fromkeys(saved)

    def known(self, answers: Mapping[str, Plain], facts: Mapping[str, Value]) -> dict[str, Value]:
        """Everything that texts and conditions may name; what was not answered yet is none."""
        return {**self._nothing, **facts, **answers}


def names_used(node: Node) -> frozenset[str]:
    """Every name in the node's texts, conditions and arguments."""
    return names_entered(node) | frozenset(name for condition in node.conditions() for name in condition.names)


def names_entered(node: Node) -> frozenset[str]:
    """The names needed when the node is entered: those in its texts, its buttons and its arguments.

    Those in the conditions of its ways on are not among them. They are asked for when it is left (a fact may be
    about the answer), and only as far as the way depends on them.
    """
    names = {name for text in node.texts() for name in placeholders(text)}
    match node:
        case Buttoned(choices=choices):
            names |= {name for choice in choices if choice.when is not None for name in choice.when.names}
        case DoNode(arguments=arguments) | GoNode(arguments=arguments):
            names |= {name for argument in arguments.values() for name in argument.names}
        case SayNode(picture=picture, shows=shows):
            names |= {name for name in (picture, shows) if name is not None}
        case _:
            pass
    match node:
        case ChooseNode(each=str(each)):
            names.add(each)
        case GoNode(go_to=Condition(names=needed)):
            names |= needed
        case _:
            pass
    return frozenset(names)
