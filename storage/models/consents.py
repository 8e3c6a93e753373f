"""What people agreed to, and when they took it back."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Flag, Id, Moment, Number, Row, Word, column


class ConsentRow(Row, table=True):
    """One yes or no to one purpose in one version; rows are only ever added."""

    __tablename__ = "consents"
    __table_args__ = (Index(None, "person_id", "purpose"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    purpose: str = column("technical", Word(64))
    version: int = column("technical", Number)
    given: bool = column("technical", Flag)
    at: datetime = column("technical", Moment)
