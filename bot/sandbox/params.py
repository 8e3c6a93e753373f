"""The parameters of one Bot API call, whichever of the four ways they were sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.types import Receive, Scope

from bot.sandbox.wire import BotApiError, Json, bad_request

_LARGEST_UPLOAD = 50 * 1024 * 1024  # Telegram's own limit for files sent by bots


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Params:
    """Named values, read leniently where Telegram is lenient: forms carry text, JSON carries types."""

    raw: Mapping[str, Any]  # straight from the request: strings by form, anything by JSON
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """A text; numbers are taken as written."""
        value = self.raw.get(name)
        return default if value is None else str(value)

    def optional_int(self, name: str) -> int | None:
        """A whole number, or None where it is missing or not one."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            return None

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number, or `default`."""
        value = self.optional_int(name)
        return default if value is None else value

    def flag(self, name: str) -> bool:
        """Yes or no; missing is no."""
        value = self.raw.get(name)
        return value if isinstance(value, bool) else str(value).lower() in ("true", "1", "yes")

    def json(self, name: str) -> Any:  # JSON of any shape; each caller checks the one it needs
        """A JSON value, sent as itself or as its text; None where it is missing."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def array(self, name: str) -> list[Any]:
        """A JSON array; missing is empty."""
        value = self.json(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {name}")
        return value


async def read_params(scope: Scope, receive: Receive) -> Params:
    """Query, then form, JSON or multipart body; the body wins where both name a value.

    Raises BotApiError 400 for a body that can't be read.
    """
    query = scope["query_string"]
    raw: Json = dict(parse_qsl(query.decode(), keep_blank_values=True)) if query else {}
    if scope["method"] == "GET":
        return Params(raw)
    content_type = next((value for name, value in scope["headers"] if name == b"content-type"), b"")
    if content_type.startswith(b"multipart/form-data"):
        return await _multipart(scope, receive, raw)
    body = await _body(receive)
    if content_type.startswith(b"application/json"):
        if body:
            raw.update(_json_object(body))
    elif body:
        raw.update(parse_qsl(body.decode(), keep_blank_values=True))
    return Params(raw)


def _json_object(body: bytes) -> Json:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected")
    return value


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
        if len(body) > _LARGEST_UPLOAD:
            raise BotApiError(413, "Request Entity Too Large")
    return body


async def _multipart(scope: Scope, receive: Receive, raw: Json) -> Params:
    files: dict[str, Upload] = {}
    async with Request(scope, receive).form(max_part_size=_LARGEST_UPLOAD) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                data = await value.read()
                mime = value.content_type or "application/octet-stream"
                files[name] = Upload(value.filename or name, mime, data)
            else:
                raw[name] = value
    return Params(raw, files)
