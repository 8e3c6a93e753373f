"""Telegram's updates: which are done, and which failed."""

from datetime import datetime

from storage.types import Id, Moment, Row, Sealed, SealedBytes, Word, column


class HandledUpdateRow(Row, table=True):
    """An update whose turn is committed; pruned after 48 hours."""

    __tablename__ = "handled_updates"

    update_id: int = column("technical", Id, key=True)
    at: datetime = column("technical", Moment, index=True)


class FailedUpdateRow(Row, table=True):
    """An update that failed alone: a copy sealed by the system's key, for staff to report."""

    __tablename__ = "failed_updates"

    id: int = column("technical", Id, key=True)
    update_id: int = column("technical", Id)
    error: str = column("technical", Word(128))
    sealed: Sealed = column("personal", SealedBytes)
    at: datetime = column("technical", Moment, index=True)
