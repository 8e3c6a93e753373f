"""Check-ins, practices and alerts."""

import asyncio
from datetime import date

import pytest

from storage.database import Database
from storage.repositories.alert_trail import AlertEvent, Ask
from storage.repositories.alerts import Alert
from storage.repositories.checkins import Checkin
from storage.repositories.houses import House
from storage.repositories.people import Person
from storage.repositories.practices import Practice
from tests.storage.support import MINUTE, NOW, join, maple, new_id, somebody


@pytest.fixture
async def ada(db: Database) -> Person:
    person = somebody(77)
    await join(db, person)
    return person


@pytest.fixture
async def house(db: Database) -> House:
    made = maple()
    async with db.write() as work:
        await work.houses.add(made)
        await work.commit()
    return made


async def test_checkins_and_practices_come_back_as_they_were_given(db: Database, ada: Person) -> None:
    checkin = Checkin(
        id=new_id(), person_id=ada.id, day=date(2026, 3, 1), at=NOW, answers=b'{"mood": 3, "note": "hard day"}'
    )
    practice = Practice(
        id=new_id(),
        person_id=ada.id,
        skill="urge_surfing",
        started_at=NOW,
        finished_at=NOW + 6 * MINUTE,
        answers=b'{"before": 8, "after": 3}',
    )
    async with db.write() as work:
        await work.checkins.add(checkin)
        await work.practices.add(practice)
        assert await work.checkins.of(ada.id, NOW) == [checkin]
        assert await work.checkins.of(ada.id, NOW + MINUTE) == []
        assert await work.practices.of(ada.id) == [practice]


def call(person: Person, house: House, **changes: object) -> Alert:
    values: dict[str, object] = {"severity": "sos", "state": "asking", "plan": "[]", "opened_at": NOW}
    return Alert(
        id=new_id(),
        person_id=person.id,
        house_id=house.id,
        **(values | changes),  # type: ignore[arg-type]  # fields by name
    )


async def test_an_alert_opens_once_for_each_update(db: Database, ada: Person, house: House) -> None:
    alert = call(ada, house, line="Please call me", source_update=9)
    async with db.write() as work:
        assert await work.alerts.add(alert)
        assert not await work.alerts.add(call(ada, house, source_update=9))
        assert await work.alerts.open_for(ada.id) == [alert]
        assert await work.alerts.open_all() == [alert]
        assert await work.alerts.of_house(house.id, NOW) == [alert]
        assert await work.alerts.of_house(5, NOW) == []
        await work.alerts.set_line(alert.id, ada.id, "I'm in the garden")
        assert (await work.alerts.get_many([alert.id]))[alert.id].line == "I'm in the garden"


async def test_of_many_responders_who_take_an_alert_at_once_one_has_it(
    db: Database, ada: Person, house: House
) -> None:
    alert = call(ada, house)
    async with db.write() as work:
        await work.alerts.add(alert)
        await work.commit()

    async def take(responder: int) -> bool:
        async with db.write() as work:
            won = await work.alerts.move(alert.id, 1, state="taken", taken_by=responder, taken_at=NOW)
            await work.commit()
            return won

    won = await asyncio.gather(*map(take, range(1, 21)))
    async with db.read() as work:
        taken = (await work.alerts.get_many([alert.id]))[alert.id]
    assert won.count(True) == 1
    assert (taken.taken_by, taken.version) == (won.index(True) + 1, 2)


async def test_an_alert_that_ended_is_open_no_more(db: Database, ada: Person, house: House) -> None:
    alert = call(ada, house)
    async with db.write() as work:
        await work.alerts.add(alert)
        assert await work.alerts.move(alert.id, 1, state="ended", ended_at=NOW, outcome="resolved")
        assert not await work.alerts.move(alert.id, 1, state="asking")
        assert await work.alerts.open_for(ada.id) == []
        assert await work.alerts.open_all() == []


async def test_each_step_asks_each_responder_once_and_load_is_counted_by_alert(
    db: Database, ada: Person, house: House
) -> None:
    alert = call(ada, house)

    def ask(person_id: int, step: int) -> Ask:
        return Ask(id=new_id(), alert_id=alert.id, person_id=person_id, step=step, asked_at=NOW)

    first, second, other = ask(1, 0), ask(1, 1), ask(2, 1)
    async with db.write() as work:
        await work.alerts.add(alert)
        assert await work.alert_trail.ask_many([first]) == {first.id}
        assert await work.alert_trail.ask_many([ask(1, 0), second, other]) == {second.id, other.id}
        assert await work.alert_trail.load_of([1, 2, 3], NOW) == {1: 1, 2: 1}
        assert await work.alert_trail.answer(alert.id, 2, "on_it", NOW)
        assert not await work.alert_trail.answer(alert.id, 3, "on_it", NOW)
        asks = await work.alert_trail.asks_of([alert.id])
        assert [(each.person_id, each.step, each.answer) for each in asks] == [
            (1, 0, None),
            (1, 1, None),
            (2, 1, "on_it"),
        ]


async def test_what_happened_to_an_alert_is_told_in_order(db: Database, ada: Person, house: House) -> None:
    alert = call(ada, house)
    later, earlier = (
        AlertEvent(id=new_id(), alert_id=alert.id, at=NOW + minutes * MINUTE, kind="asked", detail='{"step": 1}')
        for minutes in (5, 1)
    )
    async with db.write() as work:
        await work.alerts.add(alert)
        await work.alert_trail.note_many([later, earlier])
        assert await work.alert_trail.events_of(alert.id) == [earlier, later]
