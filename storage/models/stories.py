"""How somebody here did it: stories and tips, and what others say to them."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint

from storage.types import Id, Moment, Row, Sealed, SealedBytes, Word, column


class StoryRow(Row, table=True):
    """One story or tip, sealed by the key of its teller: with them, it goes.

    `about` is what it is about: a trigger (craving, sleep), of a tip the skill. `reach` is for whom it was told: its
    house, or all houses of its house's network.
    """

    __tablename__ = "stories"
    __table_args__ = (Index(None, "house_id", "state", "kind", "about"),)

    id: int = column("technical", Id, key=True)
    person_id: int = column("technical", Id, references="people.id", person="theirs", index=True)
    house_id: int = column("technical", Id, references="houses.id")
    kind: str = column("technical", Word(16))
    about: str = column("technical", Word(64))
    signed: str = column("technical", Word(16))
    reach: str = column("technical", Word(16))
    state: str = column("technical", Word(16))
    told_at: datetime = column("technical", Moment)
    shown_at: datetime | None = column("technical", Moment, nullable=True)
    words_sealed: Sealed = column("personal", SealedBytes)


class StoryVoiceRow(Row, table=True):
    """What one person said to a story: yes, no, seen or helped; each once."""

    __tablename__ = "story_voices"
    __table_args__ = (UniqueConstraint("story_id", "person_id", "says"),)

    id: int = column("technical", Id, key=True)
    story_id: int = column("technical", Id, references="stories.id")
    person_id: int = column("technical", Id, references="people.id", person="theirs", index=True)
    says: str = column("technical", Word(16))
    at: datetime = column("technical", Moment)
