"""`hearth backup FILE`: a copy of the database, whole, while the bot runs."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import typer

from bot.clock import Clock
from bot.settings import Settings, SettingsError

LAST_BACKUP: Final = "last_backup"
"""The setting that says when the last one was made, for the doctor."""


def copy(settings: Settings, file: Path, *, clock: Clock) -> None:
    """Copies a SQLite database page by page. Raises SettingsError where that can't be done."""
    source = settings.sqlite_file
    if source is None:
        raise SettingsError("hearth backup copies SQLite files; for PostgreSQL use pg_dump.")
    if not source.exists():
        raise SettingsError(f"There is no database at {source} yet.")
    if file.exists():
        raise SettingsError(f"{file} exists already; name another file.")
    _copy(source, file)
    _note(source, clock.now().isoformat())
    typer.echo(f"{file}: done. Without the secret keys it can't be read: keep them too, apart from it.")


def _copy(source: Path, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
    part.chmod(0o600)
    part.replace(target)


def _note(source: Path, now: str) -> None:
    with closing(sqlite3.connect(source, timeout=30)) as database, database:
        database.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (LAST_BACKUP, now),
        )
