"""What two people of a call wrote to each other through the bot: that they did, and which message is which."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Big, Id, Moment, Row, Word, column


class RelayedRow(Row, table=True):
    """One letter that passes a message on. The words stand only in that letter; a long message has several."""

    __tablename__ = "relayed"
    __table_args__ = (Index(None, "person_id", "message_id"), Index(None, "alert_id"))

    id: int = column("technical", Id, key=True)
    alert_id: int = column("technical", Id, references="alerts.id")
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    reader_id: int = column("technical", Id, person="part")
    message_id: int | None = column("technical", Big, nullable=True)
    outbox_id: int = column("technical", Id, index=True)
    medium: str = column("technical", Word(16))
    at: datetime = column("technical", Moment)
    taken_back_at: datetime | None = column("technical", Moment, nullable=True)
