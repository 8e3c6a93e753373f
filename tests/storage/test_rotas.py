"""The rota, who stands in, who is away, and whom a call asks: kept as it was said, and changed only as it stood."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.database import Database
from storage.repositories.alert_plans import AlertPlan, AlertWish, Wish
from storage.repositories.availability import Availability, TestCall
from storage.repositories.rotas import Rota, StandIn
from storage.repositories.timers import Timer
from tests.storage.support import MINUTE, NOW, join, maple, new_id, somebody

DAY = timedelta(days=1)


async def test_a_rota_keeps_its_order_and_a_new_one_takes_its_place(db: Database) -> None:
    house = maple()
    rota = Rota(
        house_id=house.id, days=7, handover=9 * 60, starts_on=date(2026, 3, 2), set_at=NOW, people=(30, 10, 20)
    )
    async with db.write() as work:
        await work.houses.add(house)
        assert await work.rotas.get(house.id) is None
        await work.rotas.set(rota, [new_id() for _ in rota.people])
        assert await work.rotas.get(house.id) == rota
        shorter = replace(rota, days=1, people=(10,))
        await work.rotas.set(shorter, [new_id()])
        assert await work.rotas.get(house.id) == shorter
        await work.rotas.remove(house.id)
        assert await work.rotas.get(house.id) is None


async def test_a_stand_in_is_answered_once(db: Database) -> None:
    house = maple()
    swap = StandIn(
        id=new_id(),
        house_id=house.id,
        person_id=2,
        instead_of=1,
        starts_at=NOW,
        ends_at=NOW + DAY,
        state="asked",
        made_at=NOW,
    )
    async with db.write() as work:
        await work.houses.add(house)
        await work.rotas.add_stand_in(swap)
        assert await work.rotas.move_stand_in(swap.id, "agreed", NOW + MINUTE, was="asked")
        assert not await work.rotas.move_stand_in(swap.id, "declined", NOW + MINUTE, was="asked")
        agreed = replace(swap, state="agreed", made_at=NOW + MINUTE)
        assert await work.rotas.stand_in(swap.id) == agreed
        assert await work.rotas.stand_ins_of(house.id, NOW) == [agreed]
        assert await work.rotas.stand_ins_of(house.id, NOW + DAY) == []
        assert await work.rotas.stand_in(5) is None


async def test_houses_that_nothing_watches_are_found(db: Database) -> None:
    one, two = maple(), maple(name="Oak House")
    async with db.write() as work:
        await work.houses.add(one)
        await work.houses.add(two)
        watch = Timer(id=new_id(), kind="watch", subject_id=one.id, fence=0, due_at=NOW, created_at=NOW)
        await work.timers.add_many([watch])
        assert await work.rotas.unwatched("watch") == [two.id]


async def test_away_and_quiet_hours_are_said_apart(db: Database) -> None:
    ada = somebody(77)
    await join(db, ada)
    async with db.write() as work:
        assert await work.availability.of([ada.id]) == {}
        await work.availability.set_away(ada.id, NOW + DAY)
        await work.availability.set_quiet(ada.id, (22 * 60, 7 * 60))
        said = Availability(person_id=ada.id, away_until=NOW + DAY, quiet_from=22 * 60, quiet_until=7 * 60)
        assert await work.availability.of([ada.id]) == {ada.id: said}
        await work.availability.set_away(ada.id, None)
        await work.availability.set_quiet(ada.id, None)
        assert await work.availability.of([ada.id]) == {ada.id: Availability(person_id=ada.id)}


async def test_the_last_test_call_is_known_and_its_tap_counts_once(db: Database) -> None:
    house, ada = maple(), somebody(77)
    await join(db, ada)
    calls = [TestCall(id=new_id(), person_id=ada.id, house_id=house.id, planned_at=NOW) for _ in range(2)]
    async with db.write() as work:
        await work.houses.add(house)
        await work.availability.plan_calls(calls)
        last = calls[-1]
        assert await work.availability.latest_calls([ada.id, 5]) == {ada.id: last}
        assert await work.availability.mark_sent(last.id, NOW)
        assert not await work.availability.mark_sent(last.id, NOW + MINUTE)
        assert await work.availability.answer(last.id, NOW + MINUTE)
        assert not await work.availability.answer(last.id, NOW + DAY)
        assert await work.availability.call(last.id) == replace(last, sent_at=NOW, answered_at=NOW + MINUTE)


@pytest.mark.parametrize("wish", ["first", "never"])
async def test_there_is_one_wish_about_each_other_person_and_it_goes_with_either(db: Database, wish: Wish) -> None:
    ada, ben = somebody(1), somebody(2)
    await join(db, ada, ben)
    first = AlertWish(id=new_id(), person_id=ada.id, other_id=ben.id, wish="first", state="asked", made_at=NOW)
    async with db.write() as work:
        await work.alert_plans.set_wish(first)
        assert await work.alert_plans.move_wish(first.id, "agreed", NOW, was="asked")
        assert not await work.alert_plans.move_wish(first.id, "declined", NOW, was="asked")
        assert await work.alert_plans.wish(first.id) == replace(first, state="agreed")
        second = replace(first, id=new_id(), wish=wish)
        await work.alert_plans.set_wish(second)
        assert await work.alert_plans.wishes_of([ada.id, ben.id]) == [second]
        await work.people.delete(ben.id)
        assert await work.alert_plans.wishes_of([ada.id]) == []
        assert not await work.alert_plans.forget(ada.id, ben.id)


async def test_a_house_has_one_plan_of_its_own(db: Database) -> None:
    house = maple()
    plan = AlertPlan(house_id=house.id, steps='[["mentor", 3]]', repeats=0, set_at=NOW)
    async with db.write() as work:
        await work.houses.add(house)
        await work.alert_plans.set(plan)
        await work.alert_plans.set(replace(plan, repeats=1))
        assert await work.alert_plans.get(house.id) == replace(plan, repeats=1)
        await work.alert_plans.remove(house.id)
        assert await work.alert_plans.get(house.id) is None
