"""`hearth breach FILE`: everybody affected is told that data got out."""

from collections.abc import Mapping
from pathlib import Path

import typer
import yaml

from bot.clock import SystemClock
from bot.ids import RandomIds
from bot.keys import open_keyring
from bot.membership import breach
from bot.settings import Settings, SettingsError
from storage.database import Database

_LONGEST = 4000
"""Characters: a little less than Telegram takes in one message."""


async def tell(settings: Settings, *, file: Path | None, text: str, house_name: str, confirmed: bool) -> None:
    """Shows whom it goes to, asks, and puts it into the outbox, which the running bot sends from.

    Raises SettingsError for a notice that can't be used and a house that is none.
    """
    texts = _texts(file, text)
    clock = SystemClock()
    async with Database(settings.database_url, open_keyring(settings)) as database:
        async with database.read() as work:
            house = await work.houses.by_name(house_name) if house_name else None
            if house_name and house is None:
                raise SettingsError(f"There is no house called {house_name!r}.")
            people = await breach.affected(work, house)
        for language, count in sorted(people.by_language(texts).items()):
            typer.echo(f"{count} will read it in {language!r}.")
        if people.unreached:
            typer.echo(f"{len(people.unreached)} can't be reached in Telegram any more: tell them another way.")
        if not people.reached:
            typer.echo("There is nobody to tell.")
            return
        if not confirmed:
            typer.confirm(f"Tell {len(people.reached)} people now? This can't be taken back", abort=True)
        async with database.write() as work:
            await breach.tell(work, RandomIds(clock.now), clock.now(), people, texts, house=house)
            await work.commit()
    typer.echo(f"{len(people.reached)} letters are in the outbox. The running bot sends them within a minute.")


def _texts(file: Path | None, text: str) -> Mapping[str, str]:
    if (file is None) == (not text):
        raise SettingsError("Name a file with the notice, or give it with --text: one of the two.")
    # Any: YAML holds whatever it holds; it is judged on the next lines.
    given = {"en": text} if file is None else _read(file)
    if not isinstance(given, dict) or not all(
        isinstance(language, str) and isinstance(words, str) and words.strip() for language, words in given.items()
    ):
        raise SettingsError("The notice is a text for each language, such as `en: …` and `es: …`.")
    if "en" not in given:
        raise SettingsError("The notice needs a text under `en`, for everybody whose language it does not have.")
    too_long = [language for language, words in given.items() if len(words) > _LONGEST]
    if too_long:
        raise SettingsError(f"The notice in {too_long[0]!r} is longer than {_LONGEST} characters; Telegram cuts it.")
    return {language: words.strip() for language, words in given.items()}


def _read(file: Path) -> object:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{file} can't be read ({error.strerror}).") from None
    except (UnicodeDecodeError, yaml.YAMLError):
        raise SettingsError(f"{file} is not YAML; write `en: |` and the text under it.") from None
