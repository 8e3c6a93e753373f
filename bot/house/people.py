"""The people of a house, as its staff see them: who is here, and as what."""

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.conversation.standings import standings_in
from bot.membership.leaving import somebody_of
from bot.policy import STAFF, Role, Standing
from dialogs.values import Option, Text, Value
from storage.repositories.people import Person

_SHOWN = 80
"""People in the list at most: Telegram takes a hundred buttons."""


async def house_people(desk: Desk) -> Value:
    """Everybody else of the house itself, by name, each with what they are there."""
    people = sorted((await _everybody(desk)).items(), key=lambda each: each[0].name.casefold())
    return tuple(Option(str(person.id), _line(desk, person, standing)) for person, standing in people[:_SHOWN])


async def any_house_people(desk: Desk) -> Value:
    """Whether there is anybody else."""
    return bool(await _everybody(desk))


async def person_shown(desk: Desk) -> Value:
    """The one in `person`, as in the list."""
    person = await somebody_of(desk, desk.answers.get("person"))
    standing = (await standings_in(desk, desk.house_id, [person.id]))[person.id]
    return _line(desk, person, standing)


async def person_name(desk: Desk) -> Value:
    """The first name of the one in `person`."""
    return (await somebody_of(desk, desk.answers.get("person"))).name


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("house_people", STAFF, house_people)
    registry.fact("any_house_people", STAFF, any_house_people)
    registry.fact("person_shown", STAFF, person_shown)
    registry.fact("person_name", STAFF, person_name)


async def _everybody(desk: Desk) -> dict[Person, Standing]:
    own = set(await desk.work.memberships.people_of(desk.house_id, desk.now)) - {desk.me.id}
    here = await standings_in(desk, desk.house_id, own)
    people = await desk.people(here)
    return {people[each]: standing for each, standing in here.items() if each in people}


def _line(desk: Desk, person: Person, standing: Standing) -> Text:
    roles = tuple(desk.phrase(f"role_{role}") for role in Role if role in standing.roles)
    return desk.phrase("person_line", name=person.name, roles=roles)
