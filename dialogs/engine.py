"""The engine: one input answered is one Turn. Pure: no I/O, no clock, no chance.

A node names what it needs by using it: a name in a text, a condition or an argument that no node of the dialog
saves is a fact. When one is lacking, `advance` says which, and is called again with it; nothing it did counts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, get_args

from dialogs.effects import Do, Effect, Open, Say, StartTimer
from dialogs.inputs import ChoicePressed, Input, MediaSent, Resumed, Started, TextSent, TimerFired
from dialogs.messages import File, Medium, Message
from dialogs.model import (
    END,
    AskNode,
    Choice,
    ChooseNode,
    DoNode,
    Fork,
    GoNode,
    Node,
    PaceNode,
    PickNode,
    RateNode,
    SayNode,
    Waiting,
)
from dialogs.names import on_one_line
from dialogs.progress import Place, Progress
from dialogs.script import Script
from dialogs.values import Option, Picture, Plain, Text, Value
from dialogs.wording import DONE, SKIP, STOP, Wording

_HOPS = 100
"""Nodes walked through in one turn at most; the checker refuses loops that don't wait, so this is never met."""

PHRASES: Mapping[str, frozenset[str]] = {
    "stale_button": frozenset(),
    "dialog_changed": frozenset(),
    "tap_please": frozenset(),
    "number_please": frozenset({"low", "high"}),
    "only_words": frozenset(),
    "other_medium": frozenset({"media"}),
    **{f"medium_{medium}": frozenset() for medium in get_args(Medium)},
    "too_long": frozenset({"most"}),
}
"""What the engine says of itself, each with the names it fills in."""

ALBUM_SECONDS = 2.0
"""The files of an album come one by one, and nothing says which is the last: so long none came, and it is whole."""

_NUMBER = re.compile(r"-?[0-9]{1,5}")


class EngineError(Exception):
    """The dialog did what the checker should have refused, or an answer of a fact has the wrong shape."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One input answered: where the person stands now, and what is to happen."""

    progress: Progress
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """These facts are needed first; `answers` are those given by then, this turn's among them."""

    facts: frozenset[str]
    answers: Mapping[str, Plain]


Answer: TypeAlias = Turn | Missing


def advance(script: Script, progress: Progress, given: Input, facts: Mapping[str, Value]) -> Answer:
    """Answers one input.

    `progress.place` must be in this dialog, unless `given` is Started. A button or a timer of an earlier turn is
    never executed: a double tap and a late timer change nothing, an old button is answered kindly.
    """
    walk = _Walk(script, progress, facts)
    try:
        return walk.take(given)
    except _Lacking as lacking:
        return Missing(lacking.facts, walk.answers)


class _Lacking(Exception):  # noqa: N818 - not an error: it carries a question out of the walk
    def __init__(self, facts: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(facts)))
        self.facts = facts


