"""A Bot API of a few lines: it keeps what it is told, and answers as it is told to."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import orjson
from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "123456:not-a-token-of-anybody"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request as it arrived: `files` holds name, content and media type by field."""

    method: str
    values: dict[str, Any]
    files: dict[str, tuple[str, bytes, str]] = field(default_factory=dict)


def ok(result: Any) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"ok": True, "result": result})

    return answer


def no(status: int, description: str, **parameters: int) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        body = {"ok": False, "error_code": status, "description": description, "parameters": parameters}
        return web.json_response(body, status=status)

    return answer


def page(status: int) -> Answer:
    """What a proxy says on its own behalf."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text="<html>something is wrong</html>", content_type="text/html")

    return answer


async def reset(request: web.Request) -> web.StreamResponse:
    """Take the whole request, and drop the connection."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


MESSAGE = ok({"message_id": 42, "date": 0, "chat": {"id": 7, "type": "private"}})


class TinyTelegram:
    """The server: `calls` holds what arrived, `answer` says how to answer."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.answer: Answer = MESSAGE
        self._closing = asyncio.Event()
        app = web.Application(client_max_size=50_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._take)
        self._server = TestServer(app)

    async def __aenter__(self) -> "TinyTelegram":
        await self._server.start_server()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        await self._server.close()

    async def silence(self, _: web.Request) -> web.StreamResponse:
        """Never answer."""
        await self._closing.wait()
        return web.Response()

    @property
    def base(self) -> str:
        """What python-telegram-bot calls `base_url`, without the token."""
        return str(self._server.make_url("/bot"))

    def url(self, method: str = "sendMessage") -> str:
        return f"{self.base}{TOKEN}/{method}"

    @property
    def last(self) -> Call:
        return self.calls[-1]

    async def _take(self, request: web.Request) -> web.StreamResponse:
        values: dict[str, Any] = {}
        files: dict[str, tuple[str, bytes, str]] = {}
        if request.content_type == "multipart/form-data":
            for name, part in (await request.post()).items():
                if isinstance(part, web.FileField):
                    files[name] = (part.filename, part.file.read(), part.content_type)
                else:
                    values[name] = part
        elif body := await request.read():
            values = orjson.loads(body)
        self.calls.append(Call(method=request.match_info["method"], values=values, files=files))
        return await self.answer(request)
