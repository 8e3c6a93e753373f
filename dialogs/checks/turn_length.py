"""What is said in one turn is sent as one message: all of it together must fit into one."""

from collections.abc import Iterator
from datetime import UTC

from dialogs.checks.lengths import MESSAGE
from dialogs.checks.paths import ways
from dialogs.checks.places import examples
from dialogs.library import Problem, Source
from dialogs.model import Dialog, GoNode, PaceNode, SayNode, Waiting
from dialogs.texts import Reader
from dialogs.values import Text

_BETWEEN = 2
"""The blank line between two texts that are joined."""


def find(source: Source) -> Iterator[Problem]:
    """Turns whose longest way, with examples filled in, is too long for one message, in any language."""
    for name, dialog in source.dialogs.items():
        for locale in source.catalogues.locales:
            longest = _Longest(source, dialog, locale)
            for start in _starts(dialog):
                length = longest.turn(start)
                if length > MESSAGE:
                    yield Problem(
                        source.files[name],
                        start,
                        f"the turn that begins here comes to {length} characters ({locale}), and {MESSAGE} fit",
                        "Put a question in between, or say it in fewer words",
                    )


def _starts(dialog: Dialog) -> Iterator[str]:
    starts = [dialog.first]
    for node in dialog.nodes.values():
        if isinstance(node, Waiting):
            starts.extend(ways(node))
    for start in dict.fromkeys(starts):
        if start in dialog.nodes:
            yield start


class _Longest:
    """The most that can be said from a node to the next question, in characters."""

    def __init__(self, source: Source, dialog: Dialog, locale: str) -> None:
        self._source = source
        self._dialog = dialog
        self._reader = Reader(locale, UTC)
        self._values = examples(source)
        self._found: dict[str, int] = {}

    def turn(self, name: str) -> int:
        if name not in self._dialog.nodes:
            return 0
        if name not in self._found:
            self._found[name] = 0  # a loop that doesn't wait is another rule's to report
            self._found[name] = self._measure(name)
        return self._found[name]

    def _measure(self, name: str) -> int:
        node = self._dialog.nodes[name]
        match node:
            case PaceNode() | GoNode():
                return 0
            case Waiting():
                return self._length(next(iter(node.texts())))
            case _:
                own = self._length(node.say) + _BETWEEN if isinstance(node, SayNode) else 0
                return own + max((self.turn(then) for then in ways(node)), default=0)

    def _length(self, english: str) -> int:
        return len(self._source.catalogues.render(Text(english, self._values), self._reader))
