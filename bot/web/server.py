"""Listening: one address for everything the web side has."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.settings import SettingsError
from bot.web.webhook import SIZE_LIMIT

_GRACE_SECONDS: Final = 3


@asynccontextmanager
async def listening(address: str, routes: Sequence[web.RouteDef]) -> AsyncIterator[str]:
    """Serves these routes on `host:port` while entered; gives the base address. Raises SettingsError."""
    host, port = parse_address(address)
    app = web.Application(client_max_size=SIZE_LIMIT)
    app.add_routes(routes)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GRACE_SECONDS)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise SettingsError(
                f"HEARTH_LISTEN: {address} can't be listened on ({error.strerror}); name another port."
            ) from None
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def parse_address(address: str) -> tuple[str, int]:
    """`host:port` in its two parts. Raises SettingsError."""
    host, _, port = address.rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise SettingsError(f"HEARTH_LISTEN is {address!r}; write it like 127.0.0.1:8080.")
    return host.strip("[]"), int(port)
