"""“Watch a day”: three people in a fresh house, from the first link to the next morning.

What happens, and what is said about it, stands in `day.yaml`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import yaml

from bot.sandbox.client import Telephones
from bot.sandbox.phone import Bubble
from bot.sandbox.player import Stage
from bot.sandbox.wire import ControlError

_SCRIPT: Final = Path(__file__).with_name("day.yaml")
_PATIENCE: Final = 15.0
"""Seconds until what should come is missed. The bot may be keeping Telegram's pace, a message a second."""

_CAPTION: Final = 2.6
_PER_CHARACTER: Final = 1 / 110
_LEAST, _MOST = 0.7, 2.2
"""Seconds: to read a caption, a character of a message, and at least and at most for one message."""


class OutOfStepError(Exception):
    """What the script waits for did not come; the message says where it stands."""


async def day(stage: Stage, open_house: Callable[[], Awaitable[dict[str, str]]], *, pace: float = 1.0) -> None:
    """Plays the day on the phones page.

    `open_house` gives an invite's code for each role: participant, mentor, staff. `pace` stretches the time for
    reading; 0 leaves none. Raises OutOfStepError when something did not come.
    """
    # Any: what YAML holds; the script is ours, and a test plays it.
    script: dict[str, Any] = yaml.safe_load(_SCRIPT.read_text(encoding="utf-8"))
    scenes = script["scenes"]
    async with Telephones(stage.url) as phones:
        play = _Play(phones, script["zone"], pace)
        stage.show(scenes[0]["caption"], step=1, of=len(scenes))
        codes = await open_house()
        for who in script["people"]:
            await play.enters(who["name"], who["title"], codes[who["title"].lower()])
        stage.bring(play.cast)
        for number, scene in enumerate(scenes, start=1):
            stage.show(scene["caption"], step=number, of=len(scenes))
            await play.comes_to(scene.get("at"), scene.get("later"))
            await play.read_for(_CAPTION)
            for line in scene["do"]:
                [(deed, what)] = line.items()
                who_or_what, verb = deed.split()
                try:
                    await play.does(who_or_what, verb, what)
                except (AssertionError, ControlError, TimeoutError) as error:
                    raise OutOfStepError(f"the day stopped at: {deed} “{what}”") from error


class _Play:
    """The people of the day, and the hands that move them."""

    def __init__(self, phones: Telephones, zone: str, pace: float) -> None:
        self._phones = phones
        self._zone = zone
        self._pace = pace
        self._people: dict[str, tuple[int, str]] = {}
        self._read: dict[int, int] = {}  # by person: how far the chat had come with what they read last

    @property
    def cast(self) -> list[int]:
        """Whose phones stand on the stage."""
        return [user for user, _ in self._people.values()]

    async def enters(self, name: str, title: str, code: str) -> None:
        """Somebody with a new phone and an invite."""
        person = await self._phones.user(name, title=title, language_code="en", start_parameter=code)
        self._people[name.lower()] = (person.id, code)

    async def comes_to(self, at: str | None, later: int | None) -> None:
        """The next time it is `at` (HH:MM), or so many minutes later; nothing moves without either."""
        await self._at_rest()
        if at is not None:
            await self._phones.next(at, self._zone)
        if later is not None:
            await self._phones.advance(later * 60)

    async def read_for(self, seconds: float) -> None:
        """Time for whoever watches."""
        await asyncio.sleep(seconds * self._pace)

    async def does(self, who: str, deed: str, what: Any) -> None:  # Any: a value from YAML
        """One line of the script."""
        match who, deed:
            case "watch", "seconds":
                await self.read_for(what)
            case _:
                user, code = self._people[who]
                await self._acts(user, deed, code if deed == "opens" else str(what))

    async def _acts(self, user: int, deed: str, what: str) -> None:
        if deed == "reads":
            read = self._read.get(user, 0)
            bubble = await self._comes(
                user, lambda bubble: bubble.raw["seq"] > read and what in (bubble.text or bubble.caption)
            )
            self._read[user] = bubble.raw["seq"]
            return
        await self._at_rest()
        before = (await self._phones.chat(user)).seq
        match deed:
            case "opens":
                await self._phones.start(user, what)
            case "presses":
                await self._phones.tap(user, None, what)
            case "writes":
                await self._phones.send(user, what)
            case "taps":
                label, bubble = await self._button(user, what)
                await self._phones.tap(user, bubble.id, label)
            case _:
                raise ValueError(f"nobody knows how to {deed}")
        await self._comes(user, lambda bubble: bubble.raw["seq"] > before)

    async def _comes(self, user: int, fits: Callable[[Bubble], bool]) -> Bubble:
        """Waits for a message; then for a person to have read it."""
        bubble = await self._phones.expect(user, fits, seconds=_PATIENCE)
        length = len(bubble.text or bubble.caption)
        await self.read_for(min(_MOST, max(_LEAST, length * _PER_CHARACTER)))
        return bubble

    async def _button(self, user: int, what: str) -> tuple[str, Bubble]:
        """The newest button whose label is this, or begins or ends so."""
        await self._phones.expect(user, lambda bubble: _label(bubble, what) is not None, seconds=_PATIENCE)
        for bubble in reversed((await self._phones.chat(user)).said):
            label = _label(bubble, what)
            if label is not None:
                return label, bubble
        raise AssertionError(f"the button {what} has gone again")

    async def _at_rest(self) -> None:
        """The bot has heard everything that was done so far: nobody taps what is about to change."""
        async with asyncio.timeout(_PATIENCE):
            while await self._phones.pending():
                pass


def _label(bubble: Bubble, what: str) -> str | None:
    fitting = (label for label in bubble.labels if label == what or label.startswith(what) or label.endswith(what))
    return min(fitting, key=len, default=None)
