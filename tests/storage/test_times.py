"""Timers, schedules and prompts: each fires once."""

import asyncio
from dataclasses import replace

import pytest

from storage.database import Database
from storage.repositories.people import Person
from storage.repositories.prompts import Prompt
from storage.repositories.schedules import Schedule
from storage.repositories.timers import Timer
from storage.sealing import Keyring
from tests.storage.support import MINUTE, NOW, join, new_id, somebody


@pytest.fixture
async def ada(db: Database) -> Person:
    person = somebody(77)
    await join(db, person)
    return person


def timer(subject_id: int, kind: str = "nudge", minutes: int = 0) -> Timer:
    due = NOW + minutes * MINUTE
    return Timer(id=new_id(), kind=kind, subject_id=subject_id, fence=3, due_at=due, created_at=NOW)


async def test_timers_come_due_in_order_and_the_next_is_known(db: Database) -> None:
    late, early, next_one = timer(1, minutes=-1), timer(2, minutes=-5), timer(3, minutes=9)
    async with db.write() as work:
        assert await work.timers.next_due_at() is None
        await work.timers.add_many([late, early, next_one])
        assert await work.timers.due(NOW, 10) == [early, late]
        assert await work.timers.due(NOW, 1) == [early]
        assert await work.timers.take([early.id, late.id, 5]) == {early.id, late.id}
        assert await work.timers.take([early.id]) == set()
        assert await work.timers.next_due_at() == next_one.due_at


async def test_a_timer_is_taken_by_one_of_two_processes(url: str, keyring: Keyring) -> None:
    timers = [timer(number) for number in range(20)]
    ids = {each.id for each in timers}
    async with Database(url, keyring) as one, Database(url, keyring) as two:
        async with one.write() as work:
            await work.timers.add_many(timers)
            await work.commit()

        async def take(db: Database) -> set[int]:
            async with db.write() as work:
                taken = await work.timers.take(ids)
                await work.commit()
                return taken

        first, second = await asyncio.gather(take(one), take(two))
    assert first | second == ids
    assert not first & second


async def test_timers_are_cancelled_by_subject_and_kind(db: Database) -> None:
    async with db.write() as work:
        await work.timers.add_many([timer(1), timer(1, "pause"), timer(2)])
        assert await work.timers.cancel(1, "pause") == 1
        assert await work.timers.cancel(1) == 1
        assert [each.subject_id for each in await work.timers.due(NOW, 10)] == [2]


async def test_a_schedule_moves_on_once_and_rests_while_paused(db: Database, ada: Person) -> None:
    schedule = Schedule(id=new_id(), person_id=ada.id, kind="checkin", local_minutes=480, days=127, next_at=NOW)
    tomorrow = NOW + 1440 * MINUTE
    async with db.write() as work:
        await work.schedules.set(schedule)
        assert await work.schedules.due(NOW, 10) == [schedule]
        assert await work.schedules.reschedule(schedule.id, tomorrow, NOW)
        assert not await work.schedules.reschedule(schedule.id, tomorrow, NOW)
        assert await work.schedules.due(NOW, 10) == []
        paused = replace(schedule, id=new_id(), local_minutes=540, paused_until=NOW + MINUTE)
        await work.schedules.set(paused)
        assert await work.schedules.due(NOW, 10) == []
        assert await work.schedules.of(ada.id) == [replace(paused, id=schedule.id)]
        assert await work.schedules.due(NOW + MINUTE, 10) != []
        assert await work.schedules.remove(ada.id, "checkin")
        assert not await work.schedules.remove(ada.id, "checkin")


async def test_a_prompt_is_asked_before_it_can_be_answered_and_never_twice(db: Database, ada: Person) -> None:
    asked, missed = (
        Prompt(id=new_id(), person_id=ada.id, kind="checkin", planned_at=NOW, outbox_id=new_id()) for _ in range(2)
    )
    assert asked.outbox_id is not None
    assert missed.outbox_id is not None
    async with db.write() as work:
        await work.prompts.add_many([asked, missed])
        assert await work.prompts.is_waiting(asked.id)
        assert await work.prompts.by_outbox([asked.outbox_id]) == {asked.outbox_id: asked}
        await work.prompts.settle_by_outbox({asked.outbox_id: "asked", missed.outbox_id: "not_asked"}, NOW)
        assert await work.prompts.settle(asked.id, "answered", NOW)
        assert not await work.prompts.is_waiting(asked.id)
        assert not await work.prompts.settle(missed.id, "answered", NOW)
        await work.prompts.settle_by_outbox({asked.outbox_id: "not_asked"}, NOW)
        outcomes = {prompt.id: prompt.outcome for prompt in await work.prompts.of(ada.id, NOW)}
        assert outcomes == {asked.id: "answered", missed.id: "not_asked"}
        assert await work.prompts.of(ada.id, NOW + MINUTE) == []
