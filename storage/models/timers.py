"""What is to happen later."""

from datetime import datetime

from storage.types import Id, Json, Moment, Number, Row, Word, column


class TimerRow(Row, table=True):
    """A timer, fenced by the turn or version of its subject (a person, an alert, an announcement)."""

    __tablename__ = "timers"

    id: int = column("technical", Id, key=True)
    kind: str = column("technical", Word(64))
    subject_id: int = column("technical", Id, index=True, person="theirs")
    fence: int = column("technical", Number)
    due_at: datetime = column("technical", Moment, index=True)
    payload: str = column("technical", Json)
    created_at: datetime = column("technical", Moment)
