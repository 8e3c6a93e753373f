"""Playing a day: the seam between the sandbox and the script that acts it out."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.sandbox.wire import ControlError, Json


class Stage:
    """What a script acts on: the sandbox's address, and the caption above the phones."""

    def __init__(self, url: str, changed: Callable[[], None]) -> None:
        self.url = url
        self.caption = ""
        self.step = 0
        self.of = 0
        self.cast: list[int] = []
        self._changed = changed

    def show(self, caption: str, *, step: int, of: int) -> None:
        """Say what happens now, step so many of so many."""
        self.caption, self.step, self.of = caption, step, of
        self._changed()

    def bring(self, cast: list[int]) -> None:
        """Whose phones are looked at from now on; those of others who were there before step back."""
        self.cast = cast
        self._changed()


Script: TypeAlias = Callable[[Stage], Awaitable[None]]


class Player:
    """Runs one script at a time; stopping cancels it, an error in it is shown and ends it."""

    def __init__(self, script: Script | None, stage: Callable[[], Stage], changed: Callable[[], None]) -> None:
        self._script = script
        self._new_stage = stage
        self._changed = changed
        self._stage: Stage | None = None
        self._running: asyncio.Task[None] | None = None
        self._error: str | None = None

    def start(self) -> None:
        """Begin. Raises ControlError where there is nothing to play, or it plays already."""
        if self._script is None:
            raise ControlError("there is no script to play", 404)
        if self._running is not None:
            raise ControlError("the script is running already", 409)
        self._error = None
        self._stage = self._new_stage()
        self._running = asyncio.get_running_loop().create_task(self._play(self._script, self._stage))
        self._changed()

    async def _play(self, script: Script, stage: Stage) -> None:
        try:
            await script(stage)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong in a script is shown on the page
            self._error = f"{type(error).__name__}: {error}"
        finally:
            self._running = None
            self._changed()

    async def stop(self) -> None:
        """End it here; does nothing when nothing runs."""
        running = self._running
        if running is None:
            return
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        self._running = None
        self._changed()

    def wire(self) -> Json:
        """How far it is."""
        stage = self._stage
        return {
            "available": self._script is not None,
            "running": self._running is not None,
            "caption": stage.caption if stage else None,
            "step": stage.step if stage else 0,
            "of": stage.of if stage else 0,
            "cast": stage.cast if stage else [],
            "error": self._error,
        }
