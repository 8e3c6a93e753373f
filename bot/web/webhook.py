"""Updates by webhook: answered 200 only after the commit, and only to whoever knows the secret."""

import asyncio
import hmac
from typing import Final

import orjson
import structlog
from aiohttp import web

from bot.conversation.door import Door
from bot.telegram.errors import TelegramRefusesUs
from bot.telegram.parse import parse
from bot.telegram.receive import Answers
from bot.web import PATH
from storage.problems import StorageProblem

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header
SIZE_LIMIT: Final = 1024 * 1024
"""Bytes of one update at most; Telegram's are a few kilobytes."""

_AGAIN_SECONDS: Final = "2"

log = structlog.get_logger(__name__)


class Webhook:
    """One route. What it can't commit it refuses with 503, and Telegram brings it again."""

    def __init__(self, *, door: Door, answers: Answers, secret: str, username: str) -> None:
        self._door = door
        self._answers = answers
        self._secret = secret.encode()
        self._username = username
        self._answering: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """To be added to the web side."""
        return [web.post(PATH, self._receive)]

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        # Compared in constant time, and before anything of the body is read.
        if not hmac.compare_digest(given, self._secret):
            log.warning("webhook.refused")
            return web.Response(status=401)
        try:
            raw: object = orjson.loads(await request.read())
        except orjson.JSONDecodeError:
            return web.Response(status=400)
        parsed = parse(raw, username=self._username)
        if parsed.callback_id is not None:
            task = asyncio.create_task(self._answer(parsed.callback_id))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)
        try:
            await self._door.take([parsed.inbound])
        except StorageProblem as problem:
            log.error("door.closed", problem=str(problem))
            return web.Response(status=503, headers={"Retry-After": _AGAIN_SECONDS})
        return web.Response()

    async def _answer(self, callback_id: str) -> None:
        """A courtesy, as when polling: if it fails, the button only spins a little longer."""
        try:
            await self._answers.answer_tap(callback_id)
        except TelegramRefusesUs:
            log.warning("tap.unanswered")
