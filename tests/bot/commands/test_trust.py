"""Keys that rotate, a trail that shows a gap, and a notice to everybody: as whoever runs Hearth does it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.keys import weaknesses
from storage.database import Database
from storage.repositories.people import Person
from storage.sealing import Keyring, new_key, parse_keys
from tests.bot.commands.hearth import Hearth
from tests.bot.membership.world import NOON_IN_NEW_YORK

OLD, NEW = new_key(), new_key()


def database(folder: Path, keys: str) -> Database:
    return Database(f"sqlite+aiosqlite:///{folder / 'hearth.db'}", Keyring(parse_keys(keys)), synchronous="OFF")


async def people_in(folder: Path, keys: str, **locales: str) -> None:
    async with database(folder, keys) as opened, opened.write() as work:
        for number, (name, locale) in enumerate(locales.items(), start=77):
            await work.people.add(
                Person(
                    id=number, telegram_id=number, name=name, locale=locale, zone="UTC", joined_at=NOON_IN_NEW_YORK
                )
            )
        await work.commit()


async def test_rotated_keys_open_everything_without_the_old_one_and_find_everybody(hearth: Hearth) -> None:
    await people_in(hearth.folder, OLD, Ana="en", Ben="es")
    ended = await hearth("keys", "rotate", HEARTH_SECRET_KEYS=f"{NEW},{OLD}")
    assert (ended.code, ended.complained) == (0, "")
    assert "3 keys wrapped anew, 0 to go" in ended.said
    again = await hearth("keys", "rotate", HEARTH_SECRET_KEYS=f"{NEW},{OLD}")
    assert "0 keys wrapped anew, 0 to go" in again.said
    async with database(hearth.folder, NEW) as opened, opened.read() as work:
        found = await work.people.find_many([77, 78])
        assert {person.name for person in found.values()} == {"Ana", "Ben"}
    refused = await hearth("keys", "rotate", HEARTH_SECRET_KEYS=OLD)
    assert refused.code == 1
    assert "add the key it was made with" in refused.complained


async def test_an_interrupted_rotation_loses_nothing_and_goes_on(hearth: Hearth) -> None:
    names = {f"Name{number}": "en" for number in range(20)}
    await people_in(hearth.folder, OLD, **names)
    both = f"{NEW},{OLD}"
    async with database(hearth.folder, both) as opened:
        async with opened.write() as work:
            assert (await work.keys.rewrap(5)).left == 16
            await work.commit()
        async with opened.write() as work:
            await work.keys.rewrap(5)  # and the machine stops here
        async with opened.read() as work:
            assert len(await work.people.find_many(range(77, 97))) == 20
    ended = await hearth("keys", "rotate", HEARTH_SECRET_KEYS=both)
    assert "16 keys wrapped anew, 0 to go" in ended.said


async def test_a_bot_that_does_not_know_the_new_key_is_not_locked_out(hearth: Hearth) -> None:
    await people_in(hearth.folder, OLD, Ana="en")
    async with database(hearth.folder, OLD) as opened, opened.write() as work:
        await work.settings.set("keys_at_hand", Keyring(parse_keys(OLD)).first)
        await work.commit()
    ended = await hearth("keys", "rotate", HEARTH_SECRET_KEYS=f"{NEW},{OLD}")
    assert ended.code == 2
    assert "Restart it with these HEARTH_SECRET_KEYS" in ended.complained
    stopped = await hearth("keys", "rotate", "--bot-is-stopped", HEARTH_SECRET_KEYS=f"{NEW},{OLD}")
    assert stopped.code == 0


async def test_the_trail_is_verified_and_what_was_done_by_hand_shows(hearth: Hearth) -> None:
    for role in ("staff", "mentor", "participant"):
        await hearth("invite", "--house", "Maple House", "--role", role, HEARTH_SECRET_KEYS=OLD)
    whole = await hearth("trail", "verify", HEARTH_SECRET_KEYS=OLD)
    assert whole.code == 0
    assert "Maple House: 3 lines, whole." in whole.said
    head = whole.said.split()[-1]
    assert (await hearth("trail", "verify", "--head", head, HEARTH_SECRET_KEYS=OLD)).code == 0
    with closing(sqlite3.connect(hearth.folder / "hearth.db")) as connection, connection:
        connection.execute("DELETE FROM trail WHERE number = 3")
    assert (await hearth("trail", "verify", HEARTH_SECRET_KEYS=OLD)).code == 0
    cut = await hearth("trail", "verify", "--head", head, HEARTH_SECRET_KEYS=OLD)
    assert (cut.code, "cut off" in cut.complained) == (1, True)
    with closing(sqlite3.connect(hearth.folder / "hearth.db")) as connection, connection:
        connection.execute("DELETE FROM trail WHERE number = 1")
    broken = await hearth("trail", "verify", HEARTH_SECRET_KEYS=OLD)
    assert (broken.code, "line 1 was changed, or is missing" in broken.said) == (1, True)
    assert (await hearth("trail", "verify", "--head", "nonsense", HEARTH_SECRET_KEYS=OLD)).code == 2


async def test_a_notice_reaches_everybody_in_their_language_and_asks_first(hearth: Hearth) -> None:
    await people_in(hearth.folder, OLD, Ana="en", Ben="es", Carla="es", Dieter="de")
    (hearth.folder / "notice.yaml").write_text("en: Data got out.\nes: Salieron datos.\n", encoding="utf-8")
    unasked = await hearth("breach", "notice.yaml", HEARTH_SECRET_KEYS=OLD)
    assert unasked.code != 0
    ended = await hearth("breach", "notice.yaml", "--yes", HEARTH_SECRET_KEYS=OLD)
    assert (ended.code, ended.complained) == (0, "")
    assert "2 will read it in 'en'." in ended.said
    assert "2 will read it in 'es'." in ended.said
    async with database(hearth.folder, OLD) as opened, opened.write() as work:
        letters = await work.outbox.claim_due(NOON_IN_NEW_YORK.replace(year=2100), "test", NOON_IN_NEW_YORK, 10)
        assert letters == []  # it is tried for a month, not for ever
        assert await work.outbox.counts_by_state() == {"waiting": 4}


async def test_a_notice_that_can_not_be_used_is_refused_in_a_sentence(hearth: Hearth) -> None:
    (hearth.folder / "no_english.yaml").write_text("es: Salieron datos.\n", encoding="utf-8")
    (hearth.folder / "nonsense.yaml").write_text("- a\n- b\n", encoding="utf-8")
    for words in (
        ("no_english.yaml",),
        ("nonsense.yaml",),
        ("missing.yaml",),
        (),
        ("no_english.yaml", "--text", "x"),
    ):
        ended = await hearth("breach", *words, "--yes", HEARTH_SECRET_KEYS=OLD)
        assert ended.code == 2
        assert ended.complained.count("\n") == 1


async def test_the_doctor_names_weak_keys_old_backups_and_keys_in_the_databases_folder(hearth: Hearth) -> None:
    await people_in(hearth.folder, OLD, Ana="en")
    (hearth.folder / ".env").write_text(f"HEARTH_SECRET_KEYS={OLD}\n", encoding="utf-8")
    (hearth.folder / "hearth.db").chmod(0o644)
    ended = await hearth("doctor")
    assert ended.code == 1
    assert ".env holds HEARTH_SECRET_KEYS and lies beside the database" in ended.said
    assert "There is no backup of the database yet" in ended.said
    assert "hearth.db can be read by others" in ended.said
    assert OLD not in ended.said
    await hearth("backup", "copy.db")
    assert "backup" not in (await hearth("doctor")).said
    with closing(sqlite3.connect(hearth.folder / "hearth.db")) as connection, connection:
        connection.execute("UPDATE settings SET value = '2025-01-01T00:00:00+00:00' WHERE key = 'last_backup'")
    assert "The last backup is of 2025-01-01" in (await hearth("doctor")).said


def test_keys_that_chance_did_not_make_are_weak() -> None:
    assert weaknesses([*parse_keys(OLD), *parse_keys(NEW)]) == []
    for weak in (
        bytes(32),
        bytes(range(32)),
        b"0123456789012345678901234567890!",
        b"correct horse battery staple abc",
    ):
        assert len(weaknesses([weak])) == 1
    assert "twice" in weaknesses([*parse_keys(OLD), *parse_keys(OLD)])[0]


async def test_backups_age_out_when_asked_and_nothing_else_in_their_folder_does(hearth: Hearth) -> None:
    await people_in(hearth.folder, OLD, Ana="en")
    for name in ("old.db", "young.db"):
        assert (await hearth("backup", name, HEARTH_SECRET_KEYS=OLD)).code == 0
    with closing(sqlite3.connect(hearth.folder / "old.db")) as connection, connection:
        connection.execute("UPDATE settings SET value = '2025-01-01T00:00:00+00:00' WHERE key = 'backup_made_at'")
    with closing(sqlite3.connect(hearth.folder / "others.db")) as connection, connection:
        connection.execute("CREATE TABLE settings (key TEXT, value TEXT)")
    (hearth.folder / "notes.txt").write_text("not a database", encoding="utf-8")
    ended = await hearth("backup", "new.db", "--drop-after", "30", HEARTH_SECRET_KEYS=OLD)
    assert (ended.code, ended.complained) == (0, "")
    assert "old.db: removed, it was of 2025-01-01." in ended.said
    left = {each.name for each in hearth.folder.iterdir()}
    assert left == {"hearth.db", "young.db", "others.db", "notes.txt", "new.db"}
