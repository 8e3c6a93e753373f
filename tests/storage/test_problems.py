"""A database that can't be used says, in a sentence, what to do."""

import errno
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from storage import engines
from storage.database import Database
from storage.problems import StorageProblem, problem_of
from storage.sealing import Keyring


async def opening(url: str, keyring: Keyring) -> str:
    """What opening this database complains about."""
    with pytest.raises(StorageProblem) as caught:
        await Database(url, keyring).open()
    return str(caught.value)


async def test_a_database_sealed_with_another_key_names_the_variable(url: str, keyring: Keyring) -> None:
    async with Database(url, keyring):
        pass
    assert "HEARTH_SECRET_KEYS" in await opening(url, Keyring([bytes(32)]))


async def test_a_database_locked_by_another_process_says_so(
    sqlite_template: Path, tmp_path: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_SECONDS", 0.05)
    path = tmp_path / "hearth.db"
    shutil.copy(sqlite_template, path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "locked by another process" in await opening(f"sqlite:///{path}", keyring)
    other.close()


async def test_a_file_that_is_no_database_is_not_taken_for_one(tmp_path: Path, keyring: Keyring) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear house, " * 500)
    assert "is not a database" in await opening(f"sqlite:///{path}", keyring)


async def test_a_missing_folder_is_named(tmp_path: Path, keyring: Keyring) -> None:
    assert f"{tmp_path}/nowhere does not exist" in await opening(f"sqlite:///{tmp_path}/nowhere/hearth.db", keyring)


async def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path, keyring: Keyring) -> None:
    assert f"{tmp_path} is not a file" in await opening(f"sqlite:///{tmp_path}", keyring)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_folder_that_is_not_ours_to_write_to_is_named(tmp_path: Path, keyring: Keyring) -> None:
    os.chmod(tmp_path, 0o500)  # noqa: PTH101 - the Path way is refused in async code
    assert "can't be written to" in await opening(f"sqlite:///{tmp_path}/hearth.db", keyring)


@pytest.mark.parametrize("url", ["hearth.db", "mysql://localhost/hearth", "sqlite://", "sqlite:///:memory:"])
async def test_a_url_that_names_no_database_of_ours_is_refused(url: str, keyring: Keyring) -> None:
    with pytest.raises(StorageProblem, match="HEARTH_DATABASE_URL"):
        Database(url, keyring)


async def test_a_postgresql_that_does_not_answer_says_so_and_hides_its_password(keyring: Keyring) -> None:
    sentence = await opening("postgresql://hearth:hush@127.0.0.1:9/hearth", keyring)
    assert "can't be reached" in sentence
    assert "hush" not in sentence


@pytest.mark.postgres
async def test_a_postgresql_without_that_database_says_so(postgres: str, keyring: Keyring) -> None:
    assert "no such database" in await opening(f"postgresql://postgres@/nobody?host={postgres}", keyring)


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")),
        OSError(errno.ENOSPC, "No space left on device"),
    ],
)
def test_a_full_disk_is_called_a_full_disk(error: Exception) -> None:
    assert "is full" in str(problem_of(error, "hearth.db"))


def test_an_error_about_one_row_is_no_problem_of_the_database() -> None:
    assert problem_of(ValueError("naive"), "hearth.db") is None


async def test_a_database_that_is_not_open_says_so(url: str, keyring: Keyring) -> None:
    with pytest.raises(StorageProblem, match="not open"):
        async with Database(url, keyring).read():
            pass
