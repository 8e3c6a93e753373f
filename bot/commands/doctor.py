"""`hearth doctor`: what is wrong with the set-up, and how to mend it, a line each."""

import stat
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import typer
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.clock import SystemClock
from bot.commands.backup import LAST_BACKUP
from bot.keys import key_file, open_keyring, weaknesses
from bot.settings import Settings, SettingsError, read_settings
from dialogs.library import ContentError, Library, open_library
from storage.database import Database
from storage.problems import StorageProblem
from storage.sealing import KeyProblem, parse_keys

BACKUP_LASTS: Final = timedelta(days=7)
"""A backup older than this is no comfort any more."""


async def examine() -> int:
    """Prints what it finds. Returns 0 when all is well, 1 when something is to be mended, 2 for a wrong setting."""
    try:
        settings = read_settings()
    except SettingsError as error:
        typer.echo(f"✗ {error}")
        return 2
    troubles = [trouble async for trouble in _troubles(settings)]
    for trouble in troubles:
        typer.echo(f"✗ {trouble}")
    if not troubles:
        typer.echo("✓ All is well.")
    return 1 if troubles else 0


async def _troubles(settings: Settings) -> AsyncIterator[str]:
    try:
        for line in old_numbers(open_library(), SystemClock().now().date()):
            yield line
    except ContentError as error:
        yield f"The content has mistakes; run: python -m dialogs check\n{error}"
    if settings.bot_token is None:
        yield "HEARTH_BOT_TOKEN is not set, so hearth opens the sandbox; BotFather gives you one."
    elif (trouble := await _telegram(settings)) is not None:
        yield trouble
    for trouble in _files(settings):
        yield trouble
    try:
        async with Database(settings.database_url, open_keyring(settings)) as database:
            for trouble in await _inside(database, SystemClock().now()):
                yield trouble
    except (StorageProblem, SettingsError) as problem:
        yield str(problem)


def old_numbers(library: Library, today: date) -> list[str]:
    """What the doctor says of numbers that nobody has looked at for a year."""
    return [
        f"Nobody has checked this number for a year: {line.says} (see dialogs/content/crisis/numbers.yaml)"
        for line in library.numbers.past_review(today)
    ]


async def _telegram(settings: Settings) -> str | None:
    try:
        async with Bot(settings.token, base_url=f"{settings.bot_api_url}/bot"):
            return None
    except InvalidToken:
        return "Telegram does not know this token; check HEARTH_BOT_TOKEN."
    except TelegramError as error:
        return f"The Bot API can't be reached ({type(error).__name__}); check the network, and HEARTH_BOT_API_URL."


async def _inside(database: Database, now: datetime) -> list[str]:
    troubles = []
    async with database.read() as work:
        last = await work.settings.get(LAST_BACKUP)
        houses = await work.houses.all()
        broken = [house.name for house in houses if (await work.trail.verify(house.id)).broken_at is not None]
        somebody = bool(await work.people.all_ids())
    if database.is_sqlite and somebody and last is None:
        troubles.append("There is no backup of the database yet; make one now and then: hearth backup FILE")
    elif database.is_sqlite and last is not None and now - datetime.fromisoformat(last) > BACKUP_LASTS:
        troubles.append(f"The last backup is of {last[:10]}, more than a week ago; run: hearth backup FILE")
    troubles += [f"The trail of {name} was changed by hand; run: hearth trail verify" for name in broken]
    return troubles


def _keys(settings: Settings) -> list[str]:
    given = settings.secret_keys
    if given is None:
        return []
    try:
        return weaknesses(parse_keys(given.get_secret_value()))
    except KeyProblem:
        return []  # opening the keyring says what is wrong with them


def _files(settings: Settings) -> list[str]:
    troubles = _keys(settings)
    key = key_file(settings)
    if settings.secret_keys is None and key is not None:
        troubles.append(
            f"HEARTH_SECRET_KEYS is not set, so the key lies in {key}, beside the database it seals; "
            "put it into the environment, keep a copy elsewhere, and delete the file."
        )
    database = settings.sqlite_file
    environment = Path(".env")
    if settings.secret_keys is not None and database is not None and _keys_beside(database, environment):
        troubles.append(
            f"{environment} holds HEARTH_SECRET_KEYS and lies beside the database; whoever copies the folder has "
            "both. Keep the keys elsewhere: in the service's own environment, say."
        )
    troubles += [
        f"{file} can be read by others on this machine; run: chmod 600 {file}"
        for file in (database, key, environment)
        if file is not None and _open_to_others(file)
    ]
    return troubles


def _keys_beside(database: Path, environment: Path) -> bool:
    """Whether the file that sets the keys stands in the database's own folder."""
    try:
        sets_keys = "HEARTH_SECRET_KEYS=" in environment.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return sets_keys and environment.resolve().parent == database.resolve().parent


def _open_to_others(file: Path) -> bool:
    return file.exists() and bool(file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
