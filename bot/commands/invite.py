"""`hearth invite`: a link and a code, printed."""

import typer
from telegram import Bot
from telegram.error import TelegramError

from bot.app import BOT_USERNAME
from bot.clock import SystemClock
from bot.house.invites import link_to, make_invite, make_network_invite
from bot.ids import RandomIds
from bot.keys import open_keyring
from bot.membership.atlas import all_zones
from bot.policy import OVER_HOUSES, OVER_NETWORKS, Role
from bot.settings import Settings, SettingsError
from storage.database import Database


async def make(settings: Settings, *, house: str, network: str, role: str, country: str, zone: str) -> None:
    """Makes the invite and prints it. Raises SettingsError for a role, country or zone that is none."""
    roles = OVER_NETWORKS if network else OVER_HOUSES
    if role not in roles:
        place = "a network" if network else "a house"
        raise SettingsError(f"{role!r} is no role over {place}: it is {', '.join(roles)}.")
    if bool(house.strip()) == bool(network.strip()):
        raise SettingsError("An invite is for a house or for a network: name one of the two.")
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise SettingsError(f"{country!r} is no country: two letters, such as US.")
    if zone not in {*all_zones(), "UTC"}:
        raise SettingsError(f"{zone!r} is no time zone: such as America/New_York.")
    clock = SystemClock()
    async with Database(settings.database_url, open_keyring(settings)) as database, database.write() as work:
        ids, now = RandomIds(clock.now), clock.now()
        if network:
            code = await make_network_invite(work, ids, now, network_name=network, role=Role(role))
        else:
            code = await make_invite(
                work, ids, now, house_name=house, role=Role(role), country=country.upper(), zone=zone
            )
        username = await work.settings.get(BOT_USERNAME)
        await work.commit()
    username = username or await _ask_telegram(settings)
    if username:
        typer.echo(link_to(username, code))
    typer.echo(f"Code: {code}")


async def _ask_telegram(settings: Settings) -> str | None:
    """The bot's own name; None when there is no token, or nobody answers: then the code alone must do."""
    if settings.bot_token is None:
        return None
    try:
        async with Bot(settings.token, base_url=f"{settings.bot_api_url}/bot") as bot:
            return (await bot.get_me()).username
    except TelegramError:
        return None
