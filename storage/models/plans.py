"""Plans: what people wrote down to have at hand later."""

from datetime import datetime

from sqlalchemy import Index

from storage.types import Id, Moment, Row, Sealed, SealedBytes, Word, column


class PlanRow(Row, table=True):
    """One thing written down: a safety plan, a coping plan, a small step somebody is asked about later."""

    __tablename__ = "plans"
    __table_args__ = (Index(None, "person_id", "kind"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs")
    kind: str = column("technical", Word(64))
    changed_at: datetime = column("technical", Moment)
    content_sealed: Sealed = column("personal", SealedBytes)
