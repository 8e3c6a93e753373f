"""A house's own words in storage."""

from storage.database import Database
from storage.repositories.house_words import HouseWord
from tests.storage.support import NOW, maple, new_id


async def test_words_belong_to_one_house_and_are_sealed(db: Database) -> None:
    house = maple()
    word = HouseWord(id=new_id(), house_id=house.id, words="the old bridge", means="ask", added_at=NOW)
    async with db.write() as work:
        await work.houses.add(house)
        assert await work.house_words.of_house(house.id) == []
        await work.house_words.add(word)
        assert await work.house_words.of_house(house.id) == [word]
        assert await work.house_words.of_house(5) == []
        assert not await work.house_words.remove(word.id, 5)
        assert await work.house_words.remove(word.id, house.id)
        assert not await work.house_words.remove(word.id, house.id)
        assert await work.house_words.of_house(house.id) == []
