"""Every action a dialog names is one that somebody performs."""

from collections.abc import Iterator
from difflib import get_close_matches

from dialogs.library import Problem, Source
from dialogs.model import DoNode


def find(source: Source) -> Iterator[Problem]:
    """`do` with a name that is not in the vocabulary. (A card's buttons act on its row: the bot knows those.)"""
    actions = source.vocabulary.actions
    for name, dialog in source.dialogs.items():
        for place, node in dialog.nodes.items():
            if isinstance(node, DoNode) and node.do not in actions:
                close = get_close_matches(node.do, actions, n=1)
                remedy = f"Did you mean “{close[0]}”? If not, add" if close else "Add"
                yield Problem(
                    source.files[name],
                    place,
                    f"nobody does “{node.do}”",
                    f"{remedy} it to the actions in vocabulary.yaml",
                )
