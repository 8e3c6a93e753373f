"""What somebody does at the terminal before and beside the bot."""

import re
import sqlite3
from contextlib import closing

from tests.bot.commands.hearth import Hearth


async def test_keys_new_prints_a_key_that_works(hearth: Hearth) -> None:
    key = (await hearth("keys", "new")).said.strip()
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", key)
    ended = await hearth("invite", "--house", "Maple House", "--role", "staff", HEARTH_SECRET_KEYS=key)
    assert ended.code == 0
    assert not (hearth.folder / "hearth.key").exists()


async def test_an_invite_is_a_code_and_where_the_bot_is_known_a_link(hearth: Hearth) -> None:
    ended = await hearth("invite", "--house", "Maple House", "--role", "mentor")
    assert (ended.code, ended.complained.count("Traceback")) == (0, 0)
    assert re.search(r"^Code: [A-Z2-7]{16}$", ended.said, re.MULTILINE)


async def test_an_upgrade_makes_the_tables_and_doing_it_again_does_no_harm(hearth: Hearth) -> None:
    for _ in range(2):
        assert (await hearth("db", "upgrade")).code == 0
    with closing(sqlite3.connect(hearth.folder / "hearth.db")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"people", "alerts", "outbox"} <= tables


async def test_a_backup_is_the_whole_database_for_its_owner_alone(hearth: Hearth) -> None:
    nothing_yet = await hearth("backup", "copy.db")
    assert (nothing_yet.code, "There is no database" in nothing_yet.complained) == (2, True)
    await hearth("invite", "--house", "Maple House", "--role", "staff")
    ended = await hearth("backup", "copy.db")
    assert ended.code == 0
    copy = hearth.folder / "copy.db"
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM invites").fetchone() == (1,)
    again = await hearth("backup", "copy.db")
    assert (again.code, "exists already" in again.complained) == (2, True)


async def test_the_doctor_names_what_is_to_be_mended_and_says_so_by_exit_code(hearth: Hearth) -> None:
    ended = await hearth("doctor")
    assert ended.code == 1
    assert "✗ HEARTH_BOT_TOKEN is not set" in ended.said
    wrong = await hearth("doctor", HEARTH_BOT_TOKEN="nonsense")
    assert (wrong.code, wrong.said.startswith("✗ HEARTH_BOT_TOKEN")) == (2, True)
