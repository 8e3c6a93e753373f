"""Whom an announcement reached, one line a person."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from storage.types import Flag, Id, Moment, Row, Word, column


class RecipientRow(Row, table=True):
    """One line of an announcement: whether it reached one person, if not, why, and what they answered."""

    __tablename__ = "recipients"
    __table_args__ = (
        UniqueConstraint("announcement_id", "person_id"),
        Index(None, "announcement_id", "outcome", "not_before"),
    )

    id: int = column("technical", Id, key=True)
    announcement_id: int = column("technical", Id, references="announcements.id")
    person_id: int = column("technical", Id, index=True, references="people.id", person="theirs")
    house_id: int | None = column("technical", Id, nullable=True)
    outcome: str = column("technical", Word(16))
    reason: str | None = column("technical", Word(64), nullable=True)
    outbox_id: int | None = column("technical", Id, nullable=True, index=True)
    not_before: datetime | None = column("technical", Moment, nullable=True)
    taking_back_id: int | None = column("technical", Id, nullable=True, index=True)
    answer: str | None = column("technical", Word(16), nullable=True)
    todo: str | None = column("technical", Word(16), nullable=True)
    reminded: bool = column("technical", Flag)
    reacted: bool = column("technical", Flag)
    settled_at: datetime | None = column("technical", Moment, nullable=True)
