"""Whether somebody still belongs to a house: asked by the postman, of each letter for its people, before it goes."""

from dataclasses import dataclass

from bot.clock import Clock
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Belonging:
    """Leaving counts at once, for what is queued already too."""

    database: Database
    clock: Clock

    async def belongs(self, person_id: int, house_id: int | None) -> bool:
        """Whether they are anything in that house at this moment; in any house at all, if none is named."""
        async with self.database.read() as work:
            places = (await work.memberships.places_of([person_id], self.clock.now())).get(person_id, ())
        return any(house_id is None or place.house_id == house_id for place in places)

    async def whereabouts(self, chat_id: int) -> int | None:
        """The id a linked group has now; None for one that is linked to no house."""
        async with self.database.read() as work:
            group = await work.groups.by_chat(chat_id)
        return None if group is None else group.chat_id
