"""The invite somebody holds in their hand: what it is good for, and where it leads."""

from datetime import datetime

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import EVERYONE
from dialogs.values import Value
from storage.repositories.houses import House
from storage.repositories.invites import Invite


def tidy_code(code: str) -> str:
    """A code as it is stored: however it was typed, in capitals, without spaces and dashes."""
    return "".join(character for character in code.upper() if character.isalnum())


def state_of(invite: Invite | None, now: datetime, *, has_role: bool) -> str:
    """What an invite is good for: good, used, expired, unknown; member for who already has what it gives.

    An invite that was taken back is told as one that ran out: either way, staff have a new one.
    """
    if invite is None:
        return "unknown"
    if has_role:
        return "member"
    if invite.used_at is not None:
        return "used"
    if invite.revoked_at is not None or invite.expires_at <= now:
        return "expired"
    return "good"


async def find(desk: Desk, code: object) -> Invite | None:
    """The invite behind a code; None for one that nobody made."""
    tidy = tidy_code(code) if isinstance(code, str) else ""
    return await desk.work.invites.by_code(tidy) if tidy else None


async def roles_in(desk: Desk, house_id: int) -> frozenset[str]:
    """The roles the person at the desk has in a house now, be it the one this conversation is about or not."""
    if desk.person is None:
        return frozenset()
    places = await desk.work.memberships.places_of({desk.person.id}, desk.now)
    for place in places.get(desk.person.id, ()):
        if place.house_id == house_id:
            return place.roles
    return frozenset()


async def house_ahead(desk: Desk) -> House | None:
    """The house an invite under way leads to, else the person's own; None for a stranger without either."""
    invite = await find(desk, desk.answers.get("code"))
    if invite is not None:
        return await desk.house(invite.house_id)
    return await desk.house() if desk.standing.joined else None


async def invite_state(desk: Desk) -> Value:
    """What the code in `code` is good for."""
    invite = await find(desk, desk.answers.get("code"))
    has_role = invite is not None and invite.role in await roles_in(desk, invite.house_id)
    return state_of(invite, desk.now, has_role=has_role)


async def invite_house(desk: Desk) -> Value:
    """The name of the house it leads to."""
    invite = await find(desk, desk.answers.get("code"))
    return None if invite is None else (await desk.house(invite.house_id)).name


async def invite_role(desk: Desk) -> Value:
    """The role it gives."""
    invite = await find(desk, desk.answers.get("code"))
    return None if invite is None else invite.role


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("invite_state", EVERYONE, invite_state)
    registry.fact("invite_house", EVERYONE, invite_house)
    registry.fact("invite_role", EVERYONE, invite_role)
