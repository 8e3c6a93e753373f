"""Practices: one time somebody did a skill."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Id, Moment, Row, Sealed, SealedBytes, Word, column


class PracticeRow(Row, table=True):
    """One practice of one skill, with the ratings before and after among its answers."""

    __tablename__ = "practices"
    __table_args__ = (Index(None, "person_id", "finished_at"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    skill: str = column("technical", Word(64))
    started_at: datetime = column("technical", Moment)
    finished_at: datetime = column("technical", Moment)
    answers_sealed: Sealed = column("personal", SealedBytes)
