"""The keys that seal the rest, each wrapped by a master key."""

from storage.types import Id, Number, Row, Sealed, SealedBytes, Word, column


class DataKeyRow(Row, table=True):
    """The data key of one subject: a person, a house, or 0 for the system."""

    __tablename__ = "data_keys"

    subject_id: int = column("technical", Id, key=True, person="key")
    wrapped: Sealed = column("secret", SealedBytes)
    master: str = column("technical", Word(16), index=True)


class LookupKeyRow(Row, table=True):
    """A key for keyed hashes; the newest number hashes, all find."""

    __tablename__ = "lookup_keys"

    number: int = column("technical", Number, key=True)
    wrapped: Sealed = column("secret", SealedBytes)
    master: str = column("technical", Word(16))
