"""What is said until the next question is sent as one message: all of it together must fit into one."""

from collections.abc import Iterator
from datetime import UTC

from dialogs.checks.lengths import MESSAGE
from dialogs.checks.paths import Spot, onward
from dialogs.checks.places import examples
from dialogs.library import Problem, Source
from dialogs.model import Node, PaceNode, SayNode, Waiting
from dialogs.texts import Reader
from dialogs.values import Text

_BETWEEN = 2
"""The blank line between two texts that are joined."""


def find(source: Source) -> Iterator[Problem]:
    """Messages that the longest way, through opened dialogs too, makes too long in any language (with examples)."""
    for locale in source.catalogues.locales:
        longest = _Longest(source, locale)
        for name, place in _starts(source):
            length = longest.message((name, place))
            if length > MESSAGE:
                yield Problem(
                    source.files[name],
                    place,
                    f"what is said from here on comes to {length} characters ({locale}), and {MESSAGE} fit",
                    "Put a question in between, or say it in fewer words",
                )


def _starts(source: Source) -> Iterator[Spot]:
    """Where a message can begin: with the dialog, after an answer, and after what is sent on its own."""
    starts: dict[Spot, None] = {}
    for name, dialog in source.dialogs.items():
        starts[name, dialog.first] = None
        for place, node in dialog.nodes.items():
            if isinstance(node, Waiting) or _sent_at_once(node):
                starts |= dict.fromkeys(onward(source.dialogs, (name, place)))
    yield from starts


def _sent_at_once(node: Node) -> bool:
    """A picture, a message shown, or the keyboard goes with a message of its own: what follows begins a new one."""
    return isinstance(node, SayNode) and (node.keyboard or node.picture is not None or node.shows is not None)


class _Longest:
    """The most that one message can come to, begun at a spot, in one language."""

    def __init__(self, source: Source, locale: str) -> None:
        self._source = source
        self._reader = Reader(locale, UTC)
        self._values = examples(source)
        self._found: dict[Spot, int] = {}

    def message(self, spot: Spot) -> int:
        if spot not in self._found:
            self._found[spot] = 0  # a loop that doesn't wait is another rule's to report
            self._found[spot] = self._measure(spot)
        return self._found[spot]

    def _measure(self, spot: Spot) -> int:
        node = self._source.dialogs[spot[0]].nodes.get(spot[1])
        match node:
            case None:
                return 0
            case PaceNode(pace=pace):
                return max(self._length(step.say) for step in pace.steps)
            case Waiting():
                return self._length(next(iter(node.texts())))
            case SayNode(say=say) if _sent_at_once(node):
                return self._length(say)
            case _:
                after = max((self.message(then) for then in onward(self._source.dialogs, spot)), default=0)
                own = self._length(node.say) if isinstance(node, SayNode) else 0
                return own + (_BETWEEN if own and after else 0) + after

    def _length(self, english: str) -> int:
        return len(self._source.catalogues.render(Text(english, self._values), self._reader))
