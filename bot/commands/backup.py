"""`hearth backup FILE`: a copy of the database, whole, while the bot runs."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import typer

from bot.clock import Clock
from bot.settings import Settings, SettingsError

LAST_BACKUP: Final = "last_backup"
"""The setting that says when the last one was made, for the doctor."""

MADE_AT: Final = "backup_made_at"
"""The setting that only a backup has: it tells one from a database that is lived in."""

_SQLITE: Final = b"SQLite format 3\x00"


def copy(settings: Settings, file: Path, *, clock: Clock, drop_after: timedelta | None = None) -> None:
    """Copies a SQLite database page by page. Raises SettingsError where that can't be done.

    Then backups in the same folder that are older than `drop_after` go: they hold whoever was deleted since.
    """
    source = settings.sqlite_file
    if source is None:
        raise SettingsError("hearth backup copies SQLite files; for PostgreSQL use pg_dump.")
    if not source.exists():
        raise SettingsError(f"There is no database at {source} yet.")
    if file.exists():
        raise SettingsError(f"{file} exists already; name another file.")
    now = clock.now()
    _copy(source, file, made_at=now)
    _note(source, LAST_BACKUP, now)
    typer.echo(f"{file}: done. Without the secret keys it can't be read: keep them too, apart from it.")
    if drop_after is not None:
        for old in sorted(file.absolute().parent.iterdir()):
            made = None if old.samefile(source) else _made_at(old)
            if made is not None and made < now - drop_after:
                old.unlink()
                typer.echo(f"{old.name}: removed, it was of {made:%Y-%m-%d}.")


def _copy(source: Path, target: Path, *, made_at: datetime) -> None:
    part = target.with_name(target.name + ".part")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
    _note(part, MADE_AT, made_at)
    part.chmod(0o600)
    part.replace(target)


def _made_at(file: Path) -> datetime | None:
    """When this backup was made; None for whatever is no backup of ours."""
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        if opened.read(len(_SQLITE)) != _SQLITE:
            return None
    try:
        # Nobody writes to a backup; read as immutable, it gets no journals beside it.
        with closing(sqlite3.connect(f"{file.as_uri()}?immutable=1", uri=True)) as database:
            found = database.execute("SELECT value FROM settings WHERE key = ?", (MADE_AT,)).fetchone()
    except sqlite3.Error:  # somebody else's database, or a broken one: not ours to remove
        return None
    return None if found is None else datetime.fromisoformat(found[0])


def _note(source: Path, key: str, now: datetime) -> None:
    with closing(sqlite3.connect(source, timeout=30)) as database, database:
        database.execute(
            "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, now.isoformat()),
        )
