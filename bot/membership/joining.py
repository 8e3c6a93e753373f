"""Coming into a house, and leaving it."""

from collections.abc import Mapping

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.membership import invitation, people, zones
from bot.policy import EVERYONE, MEMBERS, STRANGER, Role, Standing
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.memberships import Grant, Membership, Place

RESIDENT = "resident"
"""The standing somebody comes in with; outpatient and alumni come later, by staff."""


async def join(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Redeems the invite: from now on the person belongs to the house, in this turn already.

    A role is added to those they have in the house. Raises Conflict when the invite is no longer good for them.
    """
    me = await desk.remember()
    invite = await invitation.find(desk, words(arguments, "code"))
    if invite is None:
        raise Conflict("The invite is gone.")
    place = await _place_in(desk, invite.house_id)
    if invite.role in place.roles or not await desk.work.invites.redeem(invite.id, me.id, desk.now):
        raise Conflict("The invite is not good any more.")
    await people.call(desk, words(arguments, "name"))
    await zones.live_in(desk, zones.read_key(words(arguments, "zone")))
    role = Role(invite.role)
    if role is Role.PARTICIPANT and place.membership_id is None:
        await desk.work.memberships.add(
            Membership(
                id=desk.ids.new(),
                person_id=me.id,
                house_id=invite.house_id,
                standing=RESIDENT,
                since=desk.now,
            )
        )
    await desk.work.memberships.grant(
        Grant(id=desk.ids.new(), person_id=me.id, house_id=invite.house_id, role=role.value, since=desk.now)
    )
    desk.standing = Standing(invite.house_id, _roles(place) | {role})


async def leave_house(desk: Desk, _: Mapping[str, Value]) -> None:
    """Ends everything the person is in this house. Their own times end too, unless another house is left to them."""
    place = await _place_in(desk, desk.house_id)
    if place.membership_id is not None:
        await desk.work.memberships.end(place.membership_id, place.house_id, desk.now)
    for role in sorted(place.roles):
        await desk.work.memberships.end_grant(desk.me.id, place.house_id, role, desk.now)
    others = [each for each in await _places(desk) if each.house_id != place.house_id]
    if others:
        desk.standing = Standing(others[0].house_id, _roles(others[0]))
        return
    for schedule in await desk.work.schedules.of(desk.me.id):
        await desk.work.schedules.remove(desk.me.id, schedule.kind)
    desk.standing = STRANGER


def register(registry: Registry) -> None:
    """Adds what this subject does."""
    registry.action("join", EVERYONE, join)
    registry.action("leave_house", MEMBERS, leave_house)


async def _places(desk: Desk) -> tuple[Place, ...]:
    return (await desk.work.memberships.places_of({desk.me.id}, desk.now)).get(desk.me.id, ())


async def _place_in(desk: Desk, house_id: int) -> Place:
    """What the person is in a house now: nothing yet, perhaps."""
    return next((each for each in await _places(desk) if each.house_id == house_id), Place(house_id=house_id))


def _roles(place: Place) -> frozenset[Role]:
    """The roles Hearth knows; others are a house's own and open nothing here."""
    return frozenset(Role(role) for role in place.roles if role in set(Role))
