"""Keys change under a house that goes on living; killed in the middle, it loses nothing and is run again."""

import asyncio
from pathlib import Path

from pydantic import SecretStr

from bot.keys import key_file
from bot.settings import Settings
from storage.database import Database
from storage.repositories.people import Person
from storage.sealing import Keyring, new_key, parse_keys
from tests.bot.commands.hearth import Hearth
from tests.support.house import House

CROWD = 4000
"""Keys enough that a rotation takes dozens of pieces, and is still at it when it is killed."""


def the_key_of(settings: Settings) -> str:
    """The one the house was opened with: set, or made beside the database."""
    if settings.secret_keys is not None:
        return settings.secret_keys.get_secret_value()
    file = key_file(settings)
    assert file is not None
    return file.read_text(encoding="ascii").strip()


async def left_to_wrap(settings: Settings, keys: str) -> int:
    """How many keys the first does not wrap yet."""
    async with Database(settings.database_url, Keyring(parse_keys(keys))) as database, database.write() as work:
        return (await work.keys.rewrap(0)).left  # nothing is wrapped, and nothing committed


async def starts_with(house: House, keys: str) -> None:
    """The bot sleeps, and wakes with these keys."""
    await house.sleeps()
    house.settings = house.settings.model_copy(update={"secret_keys": SecretStr(keys)})
    await house.wakes()


async def lived_in(house: House) -> None:
    """So many more people are known, whose chats this story never opens."""
    async with house.app.database.write() as work:
        for number in range(CROWD):
            await work.people.add(
                Person(
                    id=number + 1, telegram_id=9_000_000 + number, name=f"Kim {number}", locale="en", zone="UTC",
                    joined_at=house.now,
                )
            )  # fmt: skip
        await work.commit()


async def test_keys_rotate_under_a_living_house_and_a_kill_loses_nothing(
    house_on_either: House, tmp_path: Path
) -> None:
    house = house_on_either
    new, old = new_key(), the_key_of(house.settings)
    both = f"{new},{old}"
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await lived_in(house)
    hearth = Hearth(tmp_path, {"HEARTH_DATABASE_URL": house.settings.database_url})

    refused = await hearth("keys", "rotate", HEARTH_SECRET_KEYS=both)
    assert "Restart it with these HEARTH_SECRET_KEYS" in refused.complained
    await starts_with(house, both)

    rotating = await hearth.start("keys", "rotate", HEARTH_SECRET_KEYS=both)
    assert rotating.stdout is not None
    progress = await rotating.stdout.readline()
    rotating.kill()
    await rotating.communicate()
    assert b"100 keys wrapped anew, " in progress
    assert 0 < await left_to_wrap(house.settings, both) < CROWD

    # Some are wrapped by the one key, some by the other; nobody in the house notices.
    await ana.presses("🆘 SOS")
    await ana.sees("write a line about what's going on")
    await ana.writes("It is loud in here")
    await maria.reads("🔔 Ana is asking for somebody")

    again = asyncio.create_task(hearth("keys", "rotate", HEARTH_SECRET_KEYS=both))
    turns = 0
    while not again.done():
        await maria.writes("/alerts")
        await maria.reads("Open calls in Maple House")
        turns += 1
    assert turns > 1
    ended = await again
    assert (ended.code, ended.complained) == (0, "")
    assert ended.said.count(" to go") > 10
    assert ", 0 to go" in ended.said
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")

    await starts_with(house, new)  # the old key is gone: everything opens, and nobody is a stranger
    await maria.sees("“It is loud in here”")
    await ana.writes("/who_saw")
    await ana.reads("Maria", "the words you added")
    async with house.app.database.read() as work:
        found = await work.people.find_many([ana.id, maria.id, 9_000_000, 9_000_000 + CROWD - 1])
    assert {person.name for person in found.values()} == {"Ana", "Maria", "Kim 0", f"Kim {CROWD - 1}"}
    for each in house.everybody:
        await each.has_read_everything()
