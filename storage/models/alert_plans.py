"""Whom calls for help ask, in which order: the house's plan, and what each person wishes for their own."""

from datetime import datetime

from sqlalchemy import UniqueConstraint

from storage.types import Id, Json, Moment, Number, Row, Word, column


class AlertPlanRow(Row, table=True):
    """A house's plan: steps of names and minutes, and how often it is gone through again."""

    __tablename__ = "alert_plans"

    house_id: int = column("technical", Id, key=True, references="houses.id")
    steps: str = column("technical", Json)
    repeats: int = column("technical", Number)
    set_at: datetime = column("technical", Moment)


class AlertWishRow(Row, table=True):
    """Somebody a person wants asked first (once they agreed), or never."""

    __tablename__ = "alert_wishes"
    __table_args__ = (UniqueConstraint("person_id", "other_id"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    other_id: int = column("technical", Id, references="people.id", index=True, person="untold")
    wish: str = column("technical", Word(16))
    state: str = column("technical", Word(16))
    made_at: datetime = column("technical", Moment)
