"""`hearth keys rotate`: every data key and lookup key wrapped anew by the first of HEARTH_SECRET_KEYS."""

import typer

from bot.keys import KEYS_AT_HAND, open_keyring
from bot.settings import Settings, SettingsError
from storage.database import Database
from storage.sealing import Keyring

_AT_ONCE = 100
"""Keys a piece: it holds the writer for a few milliseconds, so that whoever presses SOS meanwhile waits for none."""


async def rotate(settings: Settings, *, bot_is_stopped: bool) -> None:
    """Rewraps what older keys wrapped, a piece at a time, while the bot runs; an interrupted one goes on next time.

    What the keys seal is not touched. Raises SettingsError when the bot that ran last did not know the new key:
    it could not open what is wrapped anew.
    """
    if settings.secret_keys is None:
        raise SettingsError(
            "Put the new key first in HEARTH_SECRET_KEYS and the old one after it, then run this again."
        )
    keyring = open_keyring(settings)
    async with Database(settings.database_url, keyring) as database:
        if not bot_is_stopped and not await _bot_knows(database, keyring):
            raise SettingsError(
                "The bot was started without the new key. Restart it with these HEARTH_SECRET_KEYS, then run this "
                "again; or, if it is stopped, add --bot-is-stopped."
            )
        done = 0
        while True:
            async with database.write() as work:
                step = await work.keys.rewrap(_AT_ONCE)
                await work.commit()
            done += step.done
            typer.echo(f"{done} keys wrapped anew, {step.left} to go")
            if not step.left:
                break
    typer.echo("Done: the first key alone opens everything. Take the old one out of HEARTH_SECRET_KEYS, and restart.")
    typer.echo("Backups made before today still need the old key: keep it as long as you keep them.")


async def _bot_knows(database: Database, keyring: Keyring) -> bool:
    async with database.read() as work:
        known = await work.settings.get(KEYS_AT_HAND)
    return known is None or keyring.first in known.split(",")
