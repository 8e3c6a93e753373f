"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`."""

import asyncio
import re
from collections.abc import Awaitable
from typing import Any

import orjson
from starlette.types import Receive, Scope, Send

from bot.sandbox import media
from bot.sandbox.connection import drop
from bot.sandbox.exchange import Exchange
from bot.sandbox.faults import Fault
from bot.sandbox.methods import METHODS, WAITING_METHODS
from bot.sandbox.params import Params, read_params
from bot.sandbox.wire import BotApiError

_TOKEN = re.compile(r"(\d{1,18}):[A-Za-z0-9_-]+")
_NOT_FOUND = BotApiError(404, "Not Found")


class BotApi:
    """Answers the bot: reads the call, lets the faults strike, does it, writes it down."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._closing = asyncio.Event()

    def close(self) -> None:
        """Let go of the calls that a fault holds."""
        self._closing.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI request below `/bot`."""
        token, _, method = scope["path"].removeprefix("/bot").partition("/")
        known = _TOKEN.fullmatch(token)
        if known is None:
            await _respond(send, 404, orjson.dumps(_NOT_FOUND.wire()))
            return
        self._exchange.world.profile.id = int(known[1])
        try:
            params = await read_params(scope, receive)
        except BotApiError as error:
            await _respond(send, error.code, orjson.dumps(error.wire()))
            return
        chat_id = params.optional_int("chat_id")
        fault = self._exchange.faults.strike(method, chat_id)
        if fault is None:
            status, body = await self._do(method, params, receive)
        else:
            status, body = await self._do_badly(fault, method, params, scope, receive)
        if body:
            await _respond(send, status, body)

    async def _do(self, method: str, params: Params, receive: Receive) -> tuple[int, bytes]:
        """Do what was asked; a status and a body, which is empty where the caller has gone."""
        exchange = self._exchange
        name = method.lower()
        try:
            if name in METHODS:
                result = METHODS[name](exchange, params)
            elif name in WAITING_METHODS:
                result, gone = await _unless_gone(WAITING_METHODS[name](exchange, params), receive)
                if gone:
                    return self._note(method, params, 0, "the caller has gone"), b""
            else:
                raise _NOT_FOUND
        except BotApiError as error:
            status = self._note(method, params, error.code, error.description)
            return status, orjson.dumps(error.wire())
        return self._note(method, params, 200, None), orjson.dumps({"ok": True, "result": result})

    async def _do_badly(
        self, fault: Fault, method: str, params: Params, scope: Scope, receive: Receive
    ) -> tuple[int, bytes]:
        """Let a fault have its way with a call."""
        refusal = fault.refusal(params.optional_int("chat_id"))
        if refusal is not None:
            return self._note(method, params, refusal.code, refusal.description), orjson.dumps(refusal.wire())
        if fault.kind == "slow":
            if await self._hold(fault.delay or 1.0, receive):
                return self._note(method, params, 0, "slow: the caller has gone"), b""
            return await self._do(method, params, receive)
        if fault.kind.endswith("_after"):
            await self._do(method, params, receive)
        self._note(method, params, 0, fault.kind)
        if fault.kind.startswith("timeout"):
            await self._hold(fault.delay, receive)
        await drop(scope, receive)
        return 0, b""

    async def _hold(self, seconds: float | None, receive: Receive) -> bool:
        """Keep the caller waiting; whether it left before `seconds` had passed."""
        try:
            async with asyncio.timeout(seconds):
                _, gone = await _unless_gone(self._closing.wait(), receive)
        except TimeoutError:
            return False
        return gone

    def _note(self, method: str, params: Params, status: int, error: str | None) -> int:
        exchange = self._exchange
        if exchange.calls.on:
            exchange.calls.note(exchange.clock.now(), method, params, status, error)
        return status

    async def file(self, scope: Scope, _: Receive, send: Send) -> None:
        """One ASGI request below `/file/bot`: a file's bytes."""
        token, _, path = scope["path"].removeprefix("/file/bot").partition("/")
        found = next((f for f in self._exchange.world.files.values() if f["path"] == path), None)
        if not _TOKEN.fullmatch(token) or found is None:
            await _respond(send, 404, orjson.dumps(_NOT_FOUND.wire()))
            return
        await _respond(send, 200, media.data(found), found["mime"].encode())


async def _unless_gone(work: Awaitable[Any], receive: Receive) -> tuple[Any, bool]:  # whatever the work gives
    """The result of `work`; or None and True where the client hung up first."""
    doing = asyncio.ensure_future(work)
    watching = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((doing, watching), return_when=asyncio.FIRST_COMPLETED)
        return (doing.result(), False) if doing.done() else (None, True)
    finally:
        doing.cancel()
        watching.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _respond(send: Send, status: int, body: bytes, mime: bytes = b"application/json") -> None:
    headers = [(b"content-type", mime), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
