"""A hundred thousand people with a check-in time of their own, over 38 zones."""

import asyncio
import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.clock import SystemClock
from bot.conversation import prompts
from bot.ids import RandomIds
from storage.database import Database
from storage.sealing import Keyring, parse_keys
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import sqlite_url
from tests.benchmarks.harness import ROOT, BenchError
from tests.benchmarks.report import Figure, Line, at_least, at_most

TITLE: Final = "100,000 people with a time of their own"
_MANY: Final = 100_000
_FEW: Final = 100
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PATIENCE: Final = 900.0


def run(bench: Bench) -> list[Line]:
    """Starting with so many, beside a few and beside a job each; then all of them due in one minute."""
    far = bench.clock.now() + timedelta(days=1)
    starts = {people: Figure() for people in (_FEW, _MANY)}
    memory = Figure()
    for people, start in starts.items():
        room = bench.room()
        url = bench.databases.sqlite(room, people, due_at=far)
        for _ in range(bench.rounds):
            with bench.run(bench.hearth(url), room) as bot:
                bench.rest(2)
                start.values.append(bot.cold_start)
                if people == _MANY:
                    memory.values.append(bot.memory)
    few, many = starts[_FEW], starts[_MANY]
    lines = [
        Line("start with 100 people", few.show(2, " s")),
        at_most("start with 100,000", many.median / few.median, 1.2, many.show(2, " s")),
        Line("memory with 100,000, after the start", memory.show(0, " MiB"), "< 150 MiB", memory.median < 150),
    ]
    for kind, name in (("apscheduler", "APScheduler"), ("jobqueue", "PTB JobQueue")):
        taken, held = _jobs(bench, kind)
        figures = f"{taken.show(1, ' s')}, {held.show(0, ' MiB')}"
        lines.append(
            at_least(f"one {name} job a person: its start against ours", taken.median / many.median, 50, figures)
        )
    return [*lines, _planned(bench, far), *_due_at_once(bench, far)]


def _jobs(bench: Bench, kind: str) -> tuple[Figure, Figure]:
    taken, held = Figure(), Figure()
    for _ in range(min(bench.rounds, 3)):
        done = subprocess.run(  # noqa: S603 - our own peer
            [sys.executable, "-m", "tests.benchmarks.peers.jobs", kind, str(_MANY)],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
        told: Mapping[str, float] = json.loads(done.stdout)
        taken.values.append(told["seconds"])
        held.values.append(told["mib"])
    return taken, held


def _planned(bench: Bench, far: datetime) -> Line:
    """Everybody's firing of one day made, and their next moment set."""
    file = Path(bench.databases.sqlite(bench.room(), _MANY, due_at=far).partition(":///")[2])
    _make_due(file, bench.clock.now())

    async def plan() -> float:
        clock = SystemClock()
        async with Database(sqlite_url(file), Keyring(parse_keys(bench.databases.keys))) as database:
            began = clock.pace()
            planned = 1
            while planned:
                async with database.write() as work:
                    planned = await prompts.plan(work, RandomIds(clock.now), clock.now())
                    await work.commit()
            return clock.pace() - began

    return Line("planning a day of 100,000 (one run)", f"{asyncio.run(plan()):.1f} s")


def _due_at_once(bench: Bench, far: datetime) -> list[Line]:
    """All due in one minute: until each has a row in the outbox, while the first go out."""
    room = bench.room()
    url = bench.databases.sqlite(room, _MANY, due_at=far)
    file = room / "hearth.db"
    with bench.run(bench.hearth(url, overall=1_000), room) as bot:
        due = bench.clock.now() + timedelta(seconds=1)
        _make_due(file, due)
        began = bench.clock.pace()
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as reader:
            while _letters(reader) < _MANY:
                bench.rest(0.5)
                if bench.clock.pace() - began > _PATIENCE:
                    raise BenchError(f"after {_PATIENCE:.0f} s only {_letters(reader)} have a row")
        took = bench.clock.pace() - began
        return [
            Line("100,000 due at once, to outbox rows (one run)", f"{took:.0f} s, {_MANY / took:,.0f}/s"),
            Line("the most memory held meanwhile", f"{bot.peak_memory:.0f} MiB", "< 150 MiB", bot.peak_memory < 150),
        ]


def _make_due(file: Path, at: datetime) -> None:
    with closing(sqlite3.connect(file, timeout=30)) as connection:
        connection.execute("UPDATE schedules SET next_at = ?", ((at - _EPOCH) // timedelta(microseconds=1),))
        connection.commit()


def _letters(reader: sqlite3.Connection) -> int:
    return int(reader.execute("SELECT count(*) FROM outbox WHERE kind = 'prompt'").fetchone()[0])
