"""Sealing: what people write, their names, and what is still to be said, encrypted in the column.

Master keys come from HEARTH_SECRET_KEYS. They wrap the data keys, one for each person and house, and the
data keys seal the columns (AES-256-GCM). Destroying a data key destroys all it sealed, backups included.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.problems import StorageProblem

KEY_BYTES = 32
_NONCE_BYTES = 12
_VERSION = b"\x01"
_START = len(_VERSION) + _NONCE_BYTES


class KeyProblem(Exception):  # noqa: N818 - it reads as what it is
    """HEARTH_SECRET_KEYS can't be used; `str(problem)` says what to do."""


class SealBroken(Exception):  # noqa: N818
    """Sealed bytes don't belong to this key, label and row, or were changed."""


def new_key() -> str:
    """A new master key, as it stands in HEARTH_SECRET_KEYS: 43 letters, digits, `-` and `_`."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode().rstrip("=")


def parse_keys(text: str) -> list[bytes]:
    """The master keys in a comma-separated text; the first seals, all open. Raises KeyProblem."""
    words = [word.strip() for word in text.split(",") if word.strip()]
    if not words:
        raise KeyProblem("HEARTH_SECRET_KEYS is empty; make a key with: hearth keys new")
    keys = []
    for place, word in enumerate(words, start=1):
        try:
            key = base64.b64decode(word + "=" * (-len(word) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            raise KeyProblem(f"Key {place} in HEARTH_SECRET_KEYS is not base64; copy it again.") from None
        if len(key) != KEY_BYTES:
            raise KeyProblem(f"Key {place} in HEARTH_SECRET_KEYS has {len(key)} bytes instead of 32; copy it again.")
        keys.append(key)
    return keys


class DataKey:
    """Seals and opens the columns of one subject."""

    __slots__ = ("_cipher", "_key")

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._key = key

    def mac(self, label: str, data: bytes) -> bytes:
        """A keyed hash, which only the holder of this key can make: another one under each label."""
        return hmac.digest(hmac.digest(self._key, label.encode(), "sha256"), data, "sha256")

    def seal(self, label: str, row_id: int, text: str | bytes) -> bytes:
        """Sealed bytes that open only under the same label (`people.name`) and row id."""
        plain = text.encode() if isinstance(text, str) else text
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, f"{label}:{row_id}".encode())

    def open(self, label: str, row_id: int, sealed: bytes) -> bytes:
        """What was sealed. Raises SealBroken."""
        if sealed[:1] != _VERSION:
            raise SealBroken(f"{label} of row {row_id} was sealed by a version this Hearth does not know.")
        try:
            return self._cipher.decrypt(sealed[1:_START], sealed[_START:], f"{label}:{row_id}".encode())
        except InvalidTag:
            raise SealBroken(f"{label} of row {row_id} does not open with its key.") from None

    def open_text(self, label: str, row_id: int, sealed: bytes) -> str:
        """What was sealed, as text. Raises SealBroken."""
        return self.open(label, row_id, sealed).decode()

    def seal_if(self, label: str, row_id: int, text: str | bytes | None) -> bytes | None:
        """`seal`, where None stays None."""
        return None if text is None else self.seal(label, row_id, text)

    def open_text_if(self, label: str, row_id: int, sealed: bytes | None) -> str | None:
        """`open_text`, where None stays None."""
        return None if sealed is None else self.open_text(label, row_id, sealed)


class Keyring:
    """The master keys: the first wraps, all unwrap."""

    def __init__(self, master_keys: Sequence[bytes]) -> None:
        if not master_keys:
            raise KeyProblem("There is no secret key; make one with: hearth keys new")
        self._ciphers = {fingerprint(key): DataKey(key) for key in master_keys}
        self.first = fingerprint(master_keys[0])

    @property
    def fingerprints(self) -> frozenset[str]:
        """Of every master key at hand."""
        return frozenset(self._ciphers)

    def wrap(self, label: str, row_id: int, key: bytes) -> bytes:
        """A data or lookup key, wrapped by the first master key."""
        return self._ciphers[self.first].seal(label, row_id, key)

    def unwrap(self, label: str, row_id: int, wrapped: bytes, master: str) -> bytes:
        """The key that `master` (a fingerprint) wrapped. Raises StorageProblem when it is not at hand."""
        cipher = self._ciphers.get(master)
        if cipher is None:
            raise wrong_key()
        try:
            return cipher.open(label, row_id, wrapped)
        except SealBroken:
            raise wrong_key() from None


class Lookup:
    """Finds by keyed hash what is stored sealed: Telegram ids, house names, invite codes."""

    def __init__(self, keys: dict[int, bytes]) -> None:
        self._keys = keys
        self.newest = max(keys)

    def hash(self, kind: str, text: str) -> bytes:
        """The hash to store, under the newest key."""
        return hmac.digest(self._keys[self.newest], f"{kind}:{text}".encode(), "sha256")

    def hashes(self, kind: str, text: str) -> list[bytes]:
        """Every hash the text may be stored under: one a key."""
        message = f"{kind}:{text}".encode()
        return [hmac.digest(key, message, "sha256") for key in self._keys.values()]


def new_secret() -> bytes:
    """Material for a data or lookup key."""
    return os.urandom(KEY_BYTES)


def fingerprint(key: bytes) -> str:
    """Names a master key without telling it: 16 hex digits."""
    return hashlib.sha256(b"hearth master key\x00" + key).hexdigest()[:16]


def wrong_key() -> StorageProblem:
    """The problem of a database whose keys were wrapped by a master key that is not at hand."""
    return StorageProblem(
        "This database was sealed with a secret key that is not in HEARTH_SECRET_KEYS; "
        "add the key it was made with (after the first, if you are changing keys)."
    )
