"""Hellos: somebody is asked to look in on a person."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from storage.types import Flag, Id, Moment, Number, Row, Word, column


class HelloRow(Row, table=True):
    """One request that somebody say hello to a person; `version` rises with every move."""

    __tablename__ = "hellos"
    __table_args__ = (Index(None, "person_id", "opened_at"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    house_id: int = column("technical", Id, references="houses.id")
    kind: str = column("technical", Word(16))
    state: str = column("technical", Word(16))
    step: int = column("technical", Number)
    version: int = column("technical", Number)
    opened_at: datetime = column("technical", Moment)
    taken_by: int | None = column("technical", Id, nullable=True, person="part")


class HelloAskRow(Row, table=True):
    """Somebody who was asked, once; they stay as a number when they leave."""

    __tablename__ = "hello_asks"
    __table_args__ = (UniqueConstraint("hello_id", "person_id"),)

    id: int = column("technical", Id, key=True)
    hello_id: int = column("technical", Id, references="hellos.id")
    person_id: int = column("technical", Id, index=True, person="part")
    declined: bool = column("technical", Flag)
