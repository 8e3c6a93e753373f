"""Results of the longer check-ins, and what houses switched off."""

from datetime import timedelta

from storage.database import Database
from storage.repositories.results import Result
from tests.storage.support import NOW, join, maple, new_id, somebody


async def test_a_result_comes_back_to_whose_it_is(db: Database) -> None:
    ada, bob = somebody(77), somebody(78, "Bob")
    await join(db, ada)
    await join(db, bob)
    result = Result(
        id=new_id(), person_id=ada.id, instrument="weekly_checkin", day=NOW.date(), at=NOW, answers=b'{"phq_down": 2}'
    )
    async with db.write() as work:
        await work.results.add(result)
        assert await work.results.of(ada.id, NOW) == [result]
        assert await work.results.of(ada.id, NOW + timedelta(seconds=1)) == []
        assert await work.results.of(bob.id, NOW) == []


async def test_a_house_turns_a_switch_and_turns_it_back(db: Database) -> None:
    here, there = maple(), maple(name="Oak House")
    async with db.write() as work:
        await work.houses.add(here)
        await work.houses.add(there)
        assert await work.switches.off(here.id) == frozenset()
        await work.switches.set(new_id(), here.id, "weekly_checkin", on=False)
        assert await work.switches.off(here.id) == {"weekly_checkin"}
        assert await work.switches.off(there.id) == frozenset()
        await work.switches.set(new_id(), here.id, "weekly_checkin", on=True)
        assert await work.switches.off(here.id) == frozenset()
