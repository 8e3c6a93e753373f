"""What people are in houses, as the policy is asked about it."""

from collections.abc import Iterable, Sequence

from bot.conversation.desk import Desk
from bot.policy import STRANGER, Role, Standing
from storage.repositories.memberships import Place


def first(places: Sequence[Place]) -> Standing:
    """The house a conversation is about until the person is asked which: where they live, or else the oldest."""
    return _of(min(places, key=lambda place: place.membership_id is None)) if places else STRANGER


def every(places: Sequence[Place]) -> tuple[Standing, ...]:
    """What somebody is in each of their houses."""
    return tuple(_of(place) for place in places)


async def settle(desk: Desk, house_id: int | None = None) -> None:
    """What the person at the desk is has changed in this turn: it counts at once, and is about this house."""
    places = (await desk.work.memberships.places_of({desk.me.id}, desk.now)).get(desk.me.id, ())
    desk.standings, desk.home = every(places), first(places)
    desk.standing = desk.home if house_id is None else inside(places, house_id)


def inside(places: Sequence[Place], house_id: int) -> Standing:
    """What somebody is in one house: a stranger, if they don't belong to it (any more)."""
    return next((_of(place) for place in places if place.house_id == house_id), STRANGER)


async def standings_in(desk: Desk, house_id: int, people: Iterable[int]) -> dict[int, Standing]:
    """What each of these people is in a house now, in one query."""
    wanted = list(people)
    places = await desk.work.memberships.places_of(wanted, desk.now) if wanted else {}
    return {each: inside(places.get(each, ()), house_id) for each in wanted}


async def place_in(desk: Desk, person_id: int, house_id: int) -> Place:
    """What somebody is in a house now: nothing, perhaps."""
    places = (await desk.work.memberships.places_of({person_id}, desk.now)).get(person_id, ())
    return next((each for each in places if each.house_id == house_id), Place(house_id=house_id))


def roles_of(place: Place) -> frozenset[Role]:
    """The roles Hearth knows; others are a house's own and open nothing here."""
    return frozenset(Role(role) for role in place.roles if role in set(Role))


def _of(place: Place) -> Standing:
    return Standing(place.house_id, roles_of(place))
