"""The stand-in and the bot under test, each a process on a core of its own."""

import http.client
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import orjson

ROOT: Final = Path(__file__).parents[2]
TOKEN: Final = "42:benchmark"
CORES: Final = sorted(os.sched_getaffinity(0))
LOAD_CORE, BOT_CORE = CORES[0], CORES[-1]
PEERS_PYTHON: Final = ROOT / ".venv" / "peers" / "bin" / "python"
"""aiogram wants an older pydantic than Hearth has, so its peers live in an environment of their own."""


class BenchError(Exception):
    """A run that can't be counted; the text says why."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one measured stretch of time gave, in seconds.

    `crowds` are latencies by crowd, `acts` and `watched` moments on the clock that is never moved.
    """

    seconds: float
    crowds: dict[str, list[float]]
    acts: dict[str, list[float]]
    watched: dict[str, list[float]]
    calls: dict[str, int]

    @property
    def turns(self) -> int:
        """How many turns were answered, by everybody."""
        return sum(map(len, self.crowds.values()))


class StandIn:
    """Orders for the stand-in process."""

    def __init__(self, url: str) -> None:
        self.url = url

    def order(self, order: str, /, **values: object) -> Any:  # Any: the JSON it answers
        """One order; see `tests.benchmarks.standin.__main__`."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=900)
        try:
            connection.request("POST", f"/load/{order}", body=orjson.dumps(values))
            return orjson.loads(connection.getresponse().read())
        finally:
            connection.close()

    def crowd(self, name: str, script: Sequence[str], *, first: int, pool: int, at_once: int, **how: object) -> None:
        """People begin to act; `how` are `pause`, `once` and `deaf_to` of Crowd."""
        self.order("crowd", name=name, script=list(script), first=first, pool=pool, at_once=at_once, **how)

    def measure(self, seconds: float) -> Measured:
        """Counts from now on for so long. Raises BenchError where somebody was stuck."""
        answer = self.order("measure", seconds=seconds)
        if answer["wrong"]:
            raise BenchError("; ".join(answer["wrong"]))
        return Measured(answer["seconds"], answer["crowds"], answer["acts"], answer["watched"], answer["calls"])


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """A stand-in on the load's core; the harness itself moves to the bot's, where it sleeps while it is measured."""
    os.sched_setaffinity(0, {LOAD_CORE})
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.standin"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    os.sched_setaffinity(0, {BOT_CORE})
    try:
        assert process.stdout is not None
        yield StandIn(process.stdout.readline().strip())
    finally:
        end(process)
        os.sched_setaffinity(0, CORES)


@contextmanager
def whole_machine() -> Iterator[None]:
    """What is started meanwhile may run on every core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, CORES)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """How a bot is started."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass(slots=True)
class Running:
    """A bot that runs. `cold_start` is in seconds, from its beginning to its first getUpdates."""

    process: "subprocess.Popen[bytes]"
    cold_start: float

    @property
    def memory(self) -> float:
        """What it holds, in MiB (RSS)."""
        return self._status("VmRSS")

    @property
    def peak_memory(self) -> float:
        """The most it ever held, in MiB."""
        return self._status("VmHWM")

    def _status(self, name: str) -> float:
        for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) / 1024
        raise BenchError(f"no {name}: the bot is gone")


@contextmanager
def running(command: Command, against: StandIn, folder: Path, pace: Any) -> Iterator[Running]:
    """The bot, polling. (Any: `Clock.pace`.)"""
    against.order("forget")
    log = folder / "bot.log"
    began = pace()
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own bots
            list(command.arguments),
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), **command.environment},
            stdout=output,
            stderr=output,
        )
    try:
        yield Running(process, _polled(against, process) - began)
    except Exception:
        sys.stderr.write(log.read_text(encoding="utf-8", errors="replace")[-2000:])
        raise
    finally:
        against.order("stop")
        end(process)


def _polled(against: StandIn, process: "subprocess.Popen[bytes]") -> float:
    """When the bot first asked for updates."""
    while (at := against.order("polled")["at"]) is None:
        if process.poll() is not None:
            raise BenchError("the bot ended before it asked for updates")
    return float(at)


def end(process: "subprocess.Popen[Any]") -> None:
    """SIGTERM, then patience, then SIGKILL. (Any: text or bytes.)"""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder on the disk the temporary files are on, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hearth-bench-") as name:
        yield Path(name)
