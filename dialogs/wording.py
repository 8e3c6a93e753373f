"""How a node is put into words and buttons, with what is known at that moment. Where it leads is the engine's."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias, assert_never

from dialogs.effects import Ask, Frame, Pace, Press
from dialogs.model import AskNode, Choice, ChooseNode, PaceNode, PickNode, RateNode
from dialogs.texts import placeholders
from dialogs.values import Option, Text, Value

DONE = "done"
SKIP = "skip"
STOP = "stop"

GIVEN = frozenset({"round", "rounds"})
"""Names that a paced node's texts may use; they are filled in here."""

RATES_IN_A_ROW = 6
"""0 to 10 in two rows that a narrow phone can show."""

_BUTTONS_BESIDE_RATES = 2

Offering: TypeAlias = ChooseNode | RateNode | AskNode
Question: TypeAlias = Offering | PickNode


class Wording:
    """`known` holds every name that texts and conditions may use; `options`, those of a node's `each`."""

    def __init__(self, known: Mapping[str, Value], options: tuple[Option, ...] = ()) -> None:
        self._known = known
        self._options = options

    def text(self, english: str, **given: Value) -> Text:
        """The text with the values it names, `given` before what is known."""
        names = placeholders(english)
        if not names:
            return Text(english)
        known = {**self._known, **given}
        return Text(english, {name: known[name] for name in names})

    def ask(self, node: Question) -> Ask:
        """The question, and its buttons."""
        return Ask(text=self.text(next(iter(node.texts()))), rows=tuple(self._rows(node)), keep=node.keep)

    def pace(self, node: PaceNode) -> Pace:
        """Every moment of the exercise, and the way out under it."""
        rounds = node.pace.rounds
        frames = tuple(
            Frame(text=self.text(step.say, round=number, rounds=rounds), seconds=step.seconds)
            for number in range(1, rounds + 1)
            for step in node.pace.steps
        )
        return Pace(frames=frames, rows=((Press(choice=STOP, label=self.text(node.pace.stop)),),))

    def offered(self, node: Offering) -> Iterator[Press]:
        """The buttons that can be pressed now: those of a list, then the fixed ones that are not hidden."""
        for option in self._options:
            yield Press(choice=option.key, label=option.label)
        for choice in node.choices:
            if choice.when is None or choice.when.holds(self._known):
                yield Press(choice=choice.key, label=self.text(choice.label))

    def _rows(self, node: Question) -> Iterator[tuple[Press, ...]]:
        match node:
            case ChooseNode(columns=columns):
                yield from _in_rows(tuple(self.offered(node)), columns)
            case PickNode(choices=choices, columns=columns, save=save, done=done):
                picked = self._known.get(save)
                ticked = picked if isinstance(picked, tuple) else ()
                marked = tuple(self._marked(choice, ticked=choice.key in ticked) for choice in choices)
                yield from _in_rows(marked, columns)
                yield (Press(choice=DONE, label=self.text(done)),)
            case RateNode(low=low, high=high, labels=labels):
                numbers = tuple(
                    Press(choice=str(number), label=self.text(labels[number]) if number in labels else str(number))
                    for number in range(low, high + 1)
                )
                yield from _in_rows(numbers, RATES_IN_A_ROW)
                yield from _in_rows(tuple(self.offered(node)), _BUTTONS_BESIDE_RATES)
            case AskNode(skip=skip):
                yield from _in_rows(tuple(self.offered(node)), 1)
                if skip is not None:
                    yield (Press(choice=SKIP, label=self.text(skip)),)
            case _:
                assert_never(node)

    def _marked(self, choice: Choice, *, ticked: bool) -> Press:
        label = self.text(choice.label)
        return Press(choice=choice.key, label=Text("✓ {label}", {"label": label}) if ticked else label)


def _in_rows(buttons: tuple[Press, ...], columns: int) -> Iterator[tuple[Press, ...]]:
    for start in range(0, len(buttons), columns):
        yield buttons[start : start + columns]
