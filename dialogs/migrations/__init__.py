"""Content written for an older grammar is carried to the present one, a step at a time, before it is checked.

A step takes the raw content of spec N (what YAML held) and gives that of spec N + 1. It lives in a file of its own
here (`s001_to_s002.py`) that says why the grammar changed, and is registered in STEPS. There is none yet.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from dialogs.model import SPEC

# Any: what YAML holds; pydantic gives it a shape once the last step has run.
Raw: TypeAlias = dict[str, Any]
Step: TypeAlias = Callable[[Raw], Raw]

STEPS: Mapping[int, Step] = {}
"""The step away from each older spec."""


class MigrationError(ValueError):
    """The content's spec is not one this Hearth can read; the message says which and why."""


def migrate(raw: Raw, *, steps: Mapping[int, Step] = STEPS, target: int = SPEC) -> Raw:
    """The same content in the grammar `target`. Raises MigrationError when there is no way there.

    `raw` itself is left as it was: a step returns new content, and the spec is counted here, not in the step.
    """
    spec = raw.get("spec")
    if not isinstance(spec, int) or isinstance(spec, bool):
        raise MigrationError(f"its spec is {spec!r}, not a whole number")
    if spec > target:
        raise MigrationError(f"it is written for spec {spec}, and this Hearth reads up to {target}")
    while spec < target:
        if spec not in steps:
            raise MigrationError(f"nothing leads from spec {spec} to {spec + 1}")
        raw = {**steps[spec](dict(raw)), "spec": spec + 1}
        spec += 1
    return raw
