"""Messages from staff to many."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from storage.types import Flag, Id, Moment, Row, Sealed, SealedBytes, Word, column


class AnnouncementRow(Row, table=True):
    """A letter to a house, sealed by the house's key. Its author stays as a number when they leave."""

    __tablename__ = "announcements"
    __table_args__ = (Index(None, "house_id", "created_at"),)

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, references="houses.id")
    author_id: int = column("technical", Id)
    letter_sealed: Sealed = column("personal", SealedBytes)
    state: str = column("technical", Word(16), index=True)
    urgent: bool = column("technical", Flag)
    created_at: datetime = column("technical", Moment)
    confirmed_at: datetime | None = column("technical", Moment, nullable=True)
    finished_at: datetime | None = column("technical", Moment, nullable=True)
    status_outbox_id: int | None = column("technical", Id, nullable=True)


class RecipientRow(Row, table=True):
    """One line of an announcement: whether it reached one person, and if not, why."""

    __tablename__ = "recipients"
    __table_args__ = (UniqueConstraint("announcement_id", "person_id"),)

    id: int = column("technical", Id, key=True)
    announcement_id: int = column("technical", Id, references="announcements.id")
    person_id: int = column("technical", Id, index=True, references="people.id")
    outcome: str = column("technical", Word(16))
    reason: str | None = column("technical", Word(64), nullable=True)
    outbox_id: int | None = column("technical", Id, nullable=True, index=True)
    settled_at: datetime | None = column("technical", Moment, nullable=True)
