"""The life of an alert and the plan it follows: pure, with one `transitions` machine for all of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from transitions import Machine, MachineError
from transitions.extensions import GraphMachine

FOLLOW_THROUGH: Final = timedelta(minutes=10)
"""An "I'm on it" without "I'm with them" within this long asks again (CARE, "Alerts")."""

REOPEN: Final = timedelta(minutes=5)
"""When that question too stays unanswered for so long, everyone is asked again."""

ASK_STAFF_AGAIN: Final = timedelta(minutes=5)
"""An exhausted alert goes on asking staff, this often."""


STEP_TIMER: Final = "alert_step"
FOLLOW_TIMER: Final = "alert_follow"
REOPEN_TIMER: Final = "alert_reopen"
STAFF_TIMER: Final = "alert_staff"


class State(StrEnum):
    """Where a call for help stands."""

    OPEN = "open"
    TAKEN = "taken"
    WITH = "with"
    EXHAUSTED = "exhausted"
    OVER = "over"


class Move(StrEnum):
    """What can happen to it."""

    TAKE = "take"  # a responder says: I'm on it
    ARRIVE = "arrive"  # … I'm with them
    HAND_BACK = "hand_back"  # … I can't after all; or the question about it stayed unanswered
    CLIMB = "climb"  # nobody answered in time: the next step is asked too
    EXHAUST = "exhaust"  # there is no next step
    CLOSE = "close"  # a responder says: it's over
    OK = "ok"  # the person says: I'm OK now


_WAYS: Final[Sequence[tuple[Move, Sequence[State], State]]] = (
    (Move.TAKE, (State.OPEN, State.EXHAUSTED), State.TAKEN),
    (Move.ARRIVE, (State.TAKEN,), State.WITH),
    (Move.HAND_BACK, (State.TAKEN, State.WITH), State.OPEN),
    (Move.CLIMB, (State.OPEN,), State.OPEN),
    (Move.EXHAUST, (State.OPEN,), State.EXHAUSTED),
    (Move.CLOSE, (State.TAKEN, State.WITH), State.OVER),
    (Move.OK, (State.OPEN, State.TAKEN, State.WITH, State.EXHAUSTED), State.OVER),
)


@dataclass(eq=False)
class _Walker:
    """The scratch model that the machine moves; it lives for one move."""

    state: str = ""


_MACHINE: Final[Mapping[str, Any]] = {  # Any: transitions is untyped
    "states": [state.value for state in State],
    "initial": State.OPEN.value,
    "transitions": [
        {"trigger": move.value, "source": [each.value for each in sources], "dest": dest.value}
        for move, sources, dest in _WAYS
    ],
    "auto_transitions": False,
}


class Lifecycle:
    """One machine, shared by all alerts."""

    def __init__(self) -> None:
        # Any: transitions is untyped; only State leaves this class.
        self._machine: Any = Machine(model=None, **_MACHINE)

    @staticmethod
    def mermaid() -> str:
        """Its picture (README.md), drawn from the very definition the machine is made of."""
        drawing: Any = GraphMachine(**_MACHINE, graph_engine="mermaid")  # Any: as above
        return str(drawing.get_combined_graph().draw(None)).strip()

    def after(self, state: State, move: Move) -> State | None:
        """The state that follows; None if that can't happen now."""
        walker = _Walker()
        self._machine.add_model(walker, initial=state.value)
        try:
            self._machine.events[move.value].trigger(walker)
        except MachineError:
            return None
        finally:
            self._machine.remove_model(walker)
        return State(walker.state)


@dataclass(frozen=True, slots=True)
class Step:
    """Who is asked, and how many minutes they have before the next step is asked too.

    `lap` tells the rounds of a plan apart that is gone through more than once; `houses`, where the call reaches more
    than one, in which of them the step asks.
    """

    who: str
    minutes: int
    lap: int = 0
    houses: tuple[int, ...] = ()


class Severity(StrEnum):
    """How a call for help climbs (CARE, "Alerts"). They rise: a call becomes more urgent, never less."""

    SOS = "sos"  # step by step
    CRISIS = "crisis"  # mentors and staff together
    MEDICAL = "medical"  # everybody in the house: the naloxone may be next door

    @property
    def needs_a_responder_to_close(self) -> bool:
        """Whether "I'm OK" only informs, because somebody has to have looked."""
        return self is not Severity.SOS


AT_ONCE: Final[Mapping[Severity, tuple[Step, ...]]] = {
    Severity.CRISIS: (Step("helpers", 3), Step("network", 5)),
    Severity.MEDICAL: (Step("everybody", 3), Step("network", 5)),
}
"""The plans that don't climb in the house: all of it at once, then the network's on-call, and then the truth."""

SEVERITY_OF: Final[Mapping[str, Severity]] = {
    "overdose": Severity.MEDICAL,
    "medical": Severity.MEDICAL,
    "withdrawal": Severity.MEDICAL,
}
"""By the kind of danger that screening named; every other kind is a crisis."""

SOS_PLAN: Final = (
    Step("chosen", 3),
    Step("on_call", 3),
    Step("mentor", 5),
    Step("staff", 5),
    Step("network", 5),
)
"""People the person chose, mentors on call, every mentor, staff, the network's on-call (CARE, "Alerts"): what a
house begins with. A house without a network skips that last step at once."""


def plan_to_json(plan: Sequence[Step]) -> str:
    """As it is kept with the alert: technical, nobody's words."""
    return json.dumps([[step.who, step.minutes, step.lap, *([step.houses] if step.houses else [])] for step in plan])


def plan_from_json(text: str) -> tuple[Step, ...]:
    """The inverse of `plan_to_json`."""
    return tuple(
        Step(str(who), int(minutes), int(lap[0]) if lap else 0, tuple(map(int, *lap[1:])) if lap[1:] else ())
        for who, minutes, *lap in json.loads(text)
    )
