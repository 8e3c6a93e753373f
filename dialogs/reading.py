"""YAML as people mean it: `yes` is a word, `20:00` is a word, and a key that stands there twice is a mistake.

PyYAML reads YAML 1.1, where the first is true, the second is 1200, and of two keys the last wins in silence.
"""

import re
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast; start-up reads every dialog
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]


__all__ = ["SafeLoader", "read_yaml"]


class _Loader(SafeLoader):
    """SafeLoader without the surprises."""

    # A copy, so that the surprises stay in everybody else's loader.
    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own name and shape
        first: [
            (tag, pattern)
            for tag, pattern in resolvers
            if tag not in {"tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
        ]
        for first, resolvers in SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """A mapping, unless a key is in it twice."""
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.MarkedYAMLError(problem=f"“{key.value}” is there twice", problem_mark=key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"), list("-0123456789"))


# Any: YAML holds whatever it holds; the caller gives it a shape.
def read_yaml(text: str) -> Any:
    """What the text holds. Raises yaml.YAMLError, with the line in `problem_mark` where there is one."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader underneath: plain values only
