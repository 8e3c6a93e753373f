"""Group chats of a house."""

from storage.database import Database
from storage.repositories.groups import Group
from tests.storage.support import NOW, maple, new_id


def group(house_id: int, chat_id: int, **changes: object) -> Group:
    values: dict[str, object] = {
        "id": new_id(),
        "house_id": house_id,
        "purpose": "mentors",
        "chat_id": chat_id,
        "title": "Maple mentors",
        "locale": "es",
        "linked_at": NOW,
    }
    return Group(**(values | changes))  # type: ignore[arg-type]


async def test_a_group_is_linked_once_found_by_its_chat_and_by_the_one_it_had_and_let_go(db: Database) -> None:
    house, other = maple(), maple(name="Oak House")
    async with db.write() as work:
        await work.houses.add(house)
        await work.houses.add(other)
        ours, ours_too = group(house.id, -5), group(house.id, -6, purpose="house")
        assert await work.groups.add(ours)
        assert await work.groups.add(ours_too)
        assert not await work.groups.add(group(other.id, -5))
        await work.commit()
    async with db.write() as work:
        assert await work.groups.by_chat(-5) == ours
        assert await work.groups.by_chat(-7) is None
        assert await work.groups.of_house(house.id) == [ours, ours_too]
        assert await work.groups.of_house(house.id, "house") == [ours_too]
        assert await work.groups.of_house(other.id) == []
        await work.groups.move(ours, -1005)
        moved = await work.groups.by_chat(-1005)
        assert moved is not None
        assert await work.groups.by_chat(-5) == moved
        assert (moved.chat_id, moved.title) == (-1005, "Maple mentors")
        await work.groups.remove(ours.id)
        assert await work.groups.by_chat(-1005) is None
        await work.commit()
