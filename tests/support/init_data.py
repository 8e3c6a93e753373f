"""What Telegram hands to a Mini App, as Telegram would sign it."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode


def fields_of(telegram_id: int, at: datetime, **more: str) -> dict[str, str]:
    """What a Mini App is told of whoever opens it, without the hash."""
    user = {"id": telegram_id, "first_name": "Ñandú 🔥", "language_code": "en", "allows_write_to_pm": True}
    told = {"user": json.dumps(user, separators=(",", ":")), "auth_date": str(int(at.timestamp()))}
    return {"query_id": "AAHdF6IQAAAAAN0XohDhrOrc", "signature": "of-a-third-party_-", **told, **more}


def hash_of(fields: Mapping[str, str], token: str) -> str:
    """Telegram's signature of these fields, as its documentation describes it."""
    check = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    secret = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    return hmac.digest(secret, check.encode(), hashlib.sha256).hex()


def signed(fields: Mapping[str, str], token: str) -> bytes:
    """The fields with their signature, as the Mini App would send them on."""
    return urlencode({**fields, "hash": hash_of(fields, token)}).encode()
