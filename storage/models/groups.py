"""Group chats that belong to a house."""

from datetime import datetime

from storage.types import Id, KeyedHash, Moment, Row, Sealed, SealedBytes, Word, column


class GroupRow(Row, table=True):
    """A group chat that staff linked to a house, for a purpose: mentors, or house.

    Telegram gives a group that is upgraded another id; `former_hash` finds it by the one it had.
    """

    __tablename__ = "groups"

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, index=True, references="houses.id")
    purpose: str = column("technical", Word(16))
    chat_hash: bytes = column("personal", KeyedHash, unique=True)
    former_hash: bytes | None = column("personal", KeyedHash, nullable=True, unique=True)
    chat_sealed: Sealed = column("personal", SealedBytes)
    title_sealed: Sealed = column("personal", SealedBytes)
    locale: str = column("public", Word(16))
    linked_by: int | None = column("technical", Id, nullable=True, person="part")
    linked_at: datetime = column("technical", Moment)
