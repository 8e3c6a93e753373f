"""From nothing to the first getUpdates."""

import subprocess
import sys
from typing import Final

from tests.benchmarks.bench import Bench
from tests.benchmarks.bots import BARE
from tests.benchmarks.harness import ROOT
from tests.benchmarks.report import Figure, Line, at_most

TITLE: Final = "Import, and cold start to the first getUpdates"
_PEOPLE: Final = 100


def run(bench: Bench) -> list[Line]:
    """Hearth on a database that is there, beside a bare PTB bot."""
    bare, ours, imports_bare, imports_ours = Figure(), Figure(), Figure(), Figure()
    for _ in range(bench.rounds):
        room = bench.room()
        with bench.run(bench.command(BARE, room), room) as bot:
            bare.values.append(bot.cold_start)
        room = bench.room()
        with bench.run(bench.hearth(bench.databases.sqlite(room, _PEOPLE)), room) as bot:
            ours.values.append(bot.cold_start)
        imports_bare.values.append(_import(bench, "telegram.ext"))
        imports_ours.values.append(_import(bench, "bot.app"))
    return [
        Line("bare PTB bot, cold start", bare.show(2, " s")),
        at_most("Hearth, cold start", ours.median / bare.median, 2, ours.show(2, " s")),
        Line("import telegram.ext", imports_bare.show(2, " s")),
        at_most("import bot.app", imports_ours.median / imports_bare.median, 2, imports_ours.show(2, " s")),
    ]


def _import(bench: Bench, module: str) -> float:
    began = bench.clock.pace()
    subprocess.run([sys.executable, "-c", f"import {module}"], cwd=ROOT, check=True)  # noqa: S603 - our own module
    return bench.clock.pace() - began
