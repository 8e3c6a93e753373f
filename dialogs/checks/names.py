"""Names of nodes are plain words: they are drawn, logged, kept in people's progress, and never used again."""

import re
from collections.abc import Iterator

from dialogs.library import Problem, Source

_NAME = re.compile(r"[a-z][a-z0-9_]*")


def find(source: Source) -> Iterator[Problem]:
    """Nodes whose name is not small letters, digits and underscores."""
    for name, dialog in source.dialogs.items():
        for place in dialog.nodes:
            if not _NAME.fullmatch(place):
                yield Problem(
                    source.files[name],
                    place,
                    "this is no name for a node",
                    "Use small letters, digits and underscores, a letter first",
                )
