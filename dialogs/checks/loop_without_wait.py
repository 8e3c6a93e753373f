"""Between any node and itself somebody is waited for. A loop that does not wait would talk for ever."""

from collections.abc import Iterable, Iterator

from dialogs.checks.paths import Spot, onward, reached
from dialogs.library import Problem, Source
from dialogs.model import Waiting


def find(source: Source) -> Iterator[Problem]:
    """Loops of nodes that don't wait, through other dialogs too; each is told once, at its first node."""

    def unwaiting(spot: Spot) -> Iterable[Spot]:
        node = source.dialogs[spot[0]].nodes.get(spot[1])
        return () if node is None or isinstance(node, Waiting) else onward(source.dialogs, spot)

    told: set[Spot] = set()
    for name, dialog in source.dialogs.items():
        for place in dialog.nodes:
            spot = (name, place)
            after = reached(unwaiting(spot), unwaiting)
            if spot in after and spot not in told:
                told |= {other for other in after if spot in reached(unwaiting(other), unwaiting)}
                yield Problem(
                    source.files[name],
                    place,
                    "it leads back to itself without waiting for anybody",
                    "Put a question on the way, or end it",
                )
