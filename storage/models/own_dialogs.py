"""Dialogs that a house wrote itself."""

from datetime import datetime

from storage.types import Id, Moment, Number, Row, Sealed, SealedBytes, Word, column


class OwnDialogRow(Row, table=True):
    """One version of a dialog of a house; sealed by the house's key.

    While it is `sent`, the content is what was sent: a file's name at Telegram, or its words. Once it was read it is
    the file itself, and never changes: what changes is a new version, in a row of its own.
    """

    __tablename__ = "own_dialogs"

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, index=True, references="houses.id")
    author_id: int | None = column("technical", Id, nullable=True, person="wrote")
    name: str = column("technical", Word(40))
    version: int = column("technical", Number)
    state: str = column("technical", Word(16), index=True)
    changed_at: datetime = column("technical", Moment)
    content_sealed: Sealed = column("personal", SealedBytes)
