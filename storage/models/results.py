"""Results: what people answered to the check-ins that come more seldom."""

from datetime import date, datetime

from sqlalchemy import Index

from storage.types import Id, LocalDate, Moment, Row, Sealed, SealedBytes, Word, column


class ResultRow(Row, table=True):
    """One time an instrument was answered, on a day of the person's own calendar."""

    __tablename__ = "results"
    __table_args__ = (Index(None, "person_id", "at"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    instrument: str = column("technical", Word(64))
    day: date = column("technical", LocalDate)
    at: datetime = column("technical", Moment)
    answers_sealed: Sealed = column("personal", SealedBytes)
