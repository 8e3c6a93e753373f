"""Who lives where, and who does what there."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Id, Moment, Row, Word, column


class MembershipRow(Row, table=True):
    """A person in a house, with a standing: resident, outpatient or alumni."""

    __tablename__ = "memberships"
    __table_args__ = (Index(None, "house_id", "until"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, index=True, references="people.id", person="theirs")
    house_id: int = column("technical", Id, references="houses.id")
    standing: str = column("technical", Word(16))
    since: datetime = column("technical", Moment)
    until: datetime | None = column("technical", Moment, nullable=True)


class GrantRow(Row, table=True):
    """A role given to a person over a house: participant, mentor, staff, officer."""

    __tablename__ = "grants"
    __table_args__ = (Index(None, "house_id", "role"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, index=True, references="people.id", person="theirs")
    house_id: int = column("technical", Id, references="houses.id")
    role: str = column("technical", Word(16))
    since: datetime = column("technical", Moment)
    until: datetime | None = column("technical", Moment, nullable=True)
