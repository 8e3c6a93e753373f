"""The house pulse: counts that nobody stands behind, and who took part in which month."""

from datetime import date, datetime

from storage.types import Id, LocalDate, Moment, Number, Row, Word, column


class PulseTallyRow(Row, table=True):
    """How often a value was counted for one item in one month: no person, no moment, no answer of its own."""

    __tablename__ = "pulse_tallies"

    house_id: int = column("technical", Id, key=True, references="houses.id")
    month: date = column("technical", LocalDate, key=True)
    side: str = column("technical", Word(16), key=True)
    item: str = column("technical", Word(32), key=True)
    value: int = column("technical", Number, key=True)
    count: int = column("technical", Number)


class PulsePartRow(Row, table=True):
    """That somebody took part in a month, so that nobody is counted twice; not when, and not what they said."""

    __tablename__ = "pulse_parts"

    person_id: int = column("technical", Id, key=True, references="people.id", person="theirs")
    house_id: int = column("technical", Id, key=True, references="houses.id")
    month: date = column("technical", LocalDate, key=True)


class PulseTalkRow(Row, table=True):
    """That a house has talked about the question of a pulse: of which month, about what; not who said what."""

    __tablename__ = "pulse_talks"

    house_id: int = column("technical", Id, key=True, references="houses.id")
    month: date = column("technical", LocalDate, key=True)
    item: str = column("technical", Word(32))
    at: datetime = column("technical", Moment)
