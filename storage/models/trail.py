"""Staff's own trail: what staff and mentors did, each line chained to the one before."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from storage.types import Id, Json, KeyedHash, Moment, Number, Row, Word, column


class TrailRow(Row, table=True):
    """One deed in a house; lines are only added. People stand in it by pseudonyms that only the house's key makes."""

    __tablename__ = "trail"
    __table_args__ = (UniqueConstraint("house_id", "number"),)

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, references="houses.id")
    number: int = column("technical", Number)
    at: datetime = column("technical", Moment)
    kind: str = column("technical", Word(32))
    actor_hash: bytes | None = column("personal", KeyedHash, nullable=True)
    about_hash: bytes | None = column("personal", KeyedHash, nullable=True)
    detail: str = column("technical", Json)
    previous: str = column("technical", Word(64))
    digest: str = column("technical", Word(64))
