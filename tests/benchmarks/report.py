"""Figures, and the page they are kept on."""

import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).with_name("RESULTS.md")

_HEAD: Final = """\
# How fast Hearth is, beside what people would pick instead

Written by `make bench` (`python -m tests.benchmarks`, or some rows of it: `python -m tests.benchmarks turns idle`).
The bot under test and the stand-in Bot API, which also plays the people, have a core each; PostgreSQL has the run of
both. Ratios are the point: absolute figures differ from machine to machine.

- (a) python-telegram-bot's `ConversationHandler` and `PicklePersistence`, as its example shows them
- (b) aiogram 3, its state in memory; (c) the same with a SQLite write a step
- (d) the limit: a bare python-telegram-bot echo over Hearth's own transport, no state at all
""".splitlines()


@dataclass(slots=True)
class Figure:
    """One thing measured several times."""

    values: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle of it."""
        return statistics.median(self.values)

    def show(self, digits: int = 0, unit: str = "") -> str:
        """The median, with its spread from least to most."""
        low, high = min(self.values), max(self.values)
        shown = f"{self.median:,.{digits}f}{unit}"
        return shown if len(self.values) == 1 else f"{shown} ({low:,.{digits}f}–{high:,.{digits}f})"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `holds` is None where nothing is demanded."""

    what: str
    got: str
    must: str = ""
    holds: bool | None = None


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def at_least(what: str, ratio: float, least: float, figures: str = "") -> Line:
    """A ratio that must reach something."""
    return Line(what, f"{ratio:.2f} × {figures}".strip(), f"≥ {least:g} ×", ratio >= least)


def at_most(what: str, ratio: float, most: float, figures: str = "") -> Line:
    """A ratio that must not exceed something."""
    return Line(what, f"{ratio:.2f} × {figures}".strip(), f"≤ {most:g} ×", ratio <= most)


def page(rows: Mapping[str, Sequence[Line]], *, when: datetime, rounds: int, rest: str) -> str:
    """RESULTS.md as a whole; `rest` is what a person has written below it, and is kept."""
    out = [
        *_HEAD,
        f"{when:%Y-%m-%d}, {_machine()}. Median of {rounds} runs where nothing else is said, least to most beside.",
        "",
    ]
    for name, lines in rows.items():
        out += [f"## {name}", "", "| what | measured | must | |", "|---|---|---|---|"]
        out += [f"| {line.what} | {line.got} | {line.must} | {_mark(line.holds)} |" for line in lines]
        out.append("")
    return "\n".join(out) + rest


def kept(text: str, marker: str) -> str:
    """What stands from the marker on."""
    at = text.find(marker)
    return "" if at < 0 else text[at:]


def _mark(holds: bool | None) -> str:
    return {None: "", True: "✓", False: "✗"}[holds]


def _machine() -> str:
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores of {model}, Linux, Python {platform.python_version()}"
