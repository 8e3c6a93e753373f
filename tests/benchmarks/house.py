"""Houses full of people, put into the database directly."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.care.checkin_times import DIALOG
from bot.clock import Clock
from bot.ids import Ids, RandomIds
from bot.membership.consent import VERSION, Purpose
from bot.policy import Role
from storage.database import Database
from storage.repositories.consents import Consent
from storage.repositories.houses import House
from storage.repositories.memberships import Grant, Membership
from storage.repositories.people import Person
from storage.repositories.schedules import Schedule
from storage.sealing import Keyring, parse_keys
from storage.unit_of_work import UnitOfWork

STAFF: Final = 1
MENTOR: Final = 2
FIRST: Final = 1_000
"""Telegram ids: participants count up from here."""

ZONES: Final = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix",
    "America/Anchorage", "Pacific/Honolulu", "America/Halifax", "America/St_Johns", "America/Sao_Paulo",
    "America/Bogota", "America/Lima", "America/Santiago", "America/Caracas", "America/Mexico_City",
    "Atlantic/Azores", "Europe/London", "Europe/Berlin", "Europe/Athens", "Europe/Moscow", "Africa/Cairo",
    "Africa/Lagos", "Africa/Nairobi", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata",
    "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo",
    "Australia/Adelaide", "Australia/Sydney", "Pacific/Auckland", "Pacific/Chatham",
)  # fmt: skip
_PIECE: Final = 1_000


async def fill(
    url: str, keys: str, clock: Clock, *, participants: int, of_a_house: int, due_at: datetime | None = None
) -> None:
    """Participants, so many in each house, and in the first one also staff and a mentor.

    With `due_at`, each participant has a time of their own for the check-in, due then.
    """
    ids = RandomIds(clock.now)
    async with Database(url, Keyring(parse_keys(keys)), synchronous="OFF") as database:
        async with database.write() as work:
            house = await _open(work, ids, clock.now(), "Maple House")
            await _add(work, ids, clock.now(), house, STAFF, Role.STAFF)
            await _add(work, ids, clock.now(), house, MENTOR, Role.MENTOR)
            await work.commit()
        for piece in _pieces(range(participants)):
            async with database.write() as work:
                for number in piece:
                    if number and number % of_a_house == 0:
                        house = await _open(work, ids, clock.now(), f"House {number // of_a_house}")
                    person = await _add(work, ids, clock.now(), house, FIRST + number, Role.PARTICIPANT, number)
                    if due_at is not None:
                        await work.schedules.set(_schedule(ids, person, due_at))
                await work.commit()


async def _open(work: UnitOfWork, ids: Ids, now: datetime, name: str) -> int:
    house = House(id=ids.new(), name=name, country="US", zone=ZONES[0], created_at=now)
    await work.houses.add(house)
    return house.id


async def _add(
    work: UnitOfWork, ids: Ids, now: datetime, house: int, telegram_id: int, role: Role, number: int = 0
) -> int:
    person = ids.new()
    since = now - timedelta(days=30)
    await work.people.add(
        Person(
            id=person,
            telegram_id=telegram_id,
            name=f"P{telegram_id}",
            locale="en",
            zone=ZONES[number % len(ZONES)],
            joined_at=since,
        )
    )
    await work.memberships.add(
        Membership(id=ids.new(), person_id=person, house_id=house, standing="resident", since=since)
    )
    await work.memberships.grant(Grant(id=ids.new(), person_id=person, house_id=house, role=role, since=since))
    await work.consents.record(
        Consent(id=ids.new(), person_id=person, purpose=Purpose.CHECKINS, version=VERSION, given=True, at=since)
    )
    return person


def _schedule(ids: Ids, person: int, due_at: datetime) -> Schedule:
    return Schedule(
        id=ids.new(), person_id=person, kind=DIALOG, local_minutes=19 * 60, days=0b1111111, next_at=due_at
    )


def _pieces(numbers: range) -> Iterable[range]:
    return (numbers[start : start + _PIECE] for start in range(0, len(numbers), _PIECE))
