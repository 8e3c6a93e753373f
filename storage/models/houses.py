"""Recovery homes."""

from datetime import datetime

from storage.types import Id, KeyedHash, Moment, Row, Sealed, SealedBytes, Word, column


class HouseRow(Row, table=True):
    """A recovery home; what would say where it is, is sealed by its own key."""

    __tablename__ = "houses"

    id: int = column("technical", Id, key=True)
    name_sealed: Sealed = column("personal", SealedBytes)
    name_hash: bytes = column("personal", KeyedHash, unique=True)
    country: str = column("public", Word(2))
    zone: str = column("public", Word(64))
    address_sealed: Sealed | None = column("personal", SealedBytes, nullable=True)
    phone_sealed: Sealed | None = column("personal", SealedBytes, nullable=True)
    naloxone_sealed: Sealed | None = column("personal", SealedBytes, nullable=True)
    created_at: datetime = column("technical", Moment)
