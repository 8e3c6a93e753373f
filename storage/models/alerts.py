"""Calls for help."""

from datetime import datetime

from sqlalchemy import Index, text

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
    person_id: int = column("technical", Id, index=True, references="people.id", person="theirs")
    house_id: int = column("technical", Id, references="houses.id")
    severity: str = column("technical", Word(16))
    state: str = column("technical", Word(16))
    step: int = column("technical", Number)
    version: int = column("technical", Number)
    plan: str = column("technical", Json)
    line_sealed: Sealed | None = column("personal", SealedBytes, nullable=True)
    voice_sealed: Sealed | None = column("personal", SealedBytes, nullable=True)
    why_sealed: Sealed | None = column("personal", SealedBytes, nullable=True)
    source_update: int | None = column("technical", Id, nullable=True, unique=True)
    opened_at: datetime = column("technical", Moment)
    taken_by: int | None = column("technical", Id, nullable=True, person="part")
    taken_at: datetime | None = column("technical", Moment, nullable=True)
    with_at: datetime | None = column("technical", Moment, nullable=True)
    ended_at: datetime | None = column("technical", Moment, nullable=True)
    relay_ended_at: datetime | None = column("technical", Moment, nullable=True)
    helped: str | None = column("technical", Json, nullable=True)
    outcome: str | None = column("technical", Word(16), nullable=True)
