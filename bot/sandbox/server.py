"""The sandbox: a Telegram on your own machine."""

import ipaddress
import random
import socket
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from bot.clock import SystemClock
from bot.sandbox.bot_api import BotApi
from bot.sandbox.connection import Listener
from bot.sandbox.control import Desk, control, refused
from bot.sandbox.exchange import Exchange
from bot.sandbox.groups import Groups
from bot.sandbox.limits import Limits
from bot.sandbox.people import People
from bot.sandbox.player import Player, Script, Stage
from bot.sandbox.store import Store
from bot.sandbox.taps import Taps
from bot.sandbox.wire import ControlError

_PAGE = Path(__file__).parent / "page"


class Sandbox:
    """Serves the Bot API, the control API and the phones page; an async context manager.

    `store` is the snapshot file (None keeps everything in memory), `port` 0 takes any free one, `limits`
    are copied, `zone` is the one the page shows times in (None: the browser's own). `first_update_id` None
    starts at random, as Telegram does. `username` is the bot's, its id comes from the token it calls with.
    Raises ValueError for a host that is not this machine.
    """

    def __init__(
        self,
        *,
        clock: SystemClock,
        store: Path | None = None,
        port: int = 0,
        host: str = "127.0.0.1",
        limits: Limits | None = None,
        script: Script | None = None,
        first_update_id: int | None = None,
        seed: int = 0,
        username: str | None = None,
        zone: str | None = None,
    ) -> None:
        if not _is_loopback(host):
            raise ValueError(f"the sandbox listens on this machine only, not on {host}")
        self._address = (host, port)
        self._store = Store(store)
        first = random.randrange(10**8, 9 * 10**8) if first_update_id is None else first_update_id  # noqa: S311 - not a secret
        self.exchange = Exchange(
            clock,
            limits=replace(limits) if limits else Limits(),
            first_update_id=first,
            seed=seed,
            changed=self._store.soon,
        )
        if username is not None:
            self.exchange.world.profile.username = username
        self._store.snapshot = self.exchange.dump
        people = People(self.exchange)
        self._player = Player(script, self._stage, self._script_changed)
        desk = Desk(self.exchange, people, Taps(self.exchange, people), Groups(self.exchange), self._player, zone)
        self._bot_api = BotApi(self.exchange)
        self._pages = _pages(desk)
        self._listener: Listener | None = None
        self.url = ""

    @property
    def control(self) -> str:
        """Base of the control API."""
        return f"{self.url}/control"

    async def __aenter__(self) -> Self:
        """Take up where the snapshot stopped, and listen."""
        kept = self._store.load()
        if kept is not None:
            self.exchange.load(kept)
        family = socket.AF_INET6 if ":" in self._address[0] else socket.AF_INET
        # Named TCP, or asyncio does not switch Nagle's algorithm off, which costs 40 ms a call.
        sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(self._address)
        except OSError:
            sock.close()
            raise
        sock.setblocking(False)  # noqa: FBT003 - the socket module's own signature
        host, port = sock.getsockname()[:2]
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self._listener = Listener(self._app, sock)
        await self._listener.start()
        self.exchange.webhook.resume()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of everyone who waits, and write the last snapshot."""
        await self._player.stop()
        self._bot_api.close()
        await self.exchange.close()
        if self._listener is not None:
            await self._listener.close()
        self._store.save()

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        # The Bot API stands before the router: it is what the benchmarks measure.
        path: str = scope["path"]
        if path.startswith("/bot"):
            await self._bot_api(scope, receive, send)
        elif path.startswith("/file/bot"):
            await self._bot_api.file(scope, receive, send)
        else:
            await self._pages(scope, receive, send)

    def _stage(self) -> Stage:
        return Stage(self.url, self._script_changed)

    def _script_changed(self) -> None:
        self.exchange.events.emit("script")


def _pages(desk: Desk) -> Starlette:
    async def index(_: Request) -> FileResponse:
        return FileResponse(_PAGE / "index.html", headers={"Cache-Control": "no-cache"})

    files = Mount("/page", StaticFiles(directory=_PAGE, check_dir=False))
    routes = [Route("/", index), files, control(desk)]
    return Starlette(routes=routes, exception_handlers={ControlError: refused})


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
