"""How long one turn takes on an idle bot, from the update to the reply."""

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.bench import Bench
from tests.benchmarks.bots import HEARTH_TAPPED, HEARTH_TYPED, LIMIT
from tests.benchmarks.harness import Command
from tests.benchmarks.house import FIRST
from tests.benchmarks.report import Figure, Line, at_most, percentile

TITLE: Final = "One turn on an idle bot, from the update to the reply"
_SECONDS: Final = 12.0
_PAUSE: Final = 0.01
_PEOPLE: Final = 3_000


def run(bench: Bench) -> list[Line]:
    """One person, who thinks for ten milliseconds between turns."""
    figures = {name: (Figure(), Figure()) for name in ("d", "typed", "tapped")}
    for _ in range(bench.rounds):
        for name, (p50, p99) in figures.items():
            room = bench.room()
            if name == "d":
                command, script = bench.command(LIMIT, room), LIMIT.script
            else:
                command = bench.hearth(bench.databases.sqlite(room, _PEOPLE))
                script = HEARTH_TYPED if name == "typed" else HEARTH_TAPPED
            latencies = _measure(bench, command, script)
            p50.values.append(1_000 * percentile(latencies, 0.5))
            p99.values.append(1_000 * percentile(latencies, 0.99))
    limit50, limit99 = figures["d"]
    lines = [Line("(d) p50", limit50.show(2, " ms")), Line("(d) p99", limit99.show(2, " ms"))]
    for name in ("typed", "tapped"):
        p50, p99 = figures[name]
        lines.append(at_most(f"Hearth, {name}, p50", p50.median / limit50.median, 1.5, p50.show(2, " ms")))
        lines.append(at_most(f"Hearth, {name}, p99", p99.median / limit99.median, 3, p99.show(2, " ms")))
    return lines


def _measure(bench: Bench, command: Command, script: Sequence[str]) -> list[float]:
    with bench.run(command, bench.room()):
        bench.against.crowd("one", script, first=FIRST, pool=_PEOPLE, at_once=1, pause=_PAUSE)
        bench.rest(1.5)
        return bench.against.measure(_SECONDS).crowds["one"]
