"""The Mini App: a person's own data on a page, without a file that lies in the chat. To read, and nothing else."""

import asyncio
from datetime import UTC
from typing import Final

import structlog
from aiohttp import web

from bot.clock import Clock
from bot.ids import Ids
from bot.membership.export import Maker
from bot.web.init_data import SIZE_LIMIT, NotBelieved, who_opened
from bot.web.own_page import HEADERS, draw_waiting_page
from dialogs.texts import Reader
from storage.problems import Forgotten, StorageProblem
from storage.repositories.showings import Showing

APP: Final = "/app"
"""Where the Mini App stands, below HEARTH_WEBHOOK_URL; its data is brought one step further down."""

_PATIENCE_SECONDS: Final = 10
"""Time for the few hundred bytes of a question to come in."""

log = structlog.get_logger(__name__)


class MiniApp:
    """Two routes: a page that knows nobody, and the data of whoever Telegram says has opened it."""

    def __init__(self, *, maker: Maker, clock: Clock, ids: Ids, token: str) -> None:
        self._maker = maker
        self._clock = clock
        self._ids = ids
        self._token = token
        self._one_at_a_time = asyncio.Lock()

    def routes(self) -> list[web.RouteDef]:
        """To be added to the web side."""
        return [web.get(APP, self._open), web.post(f"{APP}/data", self._data)]

    async def _open(self, request: web.Request) -> web.Response:
        wanted = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
        library = self._maker.library
        page = draw_waiting_page(library, Reader(library.catalogues.nearest(wanted), UTC))
        return web.Response(text=page, content_type="text/html", headers=HEADERS)

    async def _data(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                told = await _body(request)
            telegram_id = who_opened(told, token=self._token, now=self._clock.now())
            async with self._one_at_a_time:  # however often it is asked for: what matters more is in between
                page = await self._look(telegram_id)
        except (NotBelieved, LookupError, Forgotten, TimeoutError):
            log.warning("mini_app.refused")
            return web.Response(status=403, headers=HEADERS)
        except StorageProblem as problem:
            log.error("mini_app.closed", problem=str(problem))
            return web.Response(status=503, headers=HEADERS)
        return web.Response(text=page, content_type="text/html", headers=HEADERS)

    async def _look(self, telegram_id: int) -> str:
        """Their page. That it was looked at is noted before it leaves. Raises LookupError for a stranger."""
        async with self._maker.database.write() as work:
            person = (await work.people.find_many([telegram_id]))[telegram_id]
            showing = Showing(
                id=self._ids.new(),
                about_id=person.id,
                viewer_id=person.id,
                what="page",
                why="asked",
                at=self._clock.now(),
            )
            await work.showings.add_many([showing])
            await work.commit()
        return await self._maker.page(person.id)


async def _body(request: web.Request) -> bytes:
    """What was brought, and no more of it than could be right. Raises NotBelieved."""
    body = b""
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > SIZE_LIMIT:
            raise NotBelieved
    return body
