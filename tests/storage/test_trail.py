"""What staff did stands in a chain: a changed line, a missing line and an added line all show."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.engines import make_engine, parse_url
from storage.repositories.houses import House
from storage.repositories.trail import Deed
from tests.storage.support import MINUTE, NOW, join, maple, new_id, somebody


async def a_house_with_deeds(db: Database, people: Sequence[int], *, count: int = 4) -> House:
    house = maple(name=f"House {new_id()}")
    async with db.write() as work:
        await work.houses.add(house)
        for number in range(count):
            actor, about = people[number % len(people)], people[0]
            deed = Deed(
                id=new_id(), house_id=house.id, at=NOW + number * MINUTE, kind="took", actor_id=actor, about_id=about
            )
            await work.trail.append(deed)
        await work.commit()
    return house


async def run(url: str, statement: str, **values: object) -> None:
    engine = make_engine(parse_url(url))
    async with engine.begin() as connection:
        await connection.execute(text(statement), values)
    await engine.dispose()


async def test_a_chain_that_nobody_touched_is_whole(db: Database) -> None:
    house = await a_house_with_deeds(db, [1, 2])
    other = await a_house_with_deeds(db, [1], count=0)
    async with db.read() as work:
        verdict = await work.trail.verify(house.id)
        assert (verdict.lines, verdict.broken_at) == (4, None)
        assert len(verdict.head) == 64
        assert (await work.trail.verify(other.id)).lines == 0


@pytest.mark.parametrize(
    ("tampering", "broken_at"),
    [
        ("UPDATE trail SET kind = 'gave' WHERE number = 2 AND house_id = :house", 2),
        ("UPDATE trail SET detail = '{\"count\": 1}' WHERE number = 3 AND house_id = :house", 3),
        ("UPDATE trail SET about_hash = actor_hash WHERE number = 2 AND house_id = :house", 2),
        ("DELETE FROM trail WHERE number = 1 AND house_id = :house", 1),
        ("DELETE FROM trail WHERE number = 3 AND house_id = :house", 3),
        ("UPDATE trail SET previous = '' WHERE number = 4 AND house_id = :house", 4),
    ],
)
async def test_a_line_that_was_changed_or_taken_out_shows(
    db: Database, url: str, tampering: str, broken_at: int
) -> None:
    house = await a_house_with_deeds(db, [1, 2])
    await run(url, tampering, house=house.id)
    async with db.read() as work:
        assert (await work.trail.verify(house.id)).broken_at == broken_at


async def test_taking_one_out_and_closing_the_gap_shows_too(db: Database, url: str) -> None:
    house = await a_house_with_deeds(db, [1, 2])
    await run(url, "DELETE FROM trail WHERE number = 2 AND house_id = :house", house=house.id)
    await run(url, "UPDATE trail SET number = 2 WHERE number = 3 AND house_id = :house", house=house.id)
    async with db.read() as work:
        assert (await work.trail.verify(house.id)).broken_at == 2


async def test_a_cut_end_shows_by_the_head_that_was_noted(db: Database, url: str) -> None:
    house = await a_house_with_deeds(db, [1, 2])
    async with db.read() as work:
        before = await work.trail.verify(house.id)
    await run(url, "DELETE FROM trail WHERE number = 4 AND house_id = :house", house=house.id)
    async with db.read() as work:
        after = await work.trail.verify(house.id)
    assert (after.lines, after.broken_at) == (3, None)
    assert after.head != before.head


async def test_a_deletion_leaves_no_gap_and_no_number_of_theirs(db: Database, url: str) -> None:
    ada, ben = somebody(77), somebody(78)
    await join(db, ada, ben)
    house = await a_house_with_deeds(db, [ada.id, ben.id])
    async with db.write() as work:
        await work.people.delete(ada.id)
        await work.commit()
    async with db.read() as work:
        assert (await work.trail.verify(house.id)).broken_at is None
        assert len(await work.trail.page(house.id, before=100, limit=10)) == 4
    engine = make_engine(parse_url(url))
    async with engine.connect() as connection:
        rows = (await connection.execute(text("SELECT * FROM trail"))).all()
    await engine.dispose()
    assert ada.id not in [value for row in rows for value in row]


async def test_pseudonyms_of_two_houses_have_nothing_in_common(db: Database) -> None:
    one, two = await a_house_with_deeds(db, [1]), await a_house_with_deeds(db, [1])
    async with db.read() as work:
        first = await work.trail.pseudonyms(one.id, [1, 2])
        assert first.keys().isdisjoint(await work.trail.pseudonyms(two.id, [1, 2]))
        assert sorted(first.values()) == [1, 2]


async def test_somebody_sees_what_they_did_and_what_was_done_about_them(db: Database) -> None:
    house = await a_house_with_deeds(db, [1, 2, 3], count=3)
    async with db.read() as work:
        assert [line.number for line in await work.trail.concerning(house.id, 2, [], before=9, limit=9)] == [2]
        assert [line.number for line in await work.trail.concerning(house.id, 1, [], before=9, limit=9)] == [3, 2, 1]
        assert [line.number for line in await work.trail.concerning(house.id, 1, [], before=3, limit=1)] == [2]
        everything = await work.trail.concerning(house.id, 9, ["took"], before=9, limit=9)
        assert len(everything) == 3
