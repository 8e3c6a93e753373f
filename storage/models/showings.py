"""Each time something about a person was shown to somebody else."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Id, Moment, Row, Word, column


class ShowingRow(Row, table=True):
    """One showing: about whom, to whom, what and why. Who saw stays as a number when they leave."""

    __tablename__ = "showings"
    __table_args__ = (Index(None, "about_id", "at"),)

    id: int = column("technical", Id, key=True)
    about_id: int = column("technical", Id, references="people.id", person="theirs")
    viewer_id: int = column("technical", Id, person="part")
    what: str = column("technical", Word(32))
    why: str = column("technical", Word(32))
    at: datetime = column("technical", Moment, index=True)
