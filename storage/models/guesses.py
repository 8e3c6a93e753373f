"""Codes that somebody tried and nobody made."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Id, KeyedHash, Moment, Row, column


class GuessRow(Row, table=True):
    """One wrong code, by the keyed hash of whoever tried it; never the code. Pruned after a day."""

    __tablename__ = "guesses"
    __table_args__ = (Index(None, "who_hash", "at"),)

    id: int = column("technical", Id, key=True)
    who_hash: bytes = column("personal", KeyedHash)
    at: datetime = column("technical", Moment, index=True)
