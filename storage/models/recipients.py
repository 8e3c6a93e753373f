"""Whom an announcement reached, one line a person."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from storage.types import Id, Moment, Row, Word, column


class RecipientRow(Row, table=True):
    """One line of an announcement: whether it reached one person, and if not, why."""

    __tablename__ = "recipients"
    __table_args__ = (UniqueConstraint("announcement_id", "person_id"),)

    id: int = column("technical", Id, key=True)
    announcement_id: int = column("technical", Id, references="announcements.id")
    person_id: int = column("technical", Id, index=True, references="people.id", person="theirs")
    outcome: str = column("technical", Word(16))
    reason: str | None = column("technical", Word(64), nullable=True)
    outbox_id: int | None = column("technical", Id, nullable=True, index=True)
    settled_at: datetime | None = column("technical", Moment, nullable=True)
