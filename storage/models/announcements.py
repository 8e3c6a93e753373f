"""Messages from staff to many."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Flag, Id, Moment, Row, Sealed, SealedBytes, Word, column


class AnnouncementRow(Row, table=True):
    """A letter to a house, sealed by the house's key. Its author stays as a number when they leave."""

    __tablename__ = "announcements"
    __table_args__ = (Index(None, "house_id", "created_at"),)

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, references="houses.id")
    author_id: int = column("technical", Id, person="wrote")
    letter_sealed: Sealed = column("personal", SealedBytes)
    state: str = column("technical", Word(16), index=True)
    urgent: bool = column("technical", Flag)
    created_at: datetime = column("technical", Moment)
    confirmed_at: datetime | None = column("technical", Moment, nullable=True)
    finished_at: datetime | None = column("technical", Moment, nullable=True)
    status_outbox_id: int | None = column("technical", Id, nullable=True)
