"""Going out of a house, by oneself or by staff: it counts at once, for what is shown, asked and still to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation import menus, standings
from bot.conversation.arguments import words
from bot.conversation.desk import Desk, reader_of
from bot.conversation.lines import a_line_each
from bot.conversation.registry import NotAllowedError, Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import MEMBERS, STAFF, STRANGER, Standing
from dialogs.values import Text, Value
from storage.repositories.people import Person


@dataclass(frozen=True, slots=True)
class Leaving:
    """Knows, by the registry, what else has to happen when somebody goes (a call they had taken is handed on)."""

    registry: Registry

    async def leave_house(self, desk: Desk, _: Mapping[str, Value]) -> None:
        """The person at the desk belongs to their house no more."""
        house_id = desk.house_id
        await trail.note(desk, What.LEFT, house_id=house_id, about=desk.me.id)
        place = await standings.place_in(desk, desk.me.id, house_id)
        if place.network_id is not None:
            await desk.work.networks.end_grants(desk.me.id, place.network_id, place.network_roles, desk.now)
        await self.end_place(desk, desk.me.id, house_id)
        await standings.settle(desk)

    async def remove_person(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        """Staff end somebody's place in their house; the person is told, kindly, with numbers to call.

        Raises NotAllowedError for somebody of another house or of the whole network, and for oneself.
        """
        person = await somebody_of(desk, words(arguments, "person"))
        house = await desk.house()
        if (await standings.place_in(desk, person.id, house.id)).network_roles:
            raise NotAllowedError("whoever works for the whole network is not this house's to remove")
        await trail.note(desk, What.REMOVED, about=person.id)
        standing = await self.end_place(desk, person.id, house.id)
        numbers = a_line_each([Text(line.says) for line in desk.library.numbers.of(house.country).lines])
        told = desk.phrase("removed_person", house=house.name, numbers=numbers)
        letter = Letter(text=desk.render(told, reader_of(person)))
        desk.send_to(person, Errand(letter=letter), Kind.REPLY, purpose="conversation")
        menu = menus.commands(desk.library, standing, person.locale)
        desk.send_to(person, Errand(letter=Letter(text="-"), commands=menu), Kind.EDIT, purpose="menu", stream="menu")

    async def end_place(self, desk: Desk, person_id: int, house_id: int) -> Standing:
        """Ends everything somebody is in a house itself. Their own times end too, unless a house is left to them.

        Returns what they are from now on.
        """
        place = await standings.place_in(desk, person_id, house_id)
        if place.membership_id is not None:
            await desk.work.memberships.end(place.membership_id, house_id, desk.now)
        for role in sorted(place.roles - place.network_roles):
            await desk.work.memberships.end_grant(person_id, house_id, role, desk.now)
        for left in self.registry.leaving:
            await left(desk, person_id, house_id)
        standing = standings.first((await desk.work.memberships.places_of({person_id}, desk.now)).get(person_id, ()))
        if standing == STRANGER:
            for schedule in await desk.work.schedules.of(person_id):
                await desk.work.schedules.remove(person_id, schedule.kind)
        return standing


async def somebody_of(desk: Desk, given: object) -> Person:
    """Somebody else of the desk's house, by their id as text. Raises NotAllowedError for anybody else."""
    wanted = int(str(given)) if str(given).isascii() and str(given).isdigit() and len(str(given)) < 20 else 0
    belongs = (await standings.standings_in(desk, desk.house_id, [wanted])).get(wanted, STRANGER).joined
    person = (await desk.people([wanted])).get(wanted) if belongs and wanted != desk.me.id else None
    if person is None:
        raise NotAllowedError("nobody else of this house")
    return person


def register(registry: Registry) -> None:
    """Adds what this subject does."""
    leaving = Leaving(registry)
    registry.action("leave_house", MEMBERS, leaving.leave_house)
    registry.action("remove_person", STAFF, leaving.remove_person)
