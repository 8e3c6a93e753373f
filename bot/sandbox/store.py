"""The snapshot file: everything the sandbox must still know after a restart."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import orjson

from bot.sandbox.wire import Json

_SETTLE = 0.5  # seconds from a change to its being on disk


class Store:
    """Writes snapshots, whole and never half: a new file, forced to the disk, then a rename."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._planned: asyncio.TimerHandle | None = None
        self.snapshot: Callable[[], Json] = dict

    def load(self) -> Json | None:
        """The last snapshot, or None where there is none."""
        if self._path is None or not self._path.exists():
            return None
        data: Json = orjson.loads(self._path.read_bytes())
        return data

    def soon(self) -> None:
        """Something changed; it will be on disk within a second."""
        if self._path is not None and self._planned is None:
            self._planned = asyncio.get_running_loop().call_later(_SETTLE, self.save)

    def save(self) -> None:
        """Write now."""
        if self._path is None:
            return
        if self._planned is not None:
            self._planned.cancel()
            self._planned = None
        half = self._path.with_name(self._path.name + ".new")
        with half.open("wb") as file:
            file.write(orjson.dumps(self.snapshot(), option=orjson.OPT_NON_STR_KEYS))
            file.flush()
            os.fsync(file.fileno())  # before the rename, or a power cut could leave an empty file in its place
        half.replace(self._path)
