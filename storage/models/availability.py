"""Whether the people who answer calls can be reached: away, quiet hours, and the test call that shows it rings."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Id, Moment, Number, Row, column


class AvailabilityRow(Row, table=True):
    """Away until a moment; quiet between two local times (minutes after midnight), around midnight too."""

    __tablename__ = "availability"

    person_id: int = column("technical", Id, key=True, references="people.id", person="theirs")
    away_until: datetime | None = column("technical", Moment, nullable=True)
    quiet_from: int | None = column("technical", Number, nullable=True)
    quiet_until: int | None = column("technical", Number, nullable=True)


class TestCallRow(Row, table=True):
    """A call that is only a test, and when it was tapped."""

    __test__ = False  # pytest: not a test, though it is called one
    __tablename__ = "test_calls"
    __table_args__ = (Index(None, "person_id", "planned_at"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    house_id: int = column("technical", Id, references="houses.id")
    planned_at: datetime = column("technical", Moment)
    sent_at: datetime | None = column("technical", Moment, nullable=True)
    answered_at: datetime | None = column("technical", Moment, nullable=True)
