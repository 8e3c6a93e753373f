"""Just enough HTTP/1.1, with keep-alive: the stand-in must not be what is measured."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import parse_qsl

import orjson

Values = dict[str, Any]  # Any: whatever a bot sends
Answer = Callable[[str, Values], "bytes | Awaitable[bytes]"]
"""From a path and the values of a call to the JSON of its answer; its HTTP status is always 200."""

_END = b"\r\n\r\n"


class Http(asyncio.Protocol):
    """One connection. Calls on it are answered one by one, as a client without pipelining makes them."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._data = bytearray()
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but name

    def connection_lost(self, _: Exception | None) -> None:
        self._transport = None
        if self._task is not None:
            self._task.cancel()

    def data_received(self, data: bytes) -> None:
        self._data += data
        while (call := self._next_call()) is not None:
            answer = self._answer(*call)
            if isinstance(answer, bytes):
                self._write(answer)
            else:
                self._task = asyncio.ensure_future(self._write_later(answer))

    def _next_call(self) -> tuple[str, Values] | None:
        """The call that has arrived as a whole; None while it has not."""
        end = self._data.find(_END)
        if end < 0:
            return None
        head = bytes(self._data[:end])
        lower = head.lower()
        at = lower.find(b"\r\ncontent-length:")
        length = int(lower[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        start = end + len(_END)
        if len(self._data) < start + length:
            return None
        body = bytes(self._data[start : start + length])
        del self._data[: start + length]
        return head.split(b" ", 2)[1].decode(), _values(body)

    async def _write_later(self, answer: Awaitable[bytes]) -> None:
        self._write(await answer)

    def _write(self, body: bytes) -> None:
        if self._transport is not None:
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            )


def _values(body: bytes) -> Values:
    """JSON as Hearth sends it, or a form as the libraries do, whose lists and markups are JSON again."""
    if not body:
        return {}
    if body[:1] == b"{":
        values: Values = orjson.loads(body)
        return values
    if body[:2] == b"--":
        return {}  # multipart: an upload, which is not looked at
    return {
        name: orjson.loads(value) if value[:1] in {"{", "["} else value
        for name, value in parse_qsl(body.decode(), keep_blank_values=True)
    }
