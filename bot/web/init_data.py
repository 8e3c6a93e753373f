"""Who opened the Mini App: what Telegram says of it, believed only with Telegram's signature and only for a while."""

import hashlib
import hmac
import re
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

import orjson

LIFE: Final = timedelta(minutes=15)
"""So long after Telegram signed it, it opens the page: whoever got hold of it has no longer than that."""
SIZE_LIMIT: Final = 8 * 1024
"""Bytes at most; Telegram's are less than one kilobyte."""

_AHEAD: Final = timedelta(minutes=1)
"""Telegram's clock may be ahead of ours by so much."""
_FIELDS_LIMIT: Final = 32
_NAME: Final = re.compile(r"[a-z_]{1,32}")
_SECONDS: Final = re.compile(r"[0-9]{1,11}")


class NotBelieved(Exception):  # noqa: N818 - it reads as what it is
    """Why is nobody's business: whoever asks learns the same of every reason."""


def who_opened(told: bytes, *, token: str, now: datetime) -> int:
    """The Telegram id of whoever opened the Mini App, from the `initData` it was given. Raises NotBelieved."""
    fields = _fields(told)
    given = fields.pop("hash", "")
    # All but the hash is signed: a field that Telegram adds tomorrow too.
    signed = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    right = hmac.new(secret, signed.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(given.encode(), right.encode()):
        raise NotBelieved
    _check_age(fields.get("auth_date", ""), now)
    return _user(fields.get("user", ""))


def _fields(told: bytes) -> dict[str, str]:
    """Each field by its name. What could be cut into fields in two ways, and still bear one signature, is refused."""
    if len(told) > SIZE_LIMIT:
        raise NotBelieved
    try:
        pairs = parse_qsl(
            told.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_FIELDS_LIMIT,
        )
    except ValueError:
        raise NotBelieved from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise NotBelieved
    if any(not _NAME.fullmatch(name) or "\n" in value for name, value in pairs):
        raise NotBelieved
    return fields


def _check_age(signed_at: str, now: datetime) -> None:
    if not _SECONDS.fullmatch(signed_at):
        raise NotBelieved
    age = now.timestamp() - int(signed_at)
    if not -_AHEAD.total_seconds() <= age <= LIFE.total_seconds():
        raise NotBelieved


def _user(told: str) -> int:
    try:
        user: object = orjson.loads(told)
    except orjson.JSONDecodeError:
        raise NotBelieved from None
    number = user.get("id") if isinstance(user, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or number <= 0:
        raise NotBelieved
    return number
