"""What is on in a house: every week on some days, or once."""

from datetime import date, datetime

from storage.types import Id, LocalDate, Moment, Number, Row, Sealed, SealedBytes, column


class EventRow(Row, table=True):
    """A line that staff wrote, sealed by the house's key; on days of the week, or on one day there."""

    __tablename__ = "events"

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, index=True, references="houses.id")
    words_sealed: Sealed = column("personal", SealedBytes)
    days: int = column("technical", Number)
    day: date | None = column("technical", LocalDate, nullable=True)
    minutes: int | None = column("technical", Number, nullable=True)
    added_at: datetime = column("technical", Moment)
