"""Turns a second: two hundred people at once, each answering as soon as the bot has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.benchmarks.bench import POOL, Bench
from tests.benchmarks.bots import HEARTH_TAPPED, HEARTH_TYPED, LIMIT, PEERS
from tests.benchmarks.harness import Command
from tests.benchmarks.house import FIRST
from tests.benchmarks.report import Figure, Line, at_least

TITLE: Final = "Turns a second, 200 people at once"
_WARM: Final = 2.0
_SECONDS: Final = 8.0
_PEOPLE: Final = 200


@dataclass(frozen=True, slots=True)
class _Runner:
    """Who is measured; `database` is Hearth's, and None for a peer."""

    name: str
    script: Sequence[str]
    database: str | None = None


_HEARTH: Final = (
    _Runner("typed", HEARTH_TYPED, "sqlite"),
    _Runner("tapped", HEARTH_TAPPED, "sqlite"),
    _Runner("typed, PostgreSQL", HEARTH_TYPED, "postgresql"),
    _Runner("tapped, PostgreSQL", HEARTH_TAPPED, "postgresql"),
)


def run(bench: Bench) -> list[Line]:
    """All of them by turns, round after round, so that what disturbs the machine disturbs everybody."""
    peers = {bot.name: bot for bot in (LIMIT, *PEERS)}
    runners = (*(_Runner(bot.name, bot.script) for bot in peers.values()), *_HEARTH)
    figures = {runner.name: Figure() for runner in runners}
    for _ in range(bench.rounds):
        for runner in runners:
            room = bench.room()
            match runner.database:
                case None:
                    command = bench.command(peers[runner.name], room)
                case "sqlite":
                    command = bench.hearth(bench.databases.sqlite(room, POOL))
                case _:
                    command = bench.hearth(bench.databases.postgresql(POOL))
            figures[runner.name].values.append(measure(bench, command, runner.script))
    limit = figures["d"].median
    typed, tapped = figures["typed"].median, figures["tapped"].median
    lines = [Line(f"({bot.name}) {bot.what}", figures[bot.name].show(unit="/s")) for bot in peers.values()]
    for runner in _HEARTH:
        figure = figures[runner.name]
        least = 0.5 if runner.database == "sqlite" else 0.35
        lines.append(
            at_least(f"Hearth, {runner.name}, against (d)", figure.median / limit, least, figure.show(unit="/s"))
        )
    for name, least in (("b", 1.5), ("c", 1.7), ("a", 3.0)):
        lines.append(at_least(f"Hearth, typed, against ({name})", typed / figures[name].median, least))
        lines.append(at_least(f"Hearth, tapped, against ({name})", tapped / figures[name].median, least))
    return lines


def measure(bench: Bench, command: Command, script: Sequence[str], *, first: int = FIRST, pool: int = POOL) -> float:
    """One run: turns a second."""
    with bench.run(command, bench.room()):
        bench.against.crowd("all", script, first=first, pool=pool, at_once=_PEOPLE)
        bench.rest(_WARM)
        measured = bench.against.measure(_SECONDS)
    return measured.turns / measured.seconds
