"""The invite somebody holds in their hand: what it is good for, and where it leads."""

from datetime import datetime, timedelta
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.conversation.standings import place_in
from bot.policy import EVERYONE
from dialogs.values import Value
from storage.repositories.guesses import Guesses
from storage.repositories.houses import House
from storage.repositories.invites import Invite
from storage.repositories.memberships import Place


def tidy_code(code: str) -> str:
    """A code as it is stored: however it was typed, in capitals, without spaces and dashes."""
    return "".join(character for character in code.upper() if character.isalnum())


GUESSING: Final = timedelta(hours=1)
"""Wrong codes count for so long."""

OWN_GUESSES: Final = 5
"""After so many wrong codes a person has to wait: enough for a slip, nothing against 80 bits."""

ALL_GUESSES: Final = 200
"""After so many by everybody, whoever had one wrong waits. A first code is always looked at: nobody can lock out
those who hold a good one."""


def too_many(guesses: Guesses) -> bool:
    """Whether codes of this person are not looked at for now."""
    return guesses.own >= OWN_GUESSES or (guesses.own > 0 and guesses.all >= ALL_GUESSES)


def state_of(invite: Invite | None, now: datetime, *, has_role: bool, belongs: bool = False) -> str:
    """What an invite is good for: good, used, expired, unknown; member for who already has what it gives.

    `adds` is good for somebody of the house, who will be one thing more. An invite that was taken back is told as
    one that ran out: either way, staff have a new one.
    """
    if invite is None:
        return "unknown"
    if has_role:
        return "member"
    if invite.used_at is not None:
        return "used"
    if invite.revoked_at is not None or invite.expires_at <= now:
        return "expired"
    return "adds" if belongs else "good"


async def find(desk: Desk, code: object) -> Invite | None:
    """The invite behind a code; None for one that nobody made, and for everyone who is guessing.

    A wrong code is counted here, where codes come in, so that no dialog can forget it; once a turn, however often
    the turn looks.
    """
    return None if await is_guessing(desk) else await _look_up(desk, code)


async def _look_up(desk: Desk, code: object) -> Invite | None:
    tidy = tidy_code(code) if isinstance(code, str) else ""
    found = await desk.work.invites.by_code(tidy) if tidy else None
    if tidy and found is None:
        await desk.work.guesses.note(desk.update_id or desk.ids.new(), _telegram_id(desk), desk.now)
    return found


async def is_guessing(desk: Desk) -> bool:
    """Whether codes of the person at the desk are not looked at for now."""
    return too_many(await desk.work.guesses.since(_telegram_id(desk), desk.now - GUESSING))


def _telegram_id(desk: Desk) -> int:
    return desk.sender.telegram_id if desk.sender is not None else desk.me.telegram_id


async def _place_ahead(desk: Desk, invite: Invite) -> Place:
    """What the person at the desk is, now, in the house an invite leads to."""
    if desk.person is None:
        return Place(house_id=invite.house_id)
    return await place_in(desk, desk.person.id, invite.house_id)


async def house_ahead(desk: Desk) -> House | None:
    """The house an invite under way leads to, else the person's own; None for a stranger without either."""
    invite = await find(desk, desk.answers.get("code"))
    if invite is not None:
        return await desk.house(invite.house_id)
    return await desk.house() if desk.standing.joined else None


async def invite_state(desk: Desk) -> Value:
    """What the code in `code` is good for; later for somebody who tried too many, whatever this one is."""
    if await is_guessing(desk):
        return "later"
    invite = await _look_up(desk, desk.answers.get("code"))
    if invite is None:
        return state_of(None, desk.now, has_role=False)
    place = await _place_ahead(desk, invite)
    has_role = invite.role in place.roles_by(invite.network_id)
    return state_of(invite, desk.now, has_role=has_role, belongs=bool(place.roles))


async def invite_house(desk: Desk) -> Value:
    """The name of the house, or of the network, it leads to."""
    invite = await find(desk, desk.answers.get("code"))
    if invite is None:
        return None
    network = None if invite.network_id is None else await desk.work.networks.get(invite.network_id)
    return (await desk.house(invite.house_id)).name if network is None else network.name


async def invite_role(desk: Desk) -> Value:
    """The role it gives."""
    invite = await find(desk, desk.answers.get("code"))
    return None if invite is None else invite.role


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("invite_state", EVERYONE, invite_state)
    registry.fact("invite_house", EVERYONE, invite_house)
    registry.fact("invite_role", EVERYONE, invite_role)
