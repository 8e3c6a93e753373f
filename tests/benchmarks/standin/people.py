"""People in a closed loop: each acts as soon as the reply to the turn before has come."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.clock import Clock
from tests.benchmarks.standin.telegram import Telegram, message, person

TAP: Final = "tap:"
"""A step of a script that presses the first button whose label begins with what follows."""

_REPLIES: Final = frozenset({"sendMessage", "editMessageText", "sendPhoto"})


class ScriptError(Exception):
    """The bot did not offer what the script wanted to press."""


@dataclass(slots=True)
class Talk:
    """One person in the middle of the script."""

    chat: int
    step: int = 0
    acted_at: float = 0.0
    waiting: bool = False


@dataclass(slots=True)
class Crowd:
    """Some people at once; whoever has come to the script's end is followed by a person who has not spoken yet.

    `pause` is in seconds, between a reply and the next act. With `once`, the first of them have no followers.
    Messages that contain `deaf_to` answer nothing. `latencies` are in seconds, from the update to the message that
    answers it, of turns that were answered while `counting`; `acts` are the moments of their acts, likewise.
    """

    telegram: Telegram
    clock: Clock
    script: Sequence[str]
    first: int
    pool: int
    at_once: int
    pause: float = 0.0
    once: bool = False
    deaf_to: str = ""
    counting: bool = False
    latencies: list[float] = field(default_factory=list)
    acts: list[float] = field(default_factory=list)
    wrong: str | None = None
    _talks: dict[int, Talk] = field(default_factory=dict)
    _came: int = 0
    _stopped: bool = False

    def begin(self) -> None:
        """The first of them write, spread over a second."""
        loop = asyncio.get_running_loop()
        for number in range(self.at_once):
            loop.call_later(number / self.at_once + 0.001, self._next_person)

    def stop(self) -> None:
        """Nobody answers any more."""
        self._stopped = True

    def hear(self, chat: int, method: str, text: str, markup: Any) -> bool:
        """A message came; whether it was for one of these people. (Any: JSON, as the bot sent it.)"""
        talk = self._talks.get(chat)
        if talk is None:
            return False
        if talk.waiting and method in _REPLIES and not (self.deaf_to and self.deaf_to in text):
            talk.waiting = False
            if self.counting:
                self.latencies.append(self.clock.pace() - talk.acted_at)
            talk.step += 1
            if not self._stopped:
                self._go_on(talk, text, markup)
        return True

    def _go_on(self, talk: Talk, text: str, markup: Any) -> None:
        if talk.step < len(self.script):
            self._later(lambda: self._act(talk, text, markup))
        else:
            del self._talks[talk.chat]
            if not self.once:
                self._later(self._next_person)

    def _later(self, act: Any) -> None:  # Any: a callable without arguments
        loop = asyncio.get_running_loop()
        if self.pause:
            loop.call_later(self.pause, act)
        else:
            loop.call_soon(act)

    def _next_person(self) -> None:
        if self._stopped:
            return
        chat = self.first + self._came % self.pool
        self._came += 1
        talk = self._talks[chat] = Talk(chat)
        self._act(talk, "", None)

    def _act(self, talk: Talk, text: str, markup: Any) -> None:
        step = self.script[talk.step]
        sender = person(talk.chat)
        talk.acted_at, talk.waiting = self.clock.pace(), True
        if self.counting:
            self.acts.append(talk.acted_at)
        if step.startswith(TAP):
            data = _button(markup, step.removeprefix(TAP))
            if data is None:
                self.wrong = f"step {talk.step}, {step!r}: no such button under {text!r}"
                self._stopped = True
                return
            shown = message(self.telegram.message_id(), talk.chat, text)
            query: dict[str, object] = {
                "id": str(talk.step + 1),
                "from": sender,
                "chat_instance": "1",
                "data": data,
                "message": shown,
            }
            self.telegram.push("callback_query", query)
        else:
            chat = {"id": talk.chat, "type": "private", "first_name": f"P{talk.chat}"}
            said: dict[str, object] = {
                "message_id": self.telegram.message_id(),
                "date": 1_700_000_000,
                "chat": chat,
                "from": sender,
                "text": step,
            }
            if step.startswith("/"):
                said["entities"] = [{"type": "bot_command", "offset": 0, "length": len(step)}]
            self.telegram.push("message", said)


def _button(markup: Any, label: str) -> str | None:
    rows = markup.get("inline_keyboard", ()) if isinstance(markup, dict) else ()
    for row in rows:
        for button in row:
            if str(button.get("text", "")).startswith(label):
                return str(button["callback_data"])
    return None
