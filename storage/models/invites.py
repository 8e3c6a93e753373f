"""Invitations into a house."""

from datetime import datetime

from storage.types import Id, KeyedHash, Moment, Row, Word, column


class InviteRow(Row, table=True):
    """A code that opens a house once, with a role; over its whole network, if that is named.

    Who made and used it stays, as a number only.
    """

    __tablename__ = "invites"

    id: int = column("technical", Id, key=True)
    code_hash: bytes = column("secret", KeyedHash, unique=True)
    house_id: int = column("technical", Id, index=True, references="houses.id")
    network_id: int | None = column("technical", Id, nullable=True, references="networks.id")
    role: str = column("technical", Word(16))
    created_at: datetime = column("technical", Moment)
    created_by: int | None = column("technical", Id, nullable=True, person="part")
    expires_at: datetime = column("technical", Moment)
    used_at: datetime | None = column("technical", Moment, nullable=True)
    used_by: int | None = column("technical", Id, nullable=True, person="part")
    revoked_at: datetime | None = column("technical", Moment, nullable=True)
