"""`hearth dialogs`: dialogs that a house wrote itself, from the shell."""

from pathlib import Path

import typer

from bot.clock import SystemClock
from bot.house.networks import NoSuchPlace
from bot.house.own_dialogs.arriving import MOST
from bot.ids import RandomIds
from bot.keys import open_keyring
from bot.settings import Settings, SettingsError
from dialogs.library import open_library
from dialogs.own.reading import Own, read_own
from storage.database import Database
from storage.repositories.houses import House
from storage.repositories.own_dialogs import OwnDialog
from storage.unit_of_work import UnitOfWork


async def add(settings: Settings, *, file: Path, house_name: str) -> None:
    """Lays a version ready to be tried out. Raises SettingsError with every mistake in the file, and NoSuchPlace."""
    text, name = _read(file)
    clock = SystemClock()
    ids = RandomIds(clock.now)
    async with Database(settings.database_url, open_keyring(settings)) as database, database.write() as work:
        house = await _house(work, house_name)
        if await work.own_dialogs.count(house.id) >= MOST:
            raise NoSuchPlace(f"{house.name} has {MOST} versions already; staff throw one away with /own_dialogs.")
        version = await work.own_dialogs.next_version(house.id, name)
        row = OwnDialog(
            id=ids.new(),
            house_id=house.id,
            author_id=None,
            name=name,
            version=version,
            state="read",
            changed_at=clock.now(),
        )
        await work.own_dialogs.add(row, text.encode())
        await work.commit()
    typer.echo(
        f"{name}, version {version}, is ready. Staff of {house_name} try it out and switch it on: /own_dialogs."
    )


async def show(settings: Settings, *, house_name: str) -> None:
    """Prints them, a line a version. Raises NoSuchPlace."""
    async with Database(settings.database_url, open_keyring(settings)) as database, database.read() as work:
        house = await _house(work, house_name)
        for each in await work.own_dialogs.of([house.id]):
            typer.echo(f"{each.name}, version {each.version}: {each.state}, since {each.changed_at:%Y-%m-%d}")


async def _house(work: UnitOfWork, name: str) -> House:
    house = await work.houses.by_name(name)
    if house is None:
        raise NoSuchPlace(f"There is no house called {name!r}; `hearth invite --house` makes one.")
    return house


def _read(file: Path) -> tuple[str, str]:
    """What is in the file, and the name of the dialog that it is. Raises SettingsError with every mistake in it."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SettingsError(f"{file.name} is not text; save it as plain text, in UTF-8.") from None
    found = read_own(text, open_library(), version=1)
    if not isinstance(found, Own):
        raise SettingsError("\n".join(f"{file.name}: {each}" for each in found))
    return text, found.dialog.dialog
