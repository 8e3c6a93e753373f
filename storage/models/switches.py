"""What houses have switched off."""

from sqlalchemy import UniqueConstraint

from storage.types import Flag, Id, Row, Word, column


class SwitchRow(Row, table=True):
    """One capability of one house, on or off. What no row speaks of is on."""

    __tablename__ = "switches"
    __table_args__ = (UniqueConstraint("house_id", "name"),)

    id: int = column("technical", Id, key=True)
    house_id: int = column("technical", Id, references="houses.id")
    name: str = column("technical", Word(64))
    is_on: bool = column("technical", Flag)
