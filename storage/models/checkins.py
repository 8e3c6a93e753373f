"""Check-ins: how people said they were."""

from datetime import date, datetime

from sqlalchemy import Index

from storage.types import Id, LocalDate, Moment, Row, Sealed, SealedBytes, column


class CheckinRow(Row, table=True):
    """One check-in, on a day of the person's own calendar."""

    __tablename__ = "checkins"
    __table_args__ = (Index(None, "person_id", "at"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    day: date = column("technical", LocalDate)
    at: datetime = column("technical", Moment)
    answers_sealed: Sealed = column("personal", SealedBytes)
