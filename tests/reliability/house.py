"""A house full of people, put into the database without being talked in one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.care.checkin_times import DIALOG
from bot.ids import Ids
from bot.membership.consent import VERSION, Purpose
from bot.membership.joining import RESIDENT
from bot.policy import Role
from bot.schedule.times import EVERY_DAY
from storage.database import Database
from storage.repositories.consents import Consent
from storage.repositories.houses import House
from storage.repositories.memberships import Grant, Membership
from storage.repositories.people import Person
from storage.repositories.schedules import Schedule
from storage.unit_of_work import UnitOfWork

HOUSE = "Maple House"


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Somebody who is to live in the house: their Telegram id is also their chat's."""

    telegram_id: int
    name: str
    role: Role


async def found(
    database: Database, ids: Ids, now: datetime, newcomers: Sequence[Newcomer], *, name: str = HOUSE
) -> dict[int, int]:
    """Founds a house, a month ago, with these people in it; their row ids by Telegram id.

    Everybody agreed to everything.
    """
    now -= timedelta(days=30)
    async with database.write() as work:
        house = House(id=ids.new(), name=name, country="US", zone="America/New_York", created_at=now)
        await work.houses.add(house)
        rows = {each.telegram_id: await admit(work, ids, now, house.id, each) for each in newcomers}
        await work.commit()
    return rows


async def admit(work: UnitOfWork, ids: Ids, now: datetime, house_id: int, newcomer: Newcomer) -> int:
    """Somebody who has lived there since then, and agreed to everything; their row id."""
    person_id = ids.new()
    await work.people.add(
        Person(
            id=person_id,
            telegram_id=newcomer.telegram_id,
            name=newcomer.name,
            locale="en",
            zone="America/New_York",
            joined_at=now,
        )
    )
    if newcomer.role is Role.PARTICIPANT:
        await work.memberships.add(
            Membership(id=ids.new(), person_id=person_id, house_id=house_id, standing=RESIDENT, since=now)
        )
    await work.memberships.grant(
        Grant(id=ids.new(), person_id=person_id, house_id=house_id, role=newcomer.role.value, since=now)
    )
    for purpose in Purpose:
        await work.consents.record(
            Consent(id=ids.new(), person_id=person_id, purpose=purpose, version=VERSION, given=True, at=now)
        )
    return person_id


async def ask_daily(database: Database, ids: Ids, people: Iterable[int], at: datetime) -> None:
    """These people (row ids) are asked how they are at this moment, and daily from then on."""
    async with database.write() as work:
        for number, person_id in enumerate(people):
            await work.schedules.set(
                Schedule(
                    id=ids.new(),
                    person_id=person_id,
                    kind=DIALOG,
                    local_minutes=8 * 60,
                    days=EVERY_DAY,
                    next_at=at + timedelta(milliseconds=100 * number),
                )
            )
        await work.commit()
