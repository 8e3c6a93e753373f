"""The `hearth` command as people start it: a process of its own, in an empty folder."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0
"""Seconds until a command that should have ended counts as hanging; starting Python is most of it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    said: str
    complained: str


@dataclass(frozen=True, slots=True)
class Hearth:
    """A folder, and the variables that are set in it."""

    folder: Path
    variables: dict[str, str]

    async def start(self, *words: str, **variables: str) -> Process:
        """`hearth …`, running; `variables` are set besides."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("HEARTH_")}
        here = {"PYTHONPATH": str(Path.cwd()), "CI": "1", "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200"}
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", *words),
            cwd=self.folder,
            env=clean | here | self.variables | variables,
            stdout=PIPE,
            stderr=PIPE,
        )

    async def __call__(self, *words: str, **variables: str) -> Ended:
        """`hearth …`, to its end."""
        process = await self.start(*words, **variables)
        async with asyncio.timeout(PATIENCE):
            said, complained = await process.communicate()
        assert process.returncode is not None
        return Ended(process.returncode, said.decode(), complained.decode())
