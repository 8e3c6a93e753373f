"""Who is on call in a house, turn by turn, and who stands in for whom."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint

from storage.types import Id, LocalDate, Moment, Number, Row, Word, column


class RotaRow(Row, table=True):
    """The rota of a house: turns of so many days, handed over at a local time (minutes after midnight)."""

    __tablename__ = "rotas"

    house_id: int = column("technical", Id, key=True, references="houses.id")
    days: int = column("technical", Number)
    handover: int = column("technical", Number)
    starts_on: date = column("technical", LocalDate)
    set_at: datetime = column("technical", Moment)


class RotaPersonRow(Row, table=True):
    """A place in the order. Who leaves stays as a number: everybody else's turns stay where they were."""

    __tablename__ = "rota_people"
    __table_args__ = (UniqueConstraint("house_id", "place"),)

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, references="rotas.house_id")
    place: int = column("technical", Number)
    person_id: int = column("technical", Id, person="part")


class StandInRow(Row, table=True):
    """Somebody on call in another's place, between two moments; it counts once its state is `agreed`."""

    __tablename__ = "stand_ins"
    __table_args__ = (Index(None, "house_id", "ends_at"),)

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, references="houses.id")
    person_id: int = column("technical", Id, person="part")
    instead_of: int | None = column("technical", Id, nullable=True, person="part")
    starts_at: datetime = column("technical", Moment)
    ends_at: datetime = column("technical", Moment)
    state: str = column("technical", Word(16))
    made_at: datetime = column("technical", Moment)
