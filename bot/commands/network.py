"""`hearth network`: homes run together."""

from collections.abc import Sequence

import typer

from bot.clock import SystemClock
from bot.house.networks import make_network
from bot.ids import RandomIds
from bot.keys import open_keyring
from bot.settings import Settings, SettingsError
from storage.database import Database


async def make(settings: Settings, *, name: str, houses: Sequence[str]) -> None:
    """Makes or extends the network, and prints its houses. Raises SettingsError without a name; NoSuchPlace."""
    if not name.strip():
        raise SettingsError("A network needs a name.")
    clock = SystemClock()
    async with Database(settings.database_url, open_keyring(settings)) as database, database.write() as work:
        names = await make_network(work, RandomIds(clock.now), clock.now(), name=name, houses=houses)
        await work.commit()
    for each in names:
        typer.echo(each)
