"""Words that mean something of their own in one house."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, delete, insert, select

from storage.models.house_words import HouseWordRow
from storage.repositories.base import Repository, values_of
from storage.types import table_of

Means = Literal["ask", "ordinary"]

_WORDS = "house_words.words"

_house_words = table_of(HouseWordRow)

_OF_HOUSE = (
    select(_house_words)
    .where(_house_words.c.house_id == bindparam("house"))
    .order_by(_house_words.c.added_at, _house_words.c.id)
)
_ADD = insert(_house_words)
_REMOVE = delete(_house_words).where(
    _house_words.c.id == bindparam("row"), _house_words.c.house_id == bindparam("house")
)


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseWord:
    """A word or phrase as staff wrote it: asked about in this house (`ask`), or `ordinary` there."""

    id: int
    house_id: int
    words: str
    means: Means
    added_at: datetime


class HouseWords(Repository):
    """A house's own words, sealed by its key."""

    async def add(self, word: HouseWord) -> None:
        """One more. Raises Forgotten when the house is."""
        row = values_of(word)
        key = await self._keys.one(word.house_id)
        row["words_sealed"] = key.seal(_WORDS, word.id, row.pop("words"))
        await self._many(_ADD, [row])

    async def of_house(self, house_id: int) -> list[HouseWord]:
        """All of a house's, oldest first. Raises Forgotten when it has some and its key is gone."""
        rows = await self._all(_OF_HOUSE, {"house": house_id})
        if not rows:
            return []
        key = await self._keys.one(house_id)
        return [
            HouseWord(
                id=row.id,
                house_id=row.house_id,
                words=key.open_text(_WORDS, row.id, row.words_sealed),
                means=row.means,
                added_at=row.added_at,
            )
            for row in rows
        ]

    async def remove(self, word_id: int, house_id: int) -> bool:
        """Takes one away; False when the house has no such word (any more)."""
        return await self._count(_REMOVE, {"row": word_id, "house": house_id}) == 1
