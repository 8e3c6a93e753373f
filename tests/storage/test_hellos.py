"""Who is asked to say hello to whom: moved by one at a time, asked once, gone with the person."""

from storage.database import Database
from storage.repositories.hellos import Hello
from tests.storage.support import MINUTE, NOW, join, maple, new_id, somebody


async def test_a_hello_is_moved_once_and_asks_each_once(db: Database) -> None:
    ada, bob, house = somebody(77), somebody(78, "Bob"), maple()
    await join(db, ada)
    await join(db, bob)
    hello = Hello(id=new_id(), person_id=ada.id, house_id=house.id, kind="worry", opened_at=NOW)
    async with db.write() as work:
        await work.houses.add(house)
        await work.hellos.add(hello)
        assert await work.hellos.of(ada.id, NOW) == [hello]
        assert await work.hellos.of(ada.id, NOW + MINUTE) == []
        assert await work.hellos.move(hello, "taken", step=1, taken_by=bob.id)
        assert not await work.hellos.move(hello, "over", step=1, taken_by=None)
        [taken] = await work.hellos.taken_by(bob.id)
        assert (taken.state, taken.step, taken.version) == ("taken", 1, 2)
        for _ in range(2):
            await work.hellos.ask(hello.id, [(new_id(), bob.id)])
        assert await work.hellos.asked(hello.id) == {bob.id: False}
        await work.hellos.decline(hello.id, bob.id)
        assert await work.hellos.asked(hello.id) == {bob.id: True}
        await work.people.delete(ada.id)
        assert await work.hellos.get(hello.id) is None
        assert await work.hellos.asked(hello.id) == {}
