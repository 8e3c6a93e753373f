"""Words that mean something of their own in one house."""

from datetime import datetime

from storage.types import Id, Moment, Row, Sealed, SealedBytes, Word, column


class HouseWordRow(Row, table=True):
    """A word or phrase that is asked about in a house, or that is ordinary there; sealed by the house's key."""

    __tablename__ = "house_words"

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, index=True, references="houses.id")
    words_sealed: Sealed = column("personal", SealedBytes)
    means: str = column("technical", Word(16))
    added_at: datetime = column("technical", Moment)
