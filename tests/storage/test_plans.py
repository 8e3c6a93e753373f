"""What people wrote down to have at hand later, and whose it is."""

from dataclasses import replace

import pytest

from storage.database import Database
from storage.problems import Forgotten
from storage.repositories.people import Person
from storage.repositories.plans import Plan
from storage.repositories.practices import Practice
from tests.storage.support import MINUTE, NOW, join, new_id, somebody


@pytest.fixture
async def ada(db: Database) -> Person:
    person = somebody(77)
    await join(db, person)
    return person


@pytest.fixture
async def bob(db: Database) -> Person:
    person = somebody(78, "Bob")
    await join(db, person)
    return person


def plan_of(
    person: Person, kind: str = "safety_plan", content: bytes = b'{"signs": "I stop calling people"}'
) -> Plan:
    return Plan(id=new_id(), person_id=person.id, kind=kind, changed_at=NOW, content=content)


async def test_a_plan_comes_back_as_it_was_written_and_changed(db: Database, ada: Person) -> None:
    plan, other = plan_of(ada), plan_of(ada, "coping_plan")
    async with db.write() as work:
        await work.plans.add(plan)
        await work.plans.add(other)
        assert await work.plans.of(ada.id, "safety_plan") == [plan]
        changed = replace(plan, content=b'{"signs": "I sleep badly"}', changed_at=NOW + MINUTE)
        assert await work.plans.change(changed)
        assert await work.plans.get(plan.id, ada.id) == changed
        assert await work.plans.remove(plan.id, ada.id)
        assert not await work.plans.change(changed)
        assert await work.plans.of(ada.id, "coping_plan") == [other]


async def test_nobody_reads_changes_or_removes_what_is_another_s(db: Database, ada: Person, bob: Person) -> None:
    plan = plan_of(ada)
    async with db.write() as work:
        await work.plans.add(plan)
        assert await work.plans.get(plan.id, bob.id) is None
        assert await work.plans.of(bob.id, plan.kind) == []
        assert not await work.plans.change(replace(plan, person_id=bob.id))
        assert not await work.plans.remove(plan.id, bob.id)
        assert await work.plans.get(plan.id, ada.id) == plan


async def test_the_practices_of_several_people_are_read_at_once_without_the_forgotten(
    db: Database, ada: Person, bob: Person
) -> None:
    practices = [
        Practice(
            id=new_id(),
            person_id=person.id,
            skill="urge_surfing",
            started_at=at,
            finished_at=at,
            answers=b'{"before": 8, "after": 3}',
        )
        for person, at in ((ada, NOW - MINUTE), (ada, NOW), (bob, NOW))
    ]
    async with db.write() as work:
        for practice in practices:
            await work.practices.add(practice)
        assert await work.practices.of_many([ada.id, bob.id], NOW) == practices[1:]
        await work.keys.destroy(bob.id)
        assert await work.practices.of_many([ada.id, bob.id], NOW) == practices[1:2]
        with pytest.raises(Forgotten):
            await work.plans.add(plan_of(bob))
