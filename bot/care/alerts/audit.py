"""The auditor's eye: every open call for help has a next step that somebody, or some timer, will take. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.care.alerts.rules import FOLLOW_TIMER, REOPEN_TIMER, STAFF_TIMER, STEP_TIMER, State
from storage.repositories.alerts import Alert
from storage.repositories.timers import Timer

_NEXT: Final[Mapping[State, tuple[str, ...]]] = {
    State.OPEN: (STEP_TIMER,),
    State.TAKEN: (FOLLOW_TIMER, REOPEN_TIMER),
    State.WITH: (),  # somebody is with them: the next step is theirs
    State.EXHAUSTED: (STAFF_TIMER,),
    State.OVER: (),
}


def adrift(alerts: Iterable[Alert], timers: Sequence[Timer]) -> tuple[Alert, ...]:
    """The alerts that nothing would ever move again."""
    held = {(timer.subject_id, timer.kind, timer.fence) for timer in timers}
    return tuple(alert for alert in alerts if not _is_held(alert, held))


def next_timer(alert: Alert) -> str | None:
    """The timer an alert needs as it stands; None where a person holds it."""
    kinds = _NEXT[State(alert.state)]
    return kinds[0] if kinds else None


def _is_held(alert: Alert, held: set[tuple[int, str, int]]) -> bool:
    kinds = _NEXT[State(alert.state)]
    return not kinds or any((alert.id, kind, alert.version) in held for kind in kinds)
