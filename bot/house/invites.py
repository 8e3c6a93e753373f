"""Inviting somebody: a code that opens the house once, with a role, for seven days."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.ids import Ids
from bot.policy import STAFF, Role
from dialogs.values import Value
from storage.repositories.houses import House
from storage.repositories.invites import Invite
from storage.unit_of_work import UnitOfWork

GOOD_FOR = timedelta(days=7)
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
    made = _invite(desk.ids.new(), desk.house_id, Role(words(arguments, "role")), desk.now, by=desk.me.id)
    await desk.work.invites.add(made, words(arguments, "code"))


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("fresh_code", STAFF, fresh_code)
    registry.fact("fresh_link", STAFF, fresh_link)
    registry.action("make_invite", STAFF, invite)


def _invite(row: int, house_id: int, role: Role, now: datetime, *, by: int | None = None) -> Invite:
    return Invite(
        id=row, house_id=house_id, role=role.value, created_at=now, expires_at=now + GOOD_FOR, created_by=by
    )