class _Walk:
    """One turn being made. Nothing outside sees it half done."""

    def __init__(self, script: Script, progress: Progress, facts: Mapping[str, Value]) -> None:
        self._script = script
        self._before = progress
        self._facts = facts
        self.answers: dict[str, Plain] = dict(progress.place.answers) if progress.place else {}
        self._node = progress.place.node if progress.place else ""
        self._effects: list[Effect] = []
        self._last: str | None = None

    def take(self, given: Input) -> Turn:
        match given:
            case Started(parameters=parameters):
                self.answers = dict(parameters)
                return self._enter(self._script.dialog.first)
            case ChoicePressed(turn=turn, choice=choice) if turn != self._before.turn:
                if self._before.pressed == f"{turn}:{choice}":
                    return Turn(self._before)
                return self._again("stale_button")
            case TimerFired(turn=turn) if turn != self._before.turn:
                return Turn(self._before)
            case ChoicePressed(turn=turn, choice=choice):
                self._last = f"{turn}:{choice}"
                return self._answer(given)
            case _:
                return self._answer(given)

    def _answer(self, given: Input) -> Turn:
        node = self._standing()
        if node is None:
            return self._close()
        if not isinstance(node, Waiting):
            return self._enter(self._node)
        self._require(self._node)
        match given:
            case Resumed():
                return self._again(None)
            case TimerFired() if isinstance(node, AskNode) and (album := self._album(node)) is not None:
                return self._told(node, replace(album, album=""))
            case TimerFired() if node.after is None and not isinstance(node, PaceNode):
                return Turn(self._before)
            case TimerFired():
                return self._leave(node, silent=node.after is not None)
            case MediaSent() | TextSent() if isinstance(node, AskNode) and node.takes:
                return self._sent(node, _message(given))
            case MediaSent():
                return self._again("only_words")
            case ChoicePressed(choice=choice):
                return self._pressed(node, choice)
            case TextSent(text=text):
                return self._wrote(node, text.strip())
            case Started():
                raise EngineError("a dialog starts from nothing")

    def _standing(self) -> Node | None:
        """The node the person is at, carried over where `moved` says so; None when it is gone."""
        nodes = self._script.dialog.nodes
        if self._node not in nodes:
            self._node = self._script.dialog.moved.get(self._node, "")
        return nodes.get(self._node)

    def _close(self) -> Turn:
        """The person's node is gone: the dialog ends with a kind word."""
        self._phrase("dialog_changed")
        return self._turn(END)

    # what was pressed, what was written

    def _pressed(self, node: Node, choice: str) -> Turn:
        match node:
            case PickNode(choices=choices, save=save):
                if choice == DONE:
                    return self._leave(node)
                return self._toggle(choices, save, choice)
            case PaceNode() if choice == STOP:
                return self._leave(node)
            case AskNode(skip=str(), save=save) if choice == SKIP:
                self.answers[save] = None
                return self._leave(node)
            case RateNode() if _NUMBER.fullmatch(choice):
                return self._rated(node, int(choice))
            case ChooseNode() | RateNode() | AskNode():
                return self._chose(node, choice)
            case _:
                return self._again("stale_button")

    def _toggle(self, choices: tuple[Choice, ...], save: str, chosen: str) -> Turn:
        before = self.answers.get(save)
        picked = set(before if isinstance(before, tuple) else ()) ^ {chosen}
        self.answers[save] = tuple(choice.key for choice in choices if choice.key in picked)
        return self._again(None)

    def _chose(self, node: ChooseNode | RateNode | AskNode, chosen: str) -> Turn:
        if all(press.choice != chosen for press in self._wording(node).offered(node)):
            return self._again("stale_button")
        fixed = next((choice for choice in node.choices if choice.key == chosen), None)
        if isinstance(node, ChooseNode) and node.save:
            self.answers[node.save] = chosen
        return self._leave(node, pressed=chosen if fixed and fixed.next is not None else None)

    def _rated(self, node: RateNode, number: int) -> Turn:
        if not node.low <= number <= node.high:
            return self._again("number_please", low=node.low, high=node.high)
        self.answers[node.save] = number
        return self._leave(node)

    def _wrote(self, node: Node, text: str) -> Turn:
        match node:
            case AskNode(save=save, max=most, expects=expects):
                text = on_one_line(text) if expects == "name" else text
                if not text:
                    return self._again(None)
                if len(text) > most:
                    return self._again("too_long", most=most)
                self.answers[save] = text
                return self._leave(node)
            case RateNode(low=low, high=high):
                if _NUMBER.fullmatch(text):
                    return self._rated(node, int(text))
                return self._again("number_please", low=low, high=high)
            case _:
                return self._again("tap_please")

    def _sent(self, node: AskNode, message: Message | None) -> Turn:
        """The answer where more than words is taken. Of an album, the first is waited with until the others came."""
        kinds = set(message.media) - {"text"} or {"text"} if message is not None else set()
        if message is None or not kinds <= set(node.takes):
            named = (Text(self._script.phrases[f"medium_{medium}"]) for medium in node.takes)
            return self._again("other_medium", media=tuple(named))
        if not message.media:
            return self._again(None)
        if len(message.text) > node.max:
            return self._again("too_long", most=node.max)
        if not message.album:
            return self._told(node, message)
        before = self._album(node)
        self.answers[node.save] = before.joined(message) if before and before.album == message.album else message
        self._effects.append(StartTimer(seconds=ALBUM_SECONDS))
        return self._turn(self._node)

    def _told(self, node: AskNode, message: Message) -> Turn:
        self.answers[node.save] = message
        return self._leave(node)

    def _album(self, node: AskNode) -> Message | None:
        """The album that is still coming in."""
        answer = self.answers.get(node.save)
        return answer if isinstance(answer, Message) and answer.album else None

    # going on

    def _leave(self, node: Node, *, pressed: str | None = None, silent: bool = False) -> Turn:
        return self._enter(self._onward(node, pressed=pressed, silent=silent))

    def _onward(self, node: Node, *, pressed: str | None = None, silent: bool = False) -> str:
        match node.next:
            case (only,) if only.when is None and pressed is None and not silent:
                return only.then
            case _:
                known = self._known()
                if pressed is None and not silent:
                    self._find_out(node, known)
                return self._script.ways.onward(self._node, known, pressed=pressed, silent=silent)

    def _find_out(self, node: Node, known: Mapping[str, Value]) -> None:
        """Asks for what the way on depends on, and for no more: the first that is open is taken."""
        for case in node.next:
            if case.when is None:
                return
            self._need(case.when.lacking(known))
            if case.when.holds(known):
                return

    def _enter(self, name: str) -> Turn:
        for _ in range(_HOPS):
            if name == END:
                return self._turn(END)
            self._node = name
            self._require(name)
            node = self._script.dialog.nodes[name]
            match node:
                case Waiting():
                    if isinstance(node, PickNode):
                        self.answers[node.save] = ()
                    self._ask(node)
                    return self._turn(name)
                case GoNode():
                    self._effects.append(Open(dialog=self._leads_to(node), parameters=self._arguments(node)))
                    return self._turn(END)
                case SayNode():
                    self._effects.append(self._said(node))
                case DoNode(do=action):
                    self._effects.append(Do(action=action, arguments=self._arguments(node)))
                case Fork():
                    pass
                case _:
                    raise EngineError(f"{self._script.dialog.dialog}.{name}: a kind of node without a rule")
            name = self._onward(node)
        raise EngineError(f"{self._script.dialog.dialog}.{name}: a loop that does not wait")

    def _turn(self, name: str) -> Turn:
        place = (
            None
            if name == END
            else Place(
                dialog=self._script.dialog.dialog,
                revision=self._script.dialog.revision,
                node=name,
                answers=self.answers,
            )
        )
        progress = replace(self._before, turn=self._before.turn + 1, place=place, pressed=self._last)
        return Turn(progress, tuple(self._effects))

    def _again(self, phrase: str | None, **values: Value) -> Turn:
        """The same question once more, after a word about why."""
        node = self._standing()
        if node is None:
            return self._close()
        if phrase is not None:
            self._phrase(phrase, **values)
        if not isinstance(node, Waiting):
            return self._enter(self._node)
        self._require(self._node)
        self._ask(node)
        return self._turn(self._node)

    # what is said

    def _phrase(self, name: str, **values: Value) -> None:
        self._effects.append(Say(text=Text(self._script.phrases[name], values)))

    def _said(self, node: SayNode) -> Say:
        picture = self._known()[node.picture] if node.picture else None
        if picture is not None and not isinstance(picture, Picture):
            raise EngineError(f"{node.picture} is not a picture")
        shows = self._known()[node.shows] if node.shows else None
        if shows is not None and not isinstance(shows, Message):
            raise EngineError(f"{node.shows} is not a message")
        return Say(text=self._wording().text(node.say), keyboard=node.keyboard, picture=picture, shows=shows)

    def _ask(self, node: Waiting) -> None:
        match node:
            case PaceNode():
                pace = self._wording().pace(node)
                self._effects.append(pace)
                self._effects.append(StartTimer(seconds=sum(frame.seconds for frame in pace.frames)))
            case ChooseNode() | PickNode() | RateNode() | AskNode():
                self._effects.append(self._wording(node).ask(node))
            case _:
                raise EngineError(f"{self._node}: a question without a rule")
        if node.after is not None:
            self._effects.append(StartTimer(seconds=node.after.minutes * 60))

    def _wording(self, node: Node | None = None) -> Wording:
        """How things are put now; `node`, where its list of options is wanted too."""
        known = self._known()
        match node:
            case ChooseNode(each=str(each)):
                return Wording(known, _options(each, known[each]))
            case _:
                return Wording(known)

    # what is known

    def _known(self) -> dict[str, Value]:
        return self._script.known(self.answers, self._facts)

    def _require(self, name: str) -> None:
        self._need(self._script.needs[name])

    def _need(self, names: frozenset[str]) -> None:
        lacking = names - self._facts.keys()
        if lacking:
            raise _Lacking(lacking)

    def _arguments(self, node: DoNode | GoNode) -> dict[str, Value]:
        known = self._known()
        return {name: expression.value(known) for name, expression in node.arguments.items()}

    def _leads_to(self, node: GoNode) -> str:
        if node.go is not None:
            return node.go
        if node.go_to is None:
            raise EngineError("a way to another dialog without its name")
        return str(node.go_to.value(self._known()))


def _message(given: MediaSent | TextSent) -> Message | None:
    """What was sent; None for what can't be kept (a place, a sticker)."""
    match given:
        case TextSent(text=text, marks=marks):
            return Message(text=text, marks=marks) if text.strip() else Message()
        case MediaSent(kind=("photo" | "voice" | "video_note" | "video" | "document") as kind, file=file) if file:
            return Message(text=given.caption, marks=given.marks, files=(File(kind, file),), album=given.album)
        case MediaSent(kind="poll", options=options) if options:
            return Message(text=given.caption, options=options, several=given.several)
        case _:
            return None


def _options(name: str, value: Value) -> tuple[Option, ...]:
    if not isinstance(value, tuple):
        raise EngineError(f"{name} is not a list of options")
    return tuple(item for item in value if isinstance(item, Option))
