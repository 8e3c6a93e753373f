"""How somebody here did it: stories and tips, and what others say to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.models.stories import StoryRow, StoryVoiceRow
from storage.repositories.base import Repository, values_of
from storage.statements import AnyRow
from storage.types import Moment, one_of, table_of

StoryKind: TypeAlias = Literal["story", "tip"]
StoryState: TypeAlias = Literal["asked", "shown"]
Signed: TypeAlias = Literal["name", "letter", "nobody"]
Reach: TypeAlias = Literal["house", "network"]
Says: TypeAlias = Literal["yes", "no", "seen", "helped"]

_WORDS = "stories.words"

_stories = table_of(StoryRow)
_voices = table_of(StoryVoiceRow)

# PostgreSQL's `ON CONFLICT` is SQLite's too, word for word.
_ADD = insert(_stories)
_GET = select(_stories).where(_stories.c.id == bindparam("story"))
_HOLD = select(_stories.c.id).where(_stories.c.id == bindparam("story")).with_for_update()
_OF = select(_stories).where(_stories.c.person_id == bindparam("person")).order_by(_stories.c.id)
_SHOWN = (
    select(_stories)
    .where(
        (_stories.c.house_id == bindparam("house"))
        | (one_of(_stories.c.house_id, "sisters") & (_stories.c.reach == "network")),
        _stories.c.state == "shown",
        _stories.c.kind == bindparam("wanted"),
        one_of(_stories.c.about, "abouts", str),
    )
    .order_by(_stories.c.id)
)
_SHOW = (
    update(_stories)
    .where(_stories.c.id == bindparam("story"), _stories.c.state == "asked")
    .values(state="shown", shown_at=bindparam("now", type_=Moment()))
)
_REMOVE = delete(_stories).where(_stories.c.id == bindparam("story"))
_SAY = insert(_voices).on_conflict_do_nothing()
_VOICES = select(_voices).where(_voices.c.story_id == bindparam("story")).order_by(_voices.c.id)
_VOICES_OF = select(_voices).where(_voices.c.person_id == bindparam("person")).order_by(_voices.c.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One story or tip; `words` is JSON, the message that is shown. `about` is a trigger, of a tip the skill.

    `reach` is for whom it was told: its house, or all houses of the network that its house belongs to.
    """

    id: int
    person_id: int
    house_id: int
    kind: StoryKind
    about: str
    signed: Signed
    state: StoryState
    told_at: datetime
    words: bytes
    reach: Reach = "house"
    shown_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """What one person said to a story."""

    id: int
    story_id: int
    person_id: int
    says: Says
    at: datetime


class Stories(Repository):
    """Stories and tips, sealed by the key of who told them."""

    async def add(self, story: Story) -> None:
        """A new one. Raises Forgotten."""
        row = values_of(story)
        key = await self._keys.one(story.person_id)
        row["words_sealed"] = key.seal(_WORDS, story.id, row.pop("words"))
        await self._many(_ADD, [row])

    async def get(self, story_id: int) -> Story | None:
        """The one with this id; None when it was taken back, or its teller is gone."""
        found = await self._open(await self._all(_GET, {"story": story_id}))
        return found[0] if found else None

    async def hold(self, story_id: int) -> None:
        """Nobody else decides about it until this is committed: two who say yes at once see each other's."""
        await self._first(_HOLD, {"story": story_id})

    async def of(self, person_id: int) -> list[Story]:
        """What somebody told, oldest first."""
        return await self._open(await self._all(_OF, {"person": person_id}))

    async def shown(
        self, house_id: int, kind: StoryKind, abouts: Iterable[str], *, sisters: Iterable[int] = ()
    ) -> list[Story]:
        """Those that a house may be shown, about any of these, oldest first: its own, and of its sister houses those
        that were told to the network."""
        values = {"house": house_id, "sisters": sorted(sisters), "wanted": kind, "abouts": sorted(set(abouts))}
        return await self._open(await self._all(_SHOWN, values))

    async def show(self, story_id: int, now: datetime) -> bool:
        """From now on it may be shown; False when it was already, or is gone."""
        return await self._count(_SHOW, {"story": story_id, "now": now}) == 1

    async def remove(self, story_id: int) -> bool:
        """It is gone, and everything that was said to it; False when it was gone before."""
        return await self._count(_REMOVE, {"story": story_id}) == 1

    async def say(self, voice: Voice) -> bool:
        """Somebody says something to it; False when they had said so before."""
        return await self._count(_SAY, values_of(voice)) == 1

    async def voices(self, story_id: int) -> list[Voice]:
        """What was said to a story, oldest first."""
        return [Voice(**row._mapping) for row in await self._all(_VOICES, {"story": story_id})]

    async def voices_of(self, person_id: int) -> list[Voice]:
        """What somebody said to stories, oldest first."""
        return [Voice(**row._mapping) for row in await self._all(_VOICES_OF, {"person": person_id})]

    async def _open(self, rows: Sequence[AnyRow]) -> list[Story]:
        keys = await self._keys.of(row.person_id for row in rows)
        stories = []
        for row in rows:
            if row.person_id in keys:
                values = dict(row._mapping)
                words = keys[row.person_id].open(_WORDS, row.id, values.pop("words_sealed"))
                stories.append(Story(**values, words=words))
        return stories
