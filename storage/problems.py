"""What can go wrong in storage, each as a class whose text says what to do."""

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import DBAPIError


class StorageProblem(Exception):  # noqa: N818 - it reads as what it is
    """The database can't be used; `str(problem)` is a sentence that says what to do."""


class Conflict(Exception):  # noqa: N818
    """Somebody else was first: roll back, and do it again from loading."""


class Forgotten(Exception):  # noqa: N818
    """The data key of this subject is gone: what it sealed can't be read by anybody any more."""

    def __init__(self, subject_id: int) -> None:
        super().__init__(f"The data key of subject {subject_id} is gone; it was deleted.")
        self.subject_id = subject_id


_ROOM = 2**20
"""Bytes; with less than that a disk is full."""

_FULL = "The disk that holds {where} is full; free some space and start again."
_NOT_WRITABLE = "{where} can't be opened for writing; check that its folder exists and is yours to write to."
_SENTENCES = (
    (
        ("database is locked", "database table is locked"),
        "The database {where} is locked by another process; stop the other Hearth, or wait until it is done.",
    ),
    (
        ("database or disk is full", "no space left", "disk full"),
        _FULL,
    ),
    (
        ("file is not a database", "file is encrypted"),
        "{where} is not a database; check HEARTH_DATABASE_URL, or move that file away.",
    ),
    (
        ("disk image is malformed",),
        "The database {where} is damaged; restore the last backup (hearth backup makes them).",
    ),
    (
        ("unable to open database file", "readonly database", "read-only", "disk i/o error"),
        _NOT_WRITABLE,
    ),
    (
        ("password authentication failed", "no password supplied"),
        "PostgreSQL at {where} refused the user or the password; check HEARTH_DATABASE_URL.",
    ),
    (
        ("does not exist",),
        "PostgreSQL at {where} has no such database or user; make it (createdb), or check HEARTH_DATABASE_URL.",
    ),
)
_UNREACHABLE = "PostgreSQL at {where} can't be reached; check that it runs, and HEARTH_DATABASE_URL."
_GONE = frozenset({"CannotConnectNowError", "TooManyConnectionsError", "AdminShutdownError"})


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or (seen.orig if isinstance(seen, DBAPIError) else None)


def problem_of(error: Exception, where: str) -> StorageProblem | None:
    """The problem of the whole database that an error stands for, or None when the error is about one row.

    `where` names the database without a password.
    """
    causes = list(_causes(error))
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if lost or any(isinstance(each, ConnectionError) or type(each).__name__ in _GONE for each in causes):
        return StorageProblem(_UNREACHABLE.format(where=where))
    if any(isinstance(each, OSError) and each.errno == errno.ENOSPC for each in causes):
        return StorageProblem(_FULL.format(where=where))
    if any(isinstance(each, OSError) for each in causes):
        return StorageProblem(_UNREACHABLE.format(where=where))
    if not isinstance(error, DBAPIError) or type(error).__name__ in {"IntegrityError", "DataError"}:
        return None
    text = str(error.orig).lower()
    for signs, sentence in _SENTENCES:
        if any(sign in text for sign in signs):
            # On a full disk SQLite fails first at the small files beside the database, and says no more than that.
            told = _FULL if sentence is _NOT_WRITABLE and _is_full(where) else sentence
            return StorageProblem(told.format(where=where))
    return None


def _is_full(where: str) -> bool:
    try:
        return shutil.disk_usage(Path(where).resolve().parent).free < _ROOM
    except OSError:
        return False  # no such folder: that is the trouble then
