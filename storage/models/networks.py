"""Homes run together."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Id, KeyedHash, Moment, Row, Sealed, SealedBytes, Word, column


class NetworkRow(Row, table=True):
    """Homes run together; its name is sealed by its own key."""

    __tablename__ = "networks"

    id: int = column("technical", Id, key=True)
    name_sealed: Sealed = column("personal", SealedBytes)
    name_hash: bytes = column("personal", KeyedHash, unique=True)
    created_at: datetime = column("technical", Moment)


class NetworkHouseRow(Row, table=True):
    """A house of a network; a house belongs to one at most."""

    __tablename__ = "network_houses"

    house_id: int = column("technical", Id, key=True, references="houses.id")
    network_id: int = column("technical", Id, index=True, references="networks.id")


class NetworkGrantRow(Row, table=True):
    """A role given to a person over a network: it holds in each of its houses."""

    __tablename__ = "network_grants"
    __table_args__ = (Index(None, "network_id", "role"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, index=True, references="people.id", person="theirs")
    network_id: int = column("technical", Id, references="networks.id")
    role: str = column("technical", Word(16))
    since: datetime = column("technical", Moment)
    until: datetime | None = column("technical", Moment, nullable=True)
