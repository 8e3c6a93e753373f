"""Inviting somebody: a code that opens the house once, with a role, for seven days, unless it is taken back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import NotAllowedError, Registry
from bot.house.networks import network_called
from bot.ids import Ids
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import OVER_HOUSES, STAFF, Role
from dialogs.values import Option, Text, Value
from storage.problems import Conflict
from storage.repositories.houses import House
from storage.repositories.invites import Invite
from storage.repositories.people import Person
from storage.unit_of_work import UnitOfWork

GOOD_FOR = timedelta(days=7)
_SHOWN = 30
"""Invites in the list at most, the newest: a house that has more should let some run out."""

BOT_USERNAME = "bot_username"
"""The setting that holds the bot's own name, as Telegram tells it at start-up."""


def link_to(username: str, code: str) -> str:
    """The link that opens the bot with a code in hand."""
    return f"https://t.me/{username}?start={code}"


async def make_invite(
    work: UnitOfWork,
    ids: Ids,
    now: datetime,
    *,
    house_name: str,
    role: Role,
    country: str = "US",
    zone: str = "UTC",
) -> str:
    """A fresh invite's code, for the command line.

    The house is made on first use; only then do `country` (ISO 3166) and `zone` (IANA) count.
    """
    house = await work.houses.by_name(house_name)
    if house is None:
        name = " ".join(house_name.split())
        house = House(id=ids.new(), name=name, country=country, zone=zone, created_at=now)
        await work.houses.add(house)
    code = ids.code()
    await work.invites.add(_invite(ids.new(), house.id, role, now), code)
    await trail.record(work, ids, now, What.INVITED, house_id=house.id, role=role.value)
    return code


async def make_network_invite(work: UnitOfWork, ids: Ids, now: datetime, *, network_name: str, role: Role) -> str:
    """A fresh invite's code for a role over a network; every one of its houses reads of it. Raises NoSuchPlace."""
    network, houses = await network_called(work, network_name)
    code = ids.code()
    await work.invites.add(replace(_invite(ids.new(), houses[0], role, now), network_id=network.id), code)
    for house in houses:
        await trail.record(work, ids, now, What.INVITED, house_id=house, role=role.value)
    return code


async def fresh_code(desk: Desk) -> Value:
    """A code that nobody has yet; it opens nothing until `make_invite`."""
    return desk.ids.code()


async def fresh_link(desk: Desk) -> Value:
    """The link for the code in `code`; none while the bot's own name is not known."""
    code = desk.answers.get("code")
    username = await desk.work.settings.get(BOT_USERNAME)
    return link_to(username, code) if username and isinstance(code, str) else None


async def invite(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Makes an invite to the house with this code and role."""
    role = Role(words(arguments, "role"))
    if role not in OVER_HOUSES:
        raise NotAllowedError("a role over networks only")
    made = _invite(desk.ids.new(), desk.house_id, role, desk.now, by=desk.me.id)
    await desk.work.invites.add(made, words(arguments, "code"))
    await trail.note(desk, What.INVITED, role=made.role)


async def promise_made(desk: Desk) -> Value:
    """Whether somebody of staff has promised, for the house, that a no never costs the bed."""
    return await desk.work.trail.has(desk.house_id, What.PROMISED)


async def make_promise(desk: Desk, _: Mapping[str, Value]) -> None:
    """They promise it. It stands in the trail, where everybody of the house reads who did, and when."""
    await trail.note(desk, What.PROMISED)


async def open_invites(desk: Desk) -> Value:
    """Invites to the house that are still good: the role, until when, and who made it."""
    found = await _open(desk)
    makers = await desk.people(each.created_by for each in found if each.created_by is not None)
    return tuple(Option(str(each.id), _label(desk, each, makers)) for each in found)


async def any_open_invites(desk: Desk) -> Value:
    """Whether there is one."""
    return bool(await _open(desk))


async def invite_shown(desk: Desk) -> Value:
    """The invite in `invite`, as in the list."""
    chosen = [each for each in await _open(desk) if str(each.id) == desk.answers.get("invite")]
    makers = await desk.people(each.created_by for each in chosen if each.created_by is not None)
    return _label(desk, chosen[0], makers) if chosen else None


async def revoke_invite(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Takes an invite back: from now on it opens nothing.

    Raises Conflict when somebody has used it, or taken it back, in the meantime; NotAllowedError for another house's.
    """
    chosen = words(arguments, "invite")
    made = next((each for each in await desk.work.invites.of_house(desk.house_id) if str(each.id) == chosen), None)
    if made is None:
        raise NotAllowedError("no invite of this house")
    if not await desk.work.invites.revoke(made.id, desk.house_id, desk.now):
        raise Conflict("The invite is used, or taken back already.")
    await trail.note(desk, What.INVITE_REVOKED, role=made.role)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("fresh_code", STAFF, fresh_code)
    registry.fact("fresh_link", STAFF, fresh_link)
    registry.fact("open_invites", STAFF, open_invites)
    registry.fact("any_open_invites", STAFF, any_open_invites)
    registry.fact("invite_shown", STAFF, invite_shown)
    registry.fact("promise_made", STAFF, promise_made)
    registry.action("make_promise", STAFF, make_promise)
    registry.action("make_invite", STAFF, invite)
    registry.action("revoke_invite", STAFF, revoke_invite)


async def _open(desk: Desk) -> list[Invite]:
    made = await desk.work.invites.of_house(desk.house_id)
    still_good = [
        each for each in made if each.used_at is None and each.revoked_at is None and each.expires_at > desk.now
    ]
    return still_good[-_SHOWN:]


def _label(desk: Desk, made: Invite, makers: Mapping[int, Person]) -> Text:
    maker = makers.get(made.created_by) if made.created_by is not None else None
    until = made.expires_at.astimezone(desk.reader.zone)
    role = desk.phrase(f"trail_role_{made.role}")
    by = maker.name if maker is not None else desk.phrase("trail_by_command")
    return desk.phrase("invite_line", role=role, until=until, by=by)


def _invite(row: int, house_id: int, role: Role, now: datetime, *, by: int | None = None) -> Invite:
    return Invite(
        id=row, house_id=house_id, role=role.value, created_at=now, expires_at=now + GOOD_FOR, created_by=by
    )
