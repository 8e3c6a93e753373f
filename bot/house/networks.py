"""Networks: homes run together. They are made on the command line, by whoever runs Hearth."""

from collections.abc import Sequence
from datetime import datetime

from bot.ids import Ids
from storage.problems import StorageProblem
from storage.repositories.networks import Network
from storage.unit_of_work import UnitOfWork


class NoSuchPlace(StorageProblem):
    """There is no house, or no network, of this name; the text says so."""


async def make_network(work: UnitOfWork, ids: Ids, now: datetime, *, name: str, houses: Sequence[str]) -> list[str]:
    """Makes the network on first use, and takes these houses into it; the names of all its houses, in order.

    Raises NoSuchPlace for a house that does not exist, or that is another network's.
    """
    network = await work.networks.by_name(name)
    if network is None:
        network = Network(id=ids.new(), name=" ".join(name.split()), created_at=now)
        await work.networks.add(network)
    for each in houses:
        house = await work.houses.by_name(each)
        if house is None:
            raise NoSuchPlace(f"There is no house called {each!r}; `hearth invite --house` makes one.")
        if not await work.networks.take_in(network.id, house.id):
            others = await work.networks.of_house(house.id)
            if others is None or others.id != network.id:
                raise NoSuchPlace(f"{house.name} belongs to another network already.")
    found = await work.houses.get_many(await work.networks.houses_of(network.id))
    return [found[each].name for each in sorted(found)]


async def network_called(work: UnitOfWork, name: str) -> tuple[Network, list[int]]:
    """A network and its houses. Raises NoSuchPlace if there is none of this name, or it has no house yet."""
    network = await work.networks.by_name(name)
    houses = [] if network is None else await work.networks.houses_of(network.id)
    if network is None or not houses:
        raise NoSuchPlace(f"There is no network called {name!r} with a house in it; `hearth network` makes one.")
    return network, houses
