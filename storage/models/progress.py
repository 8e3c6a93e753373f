"""Where each person stands in their dialog."""

from datetime import datetime

from sqlalchemy import Index, text

from storage.types import Flag, Id, Moment, Number, Row, Sealed, SealedBytes, Word, column


class ProgressRow(Row, table=True):
    """One person's place; `turn` rises for ever, and fences buttons, timers and other writers."""

    __tablename__ = "progress"
    __table_args__ = (
        Index(
            "ix_progress_left_alone",
            "touched_at",
            sqlite_where=text("dialog IS NOT NULL"),
            postgresql_where=text("dialog IS NOT NULL"),
        ),
    )

    person_id: int = column("technical", Id, key=True, references="people.id", person="theirs")
    turn: int = column("technical", Number)
    dialog: str | None = column("technical", Word(64), nullable=True)
    node: str | None = column("technical", Word(64), nullable=True)
    revision: int | None = column("technical", Number, nullable=True)
    state_sealed: Sealed = column("personal", SealedBytes)
    touched_at: datetime = column("technical", Moment)
    nudged: bool = column("technical", Flag)
    membership_id: int | None = column("technical", Id, nullable=True)
