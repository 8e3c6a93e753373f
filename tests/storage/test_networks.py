"""Homes run together."""

from datetime import timedelta

from storage.database import Database
from storage.repositories.memberships import Grant, Membership, Place
from storage.repositories.networks import Network, NetworkGrant
from tests.storage.support import NOW, join, maple, new_id, somebody

DAY = timedelta(days=1)


def river() -> Network:
    return Network(id=new_id(), name="River Homes", created_at=NOW)


async def test_a_network_is_found_by_its_name_and_by_its_houses_and_a_house_is_in_one_at_most(db: Database) -> None:
    ours, theirs = river(), Network(id=new_id(), name="Lake Homes", created_at=NOW)
    maple_house, oak, elm = maple(), maple(name="Oak House"), maple(name="Elm House")
    async with db.write() as work:
        for house in (maple_house, oak, elm):
            await work.houses.add(house)
        for network in (ours, theirs):
            await work.networks.add(network)
        assert await work.networks.take_in(ours.id, maple_house.id)
        assert await work.networks.take_in(ours.id, oak.id)
        assert not await work.networks.take_in(ours.id, oak.id)
        assert not await work.networks.take_in(theirs.id, oak.id)
        await work.commit()
    async with db.read() as work:
        assert await work.networks.by_name(" river  HOMES") == ours
        assert await work.networks.by_name("Sea Homes") is None
        assert await work.networks.get(theirs.id) == theirs
        assert await work.networks.of_house(oak.id) == ours
        assert await work.networks.of_house(elm.id) is None
        assert await work.networks.houses_of(ours.id) == [maple_house.id, oak.id]
        assert await work.networks.houses_of(theirs.id) == []


async def test_a_role_over_a_network_is_a_role_in_each_of_its_houses_while_it_lasts(db: Database) -> None:
    network, maple_house, oak, elm = river(), maple(), maple(name="Oak House"), maple(name="Elm House")
    ada, bo = people = [somebody(number) for number in (1, 2)]
    await join(db, *people)
    async with db.write() as work:
        for house in (maple_house, oak, elm):
            await work.houses.add(house)
        await work.networks.add(network)
        for house in (maple_house, oak):
            await work.networks.take_in(network.id, house.id)
        for person, role in ((ada, "staff"), (ada, "on_call"), (bo, "on_call")):
            await work.networks.grant(
                NetworkGrant(id=new_id(), person_id=person.id, network_id=network.id, role=role, since=NOW)
            )
        await work.memberships.grant(Grant(id=new_id(), person_id=bo.id, house_id=oak.id, role="staff", since=NOW))
        await work.memberships.add(
            Membership(id=new_id(), person_id=bo.id, house_id=oak.id, standing="resident", since=NOW)
        )
        await work.commit()
    async with db.write() as work:
        both = frozenset({"staff", "on_call"})
        found = await work.memberships.places_of({ada.id, bo.id}, NOW)
        assert found[ada.id] == tuple(
            Place(house_id=each.id, roles=both, network_id=network.id, network_roles=both)
            for each in (maple_house, oak)
        )
        there, lives = found[bo.id]
        assert (there.roles, there.network_roles) == (frozenset({"on_call"}), frozenset({"on_call"}))
        assert (lives.roles, lives.standing) == (both, "resident")
        assert (lives.network_roles, lives.roles_by(None)) == (frozenset({"on_call"}), both)
        assert await work.memberships.with_role(oak.id, "staff", NOW) == [ada.id, bo.id]
        assert await work.memberships.with_role(elm.id, "staff", NOW) == []
        assert await work.memberships.people_of(oak.id, NOW) == [bo.id]
        assert await work.memberships.people_of(maple_house.id, NOW) == []
        assert await work.memberships.ever_of(maple_house.id) == {ada.id, bo.id}
        assert await work.networks.with_role(network.id, "on_call", NOW) == [ada.id, bo.id]
        assert await work.networks.roles_of(ada.id, NOW) == {network.id: both}
        assert await work.networks.end_grants(ada.id, network.id, both, NOW)
        assert not await work.networks.end_grants(ada.id, network.id, both, NOW)
        assert await work.memberships.places_of({ada.id}, NOW) == {}
        assert await work.retention.left(NOW + DAY, 10, days=90, unsaid=90) == [ada.id]
        assert await work.retention.never_joined(NOW + DAY, 10) == []
