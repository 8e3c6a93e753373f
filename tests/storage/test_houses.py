"""Houses, who belongs to them, and what people agreed to."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.repositories.consents import Consent
from storage.repositories.houses import House
from storage.repositories.memberships import Grant, Member, Membership, Place
from tests.storage.support import MINUTE, NOW, join, maple, new_id, somebody

DAY = timedelta(days=1)


async def build(db: Database, *houses: House) -> None:
    async with db.write() as work:
        for house in houses:
            await work.houses.add(house)
        await work.commit()


async def test_a_house_is_found_by_its_name_whatever_its_case(db: Database) -> None:
    house = maple(address="12 Elm Street", phone="+1 555 0100", naloxone="Kitchen, top shelf")
    other = maple(name="Ahornhaus")
    await build(db, house, other)
    async with db.read() as work:
        assert await work.houses.by_name(" maple  HOUSE ") == house
        assert await work.houses.by_name("Oak House") is None
        assert await work.houses.get(other.id) == other
        assert await work.houses.all() == [house, other]


async def test_two_houses_cannot_share_a_name(db: Database) -> None:
    await build(db, maple())
    with pytest.raises(IntegrityError):
        await build(db, maple(name="MAPLE HOUSE"))


async def test_a_house_that_moves_is_found_by_its_new_name_only(db: Database) -> None:
    house = maple()
    moved = replace(house, name="Oak House", zone="Europe/Madrid", country="ES", phone="024")
    await build(db, house)
    async with db.write() as work:
        await work.houses.update(moved)
        await work.commit()
    async with db.read() as work:
        assert await work.houses.by_name("Oak House") == moved
        assert await work.houses.by_name("Maple House") is None


async def test_places_join_standing_and_roles_of_each_house_and_only_while_they_last(db: Database) -> None:
    maple_house, oak = maple(), maple(name="Oak House")
    ada, bo, cy = people = [somebody(number) for number in (1, 2, 3)]
    await build(db, maple_house, oak)
    await join(db, *people)
    lives = Membership(id=new_id(), person_id=ada.id, house_id=maple_house.id, standing="resident", since=NOW - DAY)
    lived = Membership(
        id=new_id(), person_id=ada.id, house_id=oak.id, standing="outpatient", since=NOW - 2 * DAY, until=NOW
    )

    def given(person_id: int, house: House, role: str, **dates: object) -> Grant:
        grant = Grant(id=new_id(), person_id=person_id, house_id=house.id, role=role, since=NOW - DAY)
        return replace(grant, **dates)  # type: ignore[arg-type]  # dates by name

    async with db.write() as work:
        await work.memberships.add(lives)
        await work.memberships.add(lived)
        await work.memberships.grant(given(ada.id, maple_house, "participant"))
        await work.memberships.grant(given(ada.id, maple_house, "mentor"))
        await work.memberships.grant(given(ada.id, maple_house, "officer", until=NOW))
        await work.memberships.grant(given(bo.id, oak, "staff"))
        await work.memberships.grant(given(cy.id, oak, "mentor", since=NOW + DAY))
        await work.commit()
    async with db.write() as work:
        assert await work.memberships.places_of([ada.id, bo.id, cy.id], NOW) == {
            ada.id: (
                Place(
                    house_id=maple_house.id,
                    membership_id=lives.id,
                    standing="resident",
                    roles=frozenset({"participant", "mentor"}),
                ),
            ),
            bo.id: (Place(house_id=oak.id, roles=frozenset({"staff"})),),
        }
        assert await work.memberships.with_role(maple_house.id, "mentor", NOW) == [ada.id]
        assert await work.memberships.with_role(oak.id, "mentor", NOW) == []
        assert await work.memberships.members(maple_house.id, NOW) == [
            Member(membership_id=lives.id, person_id=ada.id, standing="resident")
        ]
        assert await work.memberships.members(oak.id, NOW) == []


async def test_what_ends_ends_once_and_only_by_its_own_house(db: Database) -> None:
    house, oak, ada = maple(), maple(name="Oak House"), somebody(1)
    await build(db, house, oak)
    await join(db, ada)
    membership = Membership(id=new_id(), person_id=ada.id, house_id=house.id, standing="resident", since=NOW - DAY)
    async with db.write() as work:
        await work.memberships.add(membership)
        await work.memberships.grant(
            Grant(id=new_id(), person_id=ada.id, house_id=house.id, role="mentor", since=NOW - DAY)
        )
        assert not await work.memberships.end(membership.id, oak.id, NOW)
        assert await work.memberships.end(membership.id, house.id, NOW)
        assert not await work.memberships.end(membership.id, house.id, NOW + MINUTE)
        assert await work.memberships.end_grant(ada.id, house.id, "mentor", NOW)
        assert not await work.memberships.end_grant(ada.id, house.id, "mentor", NOW + MINUTE)
        assert await work.memberships.places_of([ada.id], NOW) == {}


async def test_the_last_word_on_a_purpose_counts_and_the_others_stay(db: Database) -> None:
    ada, bo = somebody(1), somebody(2)
    await join(db, ada, bo)

    def said(purpose: str, *, given: bool) -> Consent:
        return Consent(id=new_id(), person_id=ada.id, purpose=purpose, version=1, given=given, at=NOW)

    yes, no, other = said("alerts", given=True), said("alerts", given=False), said("tips", given=True)
    async with db.write() as work:
        for consent in (yes, no, other):
            await work.consents.record(consent)
        assert await work.consents.current([ada.id, bo.id], "alerts") == {ada.id: no}
        assert await work.consents.of(ada.id) == [yes, no, other]
