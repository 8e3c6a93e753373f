"""`python -m tests.benchmarks [ROW …] [--rounds N]`: measures, prints, and writes RESULTS.md."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bot.clock import SystemClock
from tests.benchmarks import report
from tests.benchmarks.bench import Bench
from tests.benchmarks.databases import Databases, postgres
from tests.benchmarks.harness import PEERS_PYTHON, scratch, stand_in
from tests.benchmarks.report import Line
from tests.benchmarks.rows import announce, growth, idle, schedules, start, turns

ROWS: Final[Mapping[str, tuple[str, Callable[[Bench], list[Line]]]]] = {
    "turns": (turns.TITLE, turns.run),
    "idle": (idle.TITLE, idle.run),
    "announce": (announce.TITLE, announce.run),
    "schedules": (schedules.TITLE, schedules.run),
    "growth": (growth.TITLE, growth.run),
    "start": (start.TITLE, start.run),
}
_NOTES: Final = "## Notes"
"""What stands in RESULTS.md from here on is written by hand, and stays."""

_FIGURES: Final = Path(__file__).with_name("results.json")
"""What was measured last, row by row, so that a row can be measured again alone."""


def main() -> int:
    """Measures the rows asked for; all of them if none is."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"any of: {' '.join(ROWS)}")
    parser.add_argument("--rounds", type=int, default=5, help="how often each figure is taken")
    parser.add_argument("--dry", action="store_true", help="print only")
    given = parser.parse_args()
    wanted = given.rows or list(ROWS)
    if unknown := set(wanted) - ROWS.keys():
        parser.error(f"there is no row {', '.join(sorted(unknown))}")
    if not PEERS_PYTHON.exists():
        parser.error("the peers are not installed; run: make bench")
    clock = SystemClock()
    results: dict[str, list[Line]] = {}
    with ExitStack() as stack:
        folder = stack.enter_context(scratch())
        against = stack.enter_context(stand_in())
        databases = Databases(folder, clock)
        if "turns" in wanted:
            databases.postgres = stack.enter_context(postgres(folder))
        bench = Bench(against, databases, clock, folder, given.rounds)
        for name in wanted:
            title, run = ROWS[name]
            sys.stdout.write(f"\n{title}\n")
            sys.stdout.flush()
            results[name] = run(bench)
            for line in results[name]:
                sys.stdout.write(f"  {line.what}: {line.got} {line.must} {line.holds}\n")
            sys.stdout.flush()
    if not given.dry:
        _write(results, given.rounds, clock)
    return 0


def _write(results: Mapping[str, list[Line]], rounds: int, clock: SystemClock) -> None:
    """The page, from what was measured now and, for other rows, before."""
    before = json.loads(_FIGURES.read_text(encoding="utf-8")) if _FIGURES.exists() else {}
    now = {name: [asdict(line) for line in lines] for name, lines in results.items()}
    merged = {name: {**before, **now}[name] for name in ROWS if name in before or name in now}
    _FIGURES.write_text(json.dumps(merged, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    rows = {ROWS[name][0]: [Line(**line) for line in lines] for name, lines in merged.items()}
    notes = report.kept(report.RESULTS.read_text(encoding="utf-8"), _NOTES) if report.RESULTS.exists() else ""
    report.RESULTS.write_text(
        report.page(rows, when=clock.now(), rounds=rounds, rest=f"\n{notes}" if notes else ""), encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
