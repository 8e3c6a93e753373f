"""Coming into a house, and being one thing more in it."""

from collections.abc import Mapping

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.conversation.standings import place_in, roles_of, settle
from bot.membership import invitation, people, trail, zones
from bot.membership.trail import What
from bot.policy import EVERYONE, MEMBERS, Role
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.invites import Invite
from storage.repositories.memberships import Grant, Membership
from storage.repositories.networks import NetworkGrant

RESIDENT = "resident"
"""The standing somebody comes in with; outpatient and alumni come later, by staff."""


async def join(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Redeems the invite: from now on the person belongs to the house, in this turn already.

    A role is added to those they have in the house. Raises Conflict when the invite is no longer good for them.
    """
    await desk.remember()
    await _come_in(desk, await _invite(desk, arguments), again=False)
    await people.call(desk, words(arguments, "name"))
    await zones.live_in(desk, zones.read_key(words(arguments, "zone")))


async def add_role(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Redeems an invite into a house the person is in already: they are both from now on, by the name they have.

    Raises Conflict when the invite is no longer good for them.
    """
    await _come_in(desk, await _invite(desk, arguments), again=True)


def register(registry: Registry) -> None:
    """Adds what this subject does."""
    registry.action("join", EVERYONE, join)
    registry.action("add_role", MEMBERS, add_role)


async def _invite(desk: Desk, arguments: Mapping[str, Value]) -> Invite:
    invite = await invitation.find(desk, words(arguments, "code"))
    if invite is None:
        raise Conflict("The invite is gone.")
    return invite


async def _come_in(desk: Desk, invite: Invite, *, again: bool) -> None:
    """Uses the invite up for its role; `again`: by somebody of the house, as one thing more."""
    me, role = desk.me, Role(invite.role)
    place = await place_in(desk, me.id, invite.house_id)
    if role in place.roles_by(invite.network_id) or (again and not place.roles):
        raise Conflict("The invite is not for them.")
    if not await desk.work.invites.redeem(invite.id, me.id, desk.now):
        raise Conflict("The invite is not good any more.")
    if invite.network_id is not None:
        await _over_network(desk, role, invite.network_id)
        await settle(desk, invite.house_id)
        return
    # Whoever leads among residents lives there.
    roles = {role, Role.PARTICIPANT} if role is Role.OFFICER else {role}
    if Role.PARTICIPANT in roles and place.membership_id is None:
        await desk.work.memberships.add(
            Membership(
                id=desk.ids.new(),
                person_id=me.id,
                house_id=invite.house_id,
                standing=RESIDENT,
                since=desk.now,
            )
        )
    for each in sorted(roles - roles_of(place)):
        await desk.work.memberships.grant(
            Grant(id=desk.ids.new(), person_id=me.id, house_id=invite.house_id, role=each.value, since=desk.now)
        )
    await settle(desk, invite.house_id)
    await trail.note(desk, What.JOINED, house_id=invite.house_id, about=me.id, role=role.value)


async def _over_network(desk: Desk, role: Role, network_id: int) -> None:
    """A role in every house of a network; each of them reads of it."""
    await desk.work.networks.grant(
        NetworkGrant(id=desk.ids.new(), person_id=desk.me.id, network_id=network_id, role=role.value, since=desk.now)
    )
    for house_id in await desk.work.networks.houses_of(network_id):
        await trail.note(desk, What.JOINED, house_id=house_id, about=desk.me.id, role=role.value)
