"""A conversation without a bot behind it: facts are the vocabulary's examples, actions are only named.

Used by `python -m dialogs play` and by the transcripts. What it shows is what the engine caused, in order; how a
turn becomes one message is the door's affair.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Literal, assert_never

from dialogs.effects import Ask, Do, Effect, Open, Pace, Press, Say, StartTimer
from dialogs.engine import Missing, advance
from dialogs.inputs import ChoicePressed, Input, MediaSent, Resumed, Started, TextSent, TimerFired
from dialogs.library import Library
from dialogs.messages import MEDIA, Message
from dialogs.progress import Progress
from dialogs.texts import Reader
from dialogs.values import Option, Picture, Plain, Text, Value
from dialogs.vocabulary import FactWord

SILENCE = "(silence)"
BACK = "(comes back)"
SENT = "(photo) words"
_SENT = re.compile(rf"\(({'|'.join((*sorted(MEDIA), 'poll'))})\)\s*(.*)", re.DOTALL)
_FRAMES_SHOWN = 8
"""A rhythm of a minute is not written out; its beginning shows how it goes."""


class PlayError(Exception):
    """What was asked of the conversation makes no sense; the message is a sentence for the person playing."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something shown: words of the bot, a row of buttons, or a remark about what happens besides."""

    kind: Literal["words", "buttons", "aside"]
    text: str


def given_values(raw: Mapping[str, Any]) -> dict[str, Value]:
    """Facts and parameters as somebody wrote them down, in the shapes of the vocabulary's examples."""
    return {name: FactWord(means="given", example=value).example_value() for name, value in raw.items()}


