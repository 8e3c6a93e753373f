"""Scheduled messages, one row a firing."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Id, Moment, Row, Word, column


class PromptRow(Row, table=True):
    """One firing: planned, then asked or not asked; only what was asked can be unanswered."""

    __tablename__ = "prompts"
    __table_args__ = (Index(None, "person_id", "planned_at"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    kind: str = column("technical", Word(64))
    planned_at: datetime = column("technical", Moment)
    outcome: str = column("technical", Word(16))
    outbox_id: int | None = column("technical", Id, nullable=True, index=True)
    settled_at: datetime | None = column("technical", Moment, nullable=True)
