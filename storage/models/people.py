"""People."""

from datetime import datetime

from storage.types import Flag, Id, KeyedHash, Moment, Number, Row, Sealed, SealedBytes, Word, column


class PersonRow(Row, table=True):
    """A human: found by the keyed hash of a Telegram id, named only under their own key."""

    __tablename__ = "people"

    id: int = column("technical", Id, key=True, person="theirs")
    telegram_hash: bytes = column("personal", KeyedHash, unique=True)
    lookup_key: int = column("technical", Number)
    telegram_sealed: Sealed = column("personal", SealedBytes)
    name_sealed: Sealed = column("personal", SealedBytes)
    locale: str = column("technical", Word(16))
    zone: str = column("technical", Word(64))
    reach: str = column("technical", Word(16))
    messages_stopped: bool = column("technical", Flag)
    joined_at: datetime = column("technical", Moment)
    restricted_at: datetime | None = column("technical", Moment, nullable=True)
    remember_days: int | None = column("technical", Number, nullable=True)
