"""What is on in a house, in storage."""

from datetime import date, timedelta

from storage.database import Database
from storage.repositories.events import Event
from tests.storage.support import NOW, maple, new_id


async def test_what_is_on_belongs_to_one_house_and_goes_when_it_is_over(db: Database) -> None:
    house, day = maple(), date(2027, 3, 5)
    weekly = Event(
        id=new_id(), house_id=house.id, words="Cooking together", days=0b1010, day=None, minutes=1080, added_at=NOW
    )
    once = Event(
        id=new_id(),
        house_id=house.id,
        words="Film night",
        days=0,
        day=day,
        minutes=None,
        added_at=NOW + timedelta(minutes=1),
    )
    async with db.write() as work:
        await work.houses.add(house)
        assert await work.events.of_house(house.id) == []
        await work.events.add(once)
        await work.events.add(weekly)
        assert await work.events.of_house(house.id) == [weekly, once]
        assert await work.events.of_house(5) == []
        await work.events.prune(day)
        assert await work.events.of_house(house.id) == [weekly, once]
        await work.events.prune(day + timedelta(days=1))
        assert await work.events.of_house(house.id) == [weekly]
        assert not await work.events.remove(weekly.id, 5)
        assert await work.events.remove(weekly.id, house.id)
        assert not await work.events.remove(weekly.id, house.id)
