"""People's own recurring times."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from storage.types import Id, Moment, Number, Row, Word, column


class ScheduleRow(Row, table=True):
    """A local time on some days of every so many weeks; its next moment is computed when the last one fires."""

    __tablename__ = "schedules"
    __table_args__ = (UniqueConstraint("person_id", "kind"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    kind: str = column("technical", Word(64))
    local_minutes: int = column("technical", Number)
    days: int = column("technical", Number)
    weeks: int = column("technical", Number)
    paused_until: datetime | None = column("technical", Moment, nullable=True)
    next_at: datetime = column("technical", Moment, index=True)
