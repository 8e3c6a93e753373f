"""What must still be said, and what became of it."""

from datetime import datetime

from sqlalchemy import Index, text

from storage.types import Big, Id, Moment, Number, Row, Sealed, SealedBytes, Word, column


def _only(name: str, *columns: str, where: str) -> Index:
    """An index over the few rows that are looked for, so that the many settled ones cost nothing."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class OutboxRow(Row, table=True):
    """A letter: to a person (whose key seals it) or to a group's chat (sealed by a house or the system)."""

    __tablename__ = "outbox"
    __table_args__ = (
        _only("ix_outbox_waiting", "priority", "not_before", "id", where="state = 'waiting'"),
        _only("ix_outbox_next", "not_before", where="state = 'waiting'"),
        _only("ix_outbox_expires", "expires_at", where="state = 'waiting'"),
        _only("ix_outbox_sending", "lease_until", where="state = 'sending'"),
        _only("ix_outbox_card", "card", "recipient_id", where="card IS NOT NULL"),
        _only("ix_outbox_settled", "settled_at", where="settled_at IS NOT NULL"),
        _only("ix_outbox_about", "about_id", where="about_id IS NOT NULL"),
        _only("ix_outbox_owed", "recipient_id", where="kind = 'reply' AND state IN ('unsure', 'expired', 'refused')"),
        Index(None, "recipient_id", "state"),
    )

    id: int = column("technical", Id, key=True)
    recipient_id: int | None = column("technical", Id, nullable=True, references="people.id", person="theirs")
    sealed_by: int = column("technical", Id, person="key")
    chat_id_sealed: Sealed | None = column("personal", SealedBytes, nullable=True)
    kind: str = column("technical", Word(32))
    priority: int = column("technical", Number)
    state: str = column("technical", Word(16))
    letter_sealed: Sealed = column("personal", SealedBytes)
    fallback_sealed: Sealed | None = column("personal", SealedBytes, nullable=True)
    about_id: int | None = column("technical", Id, nullable=True, person="part")
    house_id: int | None = column("technical", Id, nullable=True)
    purpose: str = column("technical", Word(64))
    turn: int | None = column("technical", Number, nullable=True)
    stream: str = column("technical", Word(64))
    card: str | None = column("technical", Word(64), nullable=True)
    edits_id: int | None = column("technical", Id, nullable=True)
    not_before: datetime = column("technical", Moment)
    expires_at: datetime | None = column("technical", Moment, nullable=True)
    attempts: int = column("technical", Number)
    lease_owner: str | None = column("technical", Word(64), nullable=True)
    lease_until: datetime | None = column("technical", Moment, nullable=True)
    message_id: int | None = column("technical", Big, nullable=True)
    created_at: datetime = column("technical", Moment)
    settled_at: datetime | None = column("technical", Moment, nullable=True)
    reason: str | None = column("technical", Word(64), nullable=True)
