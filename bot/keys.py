"""The secret keys, from the environment; or, so that a first try needs nothing, from a file beside the database."""

import os
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

import structlog

from bot.settings import Settings, SettingsError
from storage.sealing import KeyProblem, Keyring, new_key, parse_keys

KEY_FILE: Final = "hearth.key"

KEYS_AT_HAND: Final = "keys_at_hand"
"""The setting that names the keys the bot was started with, by fingerprint, so that none is rotated away from it."""

log = structlog.get_logger(__name__)


def open_keyring(settings: Settings) -> Keyring:
    """The keyring. Raises SettingsError when a key is not one, or PostgreSQL is used without any.

    With SQLite and no HEARTH_SECRET_KEYS, a key is made once and kept, readable by nobody else, in `hearth.key`
    beside the database: `hearth doctor` says why it belongs elsewhere.
    """
    try:
        if settings.secret_keys is not None:
            return Keyring(parse_keys(settings.secret_keys.get_secret_value()))
        file = key_file(settings)
        if file is None:
            raise SettingsError("Set HEARTH_SECRET_KEYS (hearth keys new makes one); with PostgreSQL it is needed.")
        return Keyring(parse_keys(_read_or_make(file)))
    except KeyProblem as problem:
        raise SettingsError(f"HEARTH_SECRET_KEYS: {problem}") from None


def key_file(settings: Settings) -> Path | None:
    """Where the key made for a first try is kept; None where the database is not a file."""
    database = settings.sqlite_file
    return None if database is None else database.with_name(KEY_FILE)


def weaknesses(keys: Sequence[bytes]) -> list[str]:
    """What is wrong with master keys that do open the database: made by hand, or twice the same; a sentence each."""
    found = [
        f"Key {place} in HEARTH_SECRET_KEYS is easy to guess; make one with: hearth keys new, and: hearth keys rotate"
        for place, key in enumerate(keys, start=1)
        if _is_easy(key)
    ]
    if len(set(keys)) < len(keys):
        found.append("A key stands twice in HEARTH_SECRET_KEYS; leave one of them out.")
    return found


def _is_easy(key: bytes) -> bool:
    """Whether 32 bytes are not what chance gives: few different ones, typed letters, or one step apart.

    Of random keys fewer than one in 10¹² looks so: they have about 30 different bytes, a third of them printable.
    """
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    return len(set(key)) < 20 or len(steps) < 8 or all(32 <= byte < 127 for byte in key)


def _read_or_make(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{file} can't be read; it holds the key of your database. Restore it.") from None
    key = new_key()
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise SettingsError(f"{file} can't be written ({error.strerror}); set HEARTH_SECRET_KEYS instead.") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(key + "\n")
    log.warning("key.made", file=file.name, advice="keep it apart from the database: set HEARTH_SECRET_KEYS")
    return key
