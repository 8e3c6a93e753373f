"""Starting where it can't be done, and stopping in the middle of things: one sentence, and nothing lost."""

import asyncio
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from bot.clock import SystemClock
from bot.ids import RandomIds
from bot.policy import Role
from bot.sandbox.client import Telephones
from storage.database import Database
from storage.sealing import Keyring, new_key, parse_keys
from tests.reliability import scripts
from tests.reliability.audit import Ledger
from tests.reliability.crowd import Human
from tests.reliability.house import Newcomer, found
from tests.reliability.processes import BotProcess, sandbox_process, settings_for

NOWHERE = "http://127.0.0.1:9"
PEOPLE = 160
"""More than three times what is on its way at once, so that there is a middle to stop in."""


@pytest.mark.timeout(90)
async def test_sigterm_in_the_middle_of_an_announcement_ends_in_five_seconds_and_nobody_is_left_out_or_told_twice(
    tmp_path: Path,
) -> None:
    clock = SystemClock()
    async with sandbox_process("--no-limits") as url, Telephones(url) as phones:
        environment = settings_for(tmp_path, url)
        bot = BotProcess(tmp_path, environment)
        keyring = Keyring(parse_keys(environment["HEARTH_SECRET_KEYS"]))
        newcomers = []
        for number in range(PEOPLE + 1):
            person = await phones.user(f"Person {number}")
            role = Role.PARTICIPANT if number else Role.STAFF
            newcomers.append(Newcomer(telegram_id=person.id, name=person.first_name, role=role))
            if role is Role.PARTICIPANT:
                await phones.start(person.id)  # their chat is open
        async with Database(bot.database_url, keyring) as database:
            await found(database, RandomIds(clock.now), clock.now(), newcomers)
        staff = Human(
            phones=phones,
            clock=clock,
            chance=Random(1),  # noqa: S311 - repeatable on purpose
            id=newcomers[0].telegram_id,
            name="Staff",
            think=0,
            patience=30,
        )
        await bot.start()
        await staff.write(scripts.START)
        await staff.play(scripts.ARRIVE)
        for each in newcomers[1:]:
            await phones.fault("slow", chat_id=each.telegram_id, method="sendMessage", delay=1.5)
        announced = asyncio.create_task(staff.play(scripts.announcement(1)))
        await phones.expect(newcomers[1].telegram_id, lambda bubble: "News 1" in bubble.text, seconds=30)

        since = clock.pace()
        assert await bot.stop() == 0
        assert clock.pace() - since < 5
        told = await _told(phones, newcomers)
        assert 0 < len(told) < PEOPLE, "it was stopped in the middle"

        await bot.start()
        await announced
        assert await bot.stop() == 0
        told = await _told(phones, newcomers)
        ledger = await Ledger.read(bot.database_url, keyring, [])
    assert ledger.recipients == {"sent": PEOPLE}
    assert told == Counter({each.telegram_id: 1 for each in newcomers[1:]})


async def _told(phones: Telephones, newcomers: list[Newcomer]) -> Counter[int]:
    chats = [await phones.chat(each.telegram_id) for each in newcomers[1:]]
    return Counter(chat.id for chat in chats for bubble in chat.said if "News 1" in bubble.text)


@pytest.fixture
async def bot(tmp_path: Path) -> BotProcess:
    """A bot with a database of its own, good in every way; there is no Telegram."""
    environment = settings_for(tmp_path, NOWHERE)
    async with Database(environment["HEARTH_DATABASE_URL"], Keyring(parse_keys(environment["HEARTH_SECRET_KEYS"]))):
        pass
    return BotProcess(tmp_path, environment)


async def refusal(bot: BotProcess) -> str:
    """What it says when it can't start: one sentence, exit code 1, no traceback."""
    await bot.start()
    async with asyncio.timeout(40):
        code = await bot.ended()
    said = bot.last_words().strip()
    assert code == 1, said
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1, said
    return said


async def test_a_database_that_another_process_holds_is_named(bot: BotProcess) -> None:
    with closing(sqlite3.connect(bot.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")

        assert "is locked by another process; stop the other Hearth" in await refusal(bot)


@pytest.mark.parametrize(
    ("revision", "advice"), [("0001", "older than this Hearth; run: hearth db upgrade"), ("9999", "newer than this")]
)
async def test_tables_of_another_version_are_named(bot: BotProcess, revision: str, advice: str) -> None:
    with closing(sqlite3.connect(bot.database)) as file:
        file.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        file.commit()

    assert advice in await refusal(bot)


async def test_a_wrong_key_is_named(bot: BotProcess, tmp_path: Path) -> None:
    other = settings_for(tmp_path, NOWHERE, HEARTH_SECRET_KEYS=new_key())

    assert "sealed with a secret key that is not in HEARTH_SECRET_KEYS" in await refusal(BotProcess(tmp_path, other))


async def test_a_full_disk_is_named(bot: BotProcess, tmp_path: Path) -> None:
    with _small_disk(tmp_path / "small", bot.database.stat().st_size + 400_000) as small:
        shutil.copy(bot.database, small / "hearth.db")
        with (small / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
            while ballast.write(b"0" * 4096):
                pass  # until the disk is full
        full = {**bot.environment, "HEARTH_DATABASE_URL": f"sqlite+aiosqlite:///{small / 'hearth.db'}"}

        assert "is full; free some space" in await refusal(BotProcess(tmp_path, full))


@contextmanager
def _small_disk(where: Path, size: int) -> Iterator[Path]:
    """A disk of so many bytes; skips the test where we may not mount one."""
    where.mkdir()
    mount = shutil.which("mount") or "mount"
    made = subprocess.run(  # noqa: S603 - our own arguments
        [mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(where)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("mounting a small disk takes rights that we don't have")
    try:
        yield where
    finally:
        subprocess.run([shutil.which("umount") or "umount", "-l", str(where)], check=True)  # noqa: S603 - ours
