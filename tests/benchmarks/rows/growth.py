"""What a turn costs when years of check-ins and letters lie behind it."""

import shutil
import sqlite3
from pathlib import Path
from typing import Final

from tests.benchmarks.bench import POOL, Bench
from tests.benchmarks.bots import HEARTH_TYPED
from tests.benchmarks.databases import sqlite_url
from tests.benchmarks.house import FIRST
from tests.benchmarks.report import Figure, Line, at_most
from tests.benchmarks.rows.turns import measure

TITLE: Final = "The cost of growth"
_MANY: Final = (10_000_000, 1_000_000)
_FEW: Final = (10_000, 10_000)
_DAY: Final = 86_400_000_000  # in microseconds, as moments are kept on SQLite
_SLICE: Final = 3_000


def run(bench: Bench) -> list[Line]:
    """The same turns on a database of ten thousand past check-ins and letters, and on one of millions."""
    files = {}
    for name, (checkins, letters) in (("few", _FEW), ("many", _MANY)):
        files[name] = bench.folder / f"grown-{name}.db"
        shutil.copy(bench.databases.sqlite_file(POOL), files[name])
        _grow(files[name], checkins, letters, int(bench.clock.now().timestamp() * 1_000_000))
    figures = {name: Figure() for name in files}
    for number in range(bench.rounds):
        for name, file in files.items():
            command = bench.hearth(sqlite_url(file))
            first = FIRST + number % (POOL // _SLICE) * _SLICE
            figures[name].values.append(measure(bench, command, HEARTH_TYPED, first=first, pool=_SLICE))
    few, many = figures["few"], figures["many"]
    size = files["many"].stat().st_size / 2**30
    return [
        Line("10,000 past check-ins, 10,000 letters", few.show(unit=" turns/s")),
        at_most(
            f"10 million past check-ins, 1 million letters ({size:.1f} GiB): cost of a turn",
            few.median / many.median,
            1.15,
            many.show(unit=" turns/s"),
        ),
    ]


def _grow(file: Path, checkins: int, letters: int, now: int) -> None:
    """A past as long as that, spread evenly over everybody. What is sealed is noise of a sealed text's length."""
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        people = [row[0] for row in connection.execute("SELECT id FROM people ORDER BY id")]
        connection.executemany(
            "INSERT INTO checkins (id, person_id, day, at, answers_sealed)"
            " VALUES (?, ?, date(? / 1000000, 'unixepoch'), ?, randomblob(120))",
            (
                (number + 1, people[number % len(people)], at, at)
                for number in range(checkins)
                for at in (now - (1 + (checkins - number) // len(people)) * _DAY,)
            ),
        )
        connection.executemany(
            "INSERT INTO outbox (id, recipient_id, sealed_by, kind, priority, state, letter_sealed, purpose, stream,"
            " not_before, attempts, message_id, created_at, settled_at)"
            " VALUES (?, ?, ?, 'reply', 2, 'sent', randomblob(250), 'conversation', 'dialog', ?, 1, ?, ?, ?)",
            (
                (number + 1, person, person, at, number + 1, at, at)
                for number in range(letters)
                for person, at in ((people[number % len(people)], now - _DAY // 2),)
            ),
        )
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
