"""A walk through one small dialog, a line a step."""

from collections.abc import Mapping
from datetime import UTC

from dialogs.effects import Ask, Effect, Pace, Say, StartTimer
from dialogs.engine import Missing, Turn, advance
from dialogs.inputs import ChoicePressed, Input, Resumed, Started, TextSent, TimerFired
from dialogs.progress import Progress
from dialogs.script import Script
from dialogs.texts import Catalogues, Reader
from dialogs.values import Plain, Text, Value
from tests.dialogs.support import script_of

ENGLISH = Reader("en", UTC)


class Walk:
    """One person in one dialog, with the facts handed to it."""

    def __init__(self, nodes: str, *, head: str = "", **facts: Value) -> None:
        self.script: Script = script_of(nodes, head=head)
        self.facts = facts
        self.progress = Progress()
        self.effects: tuple[Effect, ...] = ()

    def give(self, given: Input) -> "Walk":
        """One input answered; every fact it wants must be there."""
        answer = advance(self.script, self.progress, given, self.facts)
        assert isinstance(answer, Turn), answer
        assert 0 <= answer.progress.turn - self.progress.turn <= 1
        self.progress, self.effects = answer.progress, answer.effects
        return self

    def missing(self, given: Input) -> Missing:
        """One input for which facts are lacking."""
        answer = advance(self.script, self.progress, given, self.facts)
        assert isinstance(answer, Missing), answer
        return answer

    def start(self, **parameters: Plain) -> "Walk":
        return self.give(Started(parameters))

    def write(self, text: str) -> "Walk":
        return self.give(TextSent(text))

    def press(self, choice: str, *, turn: int | None = None) -> "Walk":
        return self.give(ChoicePressed(self.progress.turn if turn is None else turn, choice))

    def wait(self, *, turn: int | None = None) -> "Walk":
        return self.give(TimerFired(self.progress.turn if turn is None else turn))

    def come_back(self) -> "Walk":
        return self.give(Resumed())

    @property
    def node(self) -> str | None:
        return self.progress.place.node if self.progress.place else None

    @property
    def answers(self) -> Mapping[str, Plain]:
        assert self.progress.place is not None
        return self.progress.place.answers

    @property
    def said(self) -> list[str]:
        """The words of this turn, in order."""
        words = [effect.text for effect in self.effects if isinstance(effect, Say | Ask)]
        return [shown(text) for text in words]

    @property
    def buttons(self) -> list[list[str]]:
        """The rows under this turn's question."""
        rows = next((effect.rows for effect in self.effects if isinstance(effect, Ask | Pace)), ())
        return [[shown(press.label) for press in row] for row in rows]

    @property
    def timers(self) -> list[float]:
        """The seconds of the timers this turn started."""
        return [effect.seconds for effect in self.effects if isinstance(effect, StartTimer)]


def shown(text: Text | str) -> str:
    """The English words."""
    return Catalogues().render(text, ENGLISH)