class Conversation:
    """One person talking, in one language. `given` overrules the examples, and fills the dialog's parameters."""

    def __init__(self, library: Library, name: str, locale: str, given: Mapping[str, Value]) -> None:
        if name not in library.scripts:
            raise PlayError(f"There is no dialog “{name}”. There are: {', '.join(sorted(library.scripts))}.")
        if locale not in library.catalogues.locales:
            raise PlayError(f"Hearth does not speak “{locale}”. It speaks: {', '.join(library.catalogues.locales)}.")
        strange = given.keys() - library.source.vocabulary.facts.keys() - set(library.source.dialogs[name].parameters)
        if strange:
            raise PlayError(f"Neither a fact nor a parameter of {name}: {', '.join(sorted(strange))}.")
        self._library = library
        self._name = name
        self._reader = Reader(locale, UTC)
        self._given = given
        self._titles = {dialog.title for dialog in library.source.dialogs.values()}
        self._progress = Progress()
        self._buttons: tuple[Press, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing is waited for any more."""
        return self._progress.place is None

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels that can be pressed now, in order."""
        return tuple(self._words(press.label) for press in self._buttons)

    def start(self) -> tuple[Line, ...]:
        """The dialog begins."""
        dialog = self._library.source.dialogs[self._name]
        parameters = {name: plain(self._given[name]) for name in dialog.parameters if name in self._given}
        return tuple(self._take(self._name, Started(parameters)))

    def say(self, line: str) -> tuple[Line, ...]:
        """The person writes; `(silence)` and `(comes back)` are what they say, `(photo) words` a photo with words,
        `(poll) question | one | another` a poll.
        """
        if line == SILENCE:
            return self._answer(TimerFired(self._progress.turn))
        if (sent := _SENT.fullmatch(line)) and sent[1] == "poll":
            question, *options = (part.strip() for part in sent[2].split("|"))
            return self._answer(MediaSent("poll", "", question, options=tuple(options)))
        if sent:
            return self._answer(MediaSent(sent[1], f"a {sent[1]}", sent[2]))
        return self._answer(Resumed() if line == BACK else TextSent(line))

    def press(self, position: int) -> tuple[Line, ...]:
        """The person presses the button at this position, counted from 0."""
        return self._answer(ChoicePressed(self._progress.turn, self._buttons[position].choice))

    def _answer(self, given: Input) -> tuple[Line, ...]:
        if self._progress.place is None:
            raise PlayError("The conversation is over.")
        return tuple(self._take(self._progress.place.dialog, given))

    def _take(self, name: str, given: Input) -> Iterator[Line]:
        script = self._library.scripts[name]
        facts: dict[str, Value] = {}
        while isinstance(answer := advance(script, self._progress, given, facts), Missing):
            facts |= {fact: self._fact(fact) for fact in answer.facts}
        self._progress = answer.progress
        if answer.effects or self.over:
            self._buttons = ()
        for effect in answer.effects:
            yield from self._show(effect)
        opened = next((effect for effect in answer.effects if isinstance(effect, Open)), None)
        if opened is not None:
            yield from self._open(opened)
        elif self.over:
            yield Line("aside", "(the end)")

    def _open(self, effect: Open) -> Iterator[Line]:
        if effect.dialog not in self._library.scripts:
            raise PlayError(f"It goes to “{effect.dialog}”, and there is no such dialog.")
        parameters = {name: plain(value) for name, value in effect.parameters.items()}
        yield from self._take(effect.dialog, Started(parameters))

    def _show(self, effect: Effect) -> Iterator[Line]:
        match effect:
            case Say(text=text, picture=picture, keyboard=keyboard, shows=shows):
                yield Line("words", self._words(text))
                if shows is not None:
                    yield Line("words", _sent(shows))
                if picture is not None:
                    yield Line("aside", f"(a picture: {picture.kind})")
                if keyboard:
                    yield Line("aside", "(the keyboard with SOS and menu)")
            case Ask(text=text, rows=rows):
                yield Line("words", self._words(text))
                yield from self._rows(rows)
            case Pace(frames=frames, rows=rows):
                beats = (
                    f"{' '.join(self._words(frame.text).split())} ({frame.seconds:g} s)"
                    for frame in frames[:_FRAMES_SHOWN]
                )
                yield Line("words", "\n".join(beats))
                if len(frames) > _FRAMES_SHOWN:
                    yield Line("aside", f"(and {len(frames) - _FRAMES_SHOWN} more)")
                yield from self._rows(rows)
            case StartTimer(seconds=seconds):
                yield Line("aside", f"(goes on by itself after {_duration(seconds)})")
            case Do(action=action, arguments=arguments):
                told = ", ".join(f"{name}: {self._shown(value)}" for name, value in arguments.items())
                yield Line("aside", f"({action} — {told})" if told else f"({action})")
            case Open(dialog=dialog):
                yield Line("aside", f"(goes on in {dialog})")
            case _:
                assert_never(effect)

    def _rows(self, rows: tuple[tuple[Press, ...], ...]) -> Iterator[Line]:
        self._buttons = tuple(press for row in rows for press in row)
        for row in rows:
            yield Line("buttons", " ".join(f"[{self._words(press.label)}]" for press in row))

    def _words(self, text: Text | str) -> str:
        return self._library.catalogues.render(text, self._reader)

    def _shown(self, value: Value) -> str:
        match value:
            case None:
                return "none"
            case bool():
                return str(value).lower()
            case tuple():
                return ", ".join(self._words(item.label if isinstance(item, Option) else item) for item in value)
            case Message():
                return _sent(value)
            case _:
                return self._words(Text("{value}", {"value": value}))

    def _fact(self, name: str) -> Value:
        if name in self._given:
            return self._given[name]
        word = self._library.source.vocabulary.facts.get(name)
        if word is None:
            raise PlayError(f"Nobody knows “{name}”: give it with --facts {name}=….")
        return self._in_their_language(word.example_value())

    def _in_their_language(self, value: Value) -> Value:
        """Examples that name a dialog of ours are read by its title, in the person's language."""
        match value:
            case str() if value in self._titles:
                return Text(value)
            case (Option(), *_):
                dialogs = self._library.source.dialogs
                return tuple(
                    Option(option.key, Text(dialogs[option.key].title)) if option.key in dialogs else option
                    for option in value
                    if isinstance(option, Option)
                )
            case _:
                return value


def plain(value: Value) -> Plain:
    """A value as a parameter can be kept; a time or a text becomes its words."""
    match value:
        case None | bool() | int() | float() | str() | Message():
            return value
        case tuple():
            return tuple(item.key if isinstance(item, Option) else str(item) for item in value)
        case Text(english=english):
            return english
        case Picture(kind=kind):
            return kind
        case _:
            return value.isoformat()


def _sent(message: Message) -> str:
    """A message as a person playing would write it: what goes with it in brackets, then its words."""
    kinds = [f"({file.kind})" for file in message.files] or (["(poll)"] if message.options else [])
    return " ".join([*kinds, " | ".join(filter(None, (message.text, *message.options)))]).strip()


def _duration(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{seconds:g} s" if rest else f"{minutes:g} min"
