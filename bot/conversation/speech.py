"""From a turn's effects to letters: one turn, one message, wherever one message can say it.

What is said joins the question that follows. A question whose button was pressed is replaced in place by the
next one: a conversation stays short, and old buttons don't linger. What must not vanish says `keep`.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.conversation import buttons
from bot.conversation.desk import Desk
from bot.delivery import messages
from bot.delivery.letters import CAPTION_LIMIT, Button, Letter, Picture
from bot.delivery.outgoing import Errand, Outgoing
from bot.delivery.promises import Kind
from dialogs.effects import Ask, Pace, Press, Say
from dialogs.values import Text

_GAP = "\n\n"


@dataclass(slots=True)
class Speech:
    """What one turn says. `replaces` is the message that was answered and may be overwritten, if any.

    `silent` says it without a sound: whoever has just tapped is looking.
    """

    desk: Desk
    kind: Kind = Kind.REPLY
    purpose: str = "conversation"
    replaces: int | None = None
    silent: bool = False
    details: dict[str, object] = field(default_factory=dict)
    _said: list[str] = field(default_factory=list)
    question: Outgoing | None = None

    def say(self, effect: Say) -> None:
        """Something said; it waits for what follows, unless it needs a message of its own."""
        self._said.append(self.desk.render(effect.text))
        if effect.keyboard:
            self._send(Letter(text=self._words(), keyboard=self._keys()))
        elif effect.picture is not None:
            picture = Picture(kind=effect.picture.kind, data=dict(effect.picture.data))  # type: ignore[arg-type]
            words = self._words()
            if len(words) > CAPTION_LIMIT:
                self._send(Letter(text=words))
                words = ""
            self._send(Letter(text=words, picture=picture))
        elif effect.shows is not None:
            for letter in messages.letters(effect.shows, lead=self._words()):
                self._send(letter)

    def ask(self, effect: Ask, turn: int) -> None:
        """The question, with everything said before it."""
        self._said.append(self.desk.render(effect.text))
        self.question = self._send(Letter(text=self._words(), buttons=self._rows(effect.rows, turn)), turn=turn)
        self.desk.question = self.question.id if effect.rows else None

    def pace(self, effect: Pace, turn: int) -> None:
        """The first moment of the exercise, and its later ones as edits of the same message, each at its time."""
        rows = self._rows(effect.rows, turn)
        lead = self._words()
        frames = [_GAP.join(filter(None, (lead, self.desk.render(frame.text)))) for frame in effect.frames]
        first = self._send(Letter(text=frames[0], buttons=rows), turn=turn)
        at = self.desk.now
        for before, words in zip(effect.frames, frames[1:], strict=False):
            at += timedelta(seconds=before.seconds)
            self.desk.send(
                Errand(letter=Letter(text=words, buttons=rows)),
                Kind.EDIT,
                purpose=self.purpose,
                edits_id=first.id,
                not_before=at,
                expires_at=at + timedelta(seconds=2),
                turn=turn,
                stream="pace",
            )
        self.question = first
        self.desk.question = first.id

    def close(self) -> None:
        """What was said last goes out; a message that was answered and not replaced loses its buttons."""
        if self._said:
            self._send(Letter(text=self._words()))
        if self.replaces is not None:
            self.desk.send(
                Errand(letter=Letter(text="-"), edits=self.replaces, buttons_only=True),
                Kind.EDIT,
                purpose=self.purpose,
            )

    def keep(self) -> None:
        """The answered message is left to be read again; the next one comes below it."""
        if self.replaces is not None:
            self.desk.send(
                Errand(letter=Letter(text="-"), edits=self.replaces, buttons_only=True),
                Kind.EDIT,
                purpose=self.purpose,
            )
        self.replaces = None

    def _send(self, letter: Letter, **details: object) -> Outgoing:
        edits = None
        letter = replace(letter, silent=True) if self.silent else letter
        if letter.keyboard is not None or letter.picture is not None or letter.media:
            self.keep()  # it comes as a new message, and what follows belongs below it
        elif self.replaces is not None:
            edits, self.replaces = self.replaces, None
        return self.desk.send(
            Errand(letter=letter, edits=edits), self.kind, purpose=self.purpose, **{**self.details, **details}
        )

    def _words(self) -> str:
        words, self._said = _GAP.join(part for part in self._said if part), []
        return words

    def _keys(self) -> tuple[tuple[str, ...], ...]:
        return (tuple(self.desk.render(self.desk.phrase(name)) for name in ("sos_key", "menu_key")),)

    def _rows(self, rows: tuple[tuple[Press, ...], ...], turn: int) -> tuple[tuple[Button, ...], ...]:
        return tuple(
            tuple(Button(label=self._label(press.label), data=buttons.step(turn, press.choice)) for press in row)
            for row in rows
            if row
        )

    def _label(self, label: Text | str) -> str:
        return self.desk.render(label)
