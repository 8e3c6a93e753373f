"""Where in a file something stands: whoever wrote it looks for a line, not for a node."""

from collections.abc import Sequence
from typing import Final

import yaml

from dialogs.reading import SafeLoader

_DEEPEST: Final = 24


class Lines:
    """The lines of a file, found by the way that leads to a place. Raises yaml.YAMLError for what is no YAML."""

    def __init__(self, text: str) -> None:
        self._root = yaml.compose(text, Loader=SafeLoader)

    def of(self, place: str) -> int | None:
        """The line of a place, as a problem names it (`nodes.before.rate`, or a node alone); None for the whole."""
        if self._root is None or not place:
            return None
        parts = place.split(".")
        at = self._down(self._root, parts)
        return at if at is not None else self._down(self._root, ["nodes", *parts])

    @staticmethod
    def _down(node: yaml.Node, parts: Sequence[str]) -> int | None:
        """As deep as the way leads; a part that names a kind, not a key, is passed over."""
        line = None
        for number, part in enumerate(parts):
            entry = next((each for each in _entries(node) if each[0] == part), None)
            if entry is None and number == 0:
                return None
            if entry is not None:
                _, line, node = entry
        return line


def too_much(text: str) -> str | None:
    """What makes a file more than it seems: references that multiply, or nests in nests. None when it is plain."""
    depth = 0
    for token in yaml.scan(text, Loader=SafeLoader):
        match token:
            case yaml.AliasToken() | yaml.AnchorToken():
                return "it refers to itself with & or *"
            case (
                yaml.BlockMappingStartToken()
                | yaml.BlockSequenceStartToken()
                | yaml.FlowMappingStartToken()
                | yaml.FlowSequenceStartToken()
            ):
                depth += 1
            case yaml.BlockEndToken() | yaml.FlowMappingEndToken() | yaml.FlowSequenceEndToken():
                depth -= 1
            case _:
                pass
        if depth > _DEEPEST:
            return "it is nested too deep"
    return None


def _entries(node: yaml.Node) -> list[tuple[str, int, yaml.Node]]:
    match node:
        case yaml.MappingNode(value=pairs):
            return [(str(key.value), key.start_mark.line + 1, value) for key, value in pairs]
        case yaml.SequenceNode(value=items):
            return [(str(number), item.start_mark.line + 1, item) for number, item in enumerate(items)]
        case _:
            return []
