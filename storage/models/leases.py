"""Leases: for what only one process may do at a time."""

from datetime import datetime

from storage.types import Moment, Row, Word, column


class LeaseRow(Row, table=True):
    """A named lease, held by one owner until a moment."""

    __tablename__ = "leases"

    name: str = column("technical", Word(64), key=True)
    owner: str = column("technical", Word(64))
    until: datetime = column("technical", Moment)
