"""The wire itself: uvicorn's HTTP protocol, with a way to break a connection for real."""

import asyncio
import socket
import struct
from collections.abc import Callable
from typing import cast

from starlette.types import ASGIApp, Receive, Scope
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

_DROP = "hearth.drop"
_LINGER_NOT = struct.pack("ii", 1, 0)  # closing then sends a reset, not a polite end


class BreakableProtocol(HttpToolsProtocol):
    """HTTP whose requests can drop their own connection."""

    def on_message_begin(self) -> None:
        """Hand each request the means to break its connection."""
        super().on_message_begin()
        cast(Scope, self.scope)["extensions"] = {_DROP: self.drop}

    def drop(self) -> None:
        """Reset the TCP connection, if the other side has not left already; nothing more goes out."""
        if self.transport.is_closing():
            return
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self.transport.abort()


async def drop(scope: Scope, receive: Receive) -> None:
    """Break the connection of this request, and wait until it is broken."""
    breaking: Callable[[], None] = scope["extensions"][_DROP]
    breaking()
    while (await receive())["type"] != "http.disconnect":
        pass


class Listener:
    """Serves an ASGI app on one socket, and stops at once when asked.

    uvicorn's own server polls ten times a second for its end and takes over the process's signals;
    its protocol alone does all that is wanted here.
    """

    def __init__(self, app: ASGIApp, sock: socket.socket) -> None:
        self._config = Config(
            app,
            interface="asgi3",
            lifespan="off",
            ws="none",
            log_config=None,
            access_log=False,
            proxy_headers=False,
        )
        self._state = ServerState()
        self._socket = sock
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Take connections from now on."""
        self._config.load()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, sock=self._socket, backlog=1024)

    def _connection(self) -> BreakableProtocol:
        return BreakableProtocol(self._config, self._state, {})

    async def close(self, grace: float = 0.3) -> None:
        """Finish what is under way within `grace` seconds, then hang up."""
        if self._server is not None:
            self._server.close()
        for connection in list(self._state.connections):
            connection.shutdown()
        tasks = set(self._state.tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=grace)
        for task in tasks:
            task.cancel()
        for connection in list(self._state.connections):
            transport = connection.transport
            if transport is not None:
                transport.abort()
        await asyncio.gather(*tasks, return_exceptions=True)
