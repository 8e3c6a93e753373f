"""Why words opened a call: which rule spoke, about which of them; and how often that was a false alarm."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Final

from dialogs.values import Value
from storage.repositories.alerts import Alert

FALSE_ALARM: Final = "false_alarm"
"""The outcome of a call that a responder closed as one."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Kept with the call, sealed by the key of whoever wrote the words."""

    rule: str
    words: str

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)


def grounds_in(arguments: Mapping[str, Value]) -> Grounds | None:
    """What an action was told; None when no rule spoke."""
    rule, words = arguments.get("rule"), arguments.get("words")
    return Grounds(str(rule), str(words or "")) if rule else None


def grounds_of(alert: Alert) -> Grounds | None:
    """Why words opened it; None when a tap did."""
    return None if alert.why is None else Grounds(**json.loads(alert.why))


def false_alarms(alerts: Iterable[Alert]) -> tuple[int, Mapping[str, int]]:
    """How many of these calls words opened, and how often each rule was wrong, the worst first. Names nobody."""
    opened = [(alert, grounds) for alert in alerts if (grounds := grounds_of(alert)) is not None]
    wrong = Counter(grounds.rule for alert, grounds in opened if alert.outcome == FALSE_ALARM)
    return len(opened), dict(sorted(wrong.items(), key=lambda each: (-each[1], each[0])))
