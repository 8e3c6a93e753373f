"""Whom an alert asked, what they answered, and what else happened to it."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from storage.types import Id, Json, Moment, Number, Row, Word, column


class AlertAskRow(Row, table=True):
    """A responder asked at a step, once. The responder stays as a number when they leave."""

    __tablename__ = "alert_asks"
    __table_args__ = (UniqueConstraint("alert_id", "person_id", "step"),)

    id: int = column("technical", Id, key=True)
    alert_id: int = column("technical", Id, references="alerts.id")
    person_id: int = column("technical", Id, index=True, person="part")
    step: int = column("technical", Number)
    asked_at: datetime = column("technical", Moment)
    outbox_id: int | None = column("technical", Id, index=True, nullable=True)
    reached: str | None = column("technical", Word(8), nullable=True)
    reached_at: datetime | None = column("technical", Moment, nullable=True)
    answer: str | None = column("technical", Word(16), nullable=True)
    answered_at: datetime | None = column("technical", Moment, nullable=True)


class AlertEventRow(Row, table=True):
    """What happened to an alert, in order; numbers for people, no words of theirs."""

    __tablename__ = "alert_events"
    __table_args__ = (Index(None, "alert_id", "at"),)

    id: int = column("technical", Id, key=True)
    alert_id: int = column("technical", Id, references="alerts.id")
    at: datetime = column("technical", Moment)
    kind: str = column("technical", Word(32))
    person_id: int | None = column("technical", Id, nullable=True, person="part")
    detail: str = column("technical", Json)
