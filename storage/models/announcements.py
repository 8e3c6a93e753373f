"""Messages from staff to many."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Flag, Id, Json, Moment, Number, Row, Sealed, SealedBytes, Word, column


class AnnouncementRow(Row, table=True):
    """A message in the making, on its way, or said; sealed by its house's key. Its author stays as a number."""

    __tablename__ = "announcements"
    __table_args__ = (Index(None, "house_id", "created_at"),)

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, references="houses.id")
    author_id: int = column("technical", Id, person="wrote")
    letter_sealed: Sealed = column("personal", SealedBytes)
    state: str = column("technical", Word(16), index=True)
    urgent: bool = column("technical", Flag)
    audience: str = column("technical", Json)
    asks: str = column("technical", Word(16))
    planned_for: str | None = column("technical", Word(32), nullable=True)
    repeats: str = column("technical", Word(16))
    lasts_minutes: int = column("technical", Number)
    revision: int = column("technical", Number)
    created_at: datetime = column("technical", Moment)
    confirmed_at: datetime | None = column("technical", Moment, nullable=True)
    finished_at: datetime | None = column("technical", Moment, nullable=True)


class AnnouncingRow(Row, table=True):
    """Who may announce to a house, and when it sleeps."""

    __tablename__ = "announcing"

    house_id: int = column("technical", Id, key=True, references="houses.id")
    who: str = column("technical", Word(16))
    second_yes: bool = column("technical", Flag)
    quiet_from: int = column("technical", Number)
    quiet_until: int = column("technical", Number)


class AnnouncementReplyRow(Row, table=True):
    """A line of the thread between an announcement's author and one of its recipients."""

    __tablename__ = "announcement_replies"
    __table_args__ = (Index(None, "announcement_id", "person_id"),)

    id: int = column("technical", Id, key=True)
    announcement_id: int = column("technical", Id, references="announcements.id")
    person_id: int = column("technical", Id, index=True, references="people.id", person="theirs")
    by_author: bool = column("technical", Flag)
    words_sealed: Sealed = column("personal", SealedBytes)
    at: datetime = column("technical", Moment)
