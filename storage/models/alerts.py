"""Calls for help, whom they reached, and what happened."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text

from storage.types import Id, Json, Moment, Number, Row, Sealed, SealedBytes, Word, column


class AlertRow(Row, table=True):
    """A call for help. Its plan is frozen when it opens; `version` rises with every move."""

    __tablename__ = "alerts"
    __table_args__ = (
        Index(
            "ix_alerts_open",
            "opened_at",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index(None, "house_id", "opened_at"),
    )

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, index=True, references="people.id")
    house_id: int = column("technical", Id, references="houses.id")
    severity: str = column("technical", Word(16))
    state: str = column("technical", Word(16))
    step: int = column("technical", Number)
    version: int = column("technical", Number)
    plan: str = column("technical", Json)
    line_sealed: Sealed | None = column("personal", SealedBytes, nullable=True)
    source_update: int | None = column("technical", Id, nullable=True, unique=True)
    opened_at: datetime = column("technical", Moment)
    taken_by: int | None = column("technical", Id, nullable=True)
    taken_at: datetime | None = column("technical", Moment, nullable=True)
    with_at: datetime | None = column("technical", Moment, nullable=True)
    ended_at: datetime | None = column("technical", Moment, nullable=True)
    outcome: str | None = column("technical", Word(16), nullable=True)


class AlertAskRow(Row, table=True):
    """A responder asked at a step, once. The responder stays as a number when they leave."""

    __tablename__ = "alert_asks"
    __table_args__ = (UniqueConstraint("alert_id", "person_id", "step"),)

    id: int = column("technical", Id, key=True)
    alert_id: int = column("technical", Id, references="alerts.id")
    person_id: int = column("technical", Id, index=True)
    step: int = column("technical", Number)
    asked_at: datetime = column("technical", Moment)
    outbox_id: int | None = column("technical", Id, nullable=True)
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
    person_id: int | None = column("technical", Id, nullable=True)
    detail: str = column("technical", Json)
