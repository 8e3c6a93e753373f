"""How requests reach the Bot API: python-telegram-bot's seam, filled with aiohttp, which is several times faster.

No exception that leaves here carries a URL, because the token is part of it.
"""

import io
import os
from collections.abc import Mapping
from typing import IO, Any, Final, TypeAlias

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.errors import NeverLeft

# A file name, its content, and its media type.
Upload: TypeAlias = tuple[str, bytes | IO[bytes], str]

_JSON_HEADERS: Final = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """Sends JSON, or multipart where there are files, over one session with a pool of connections.

    Times are in seconds. `read_timeout` waits for the answer once the request is out, `write_timeout` is what
    sending it may take, `pool_timeout` what waiting for a free connection may take.
    """

    __slots__ = ("_connect_timeout", "_connections", "_pool_timeout", "_read_timeout", "_session", "_write_timeout")

    def __init__(
        self,
        *,
        connections: int = 64,
        read_timeout: float = 15.0,
        write_timeout: float = 20.0,
        connect_timeout: float = 5.0,
        pool_timeout: float = 5.0,
    ) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """The time to wait for an answer unless a call says otherwise, in seconds."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session; harmless when it is open."""
        # The library's RetryAfter warns of its own change unless the new way is asked for, by this variable only.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the session and its connections; harmless when it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dict (Any: it comes from outside). Raises TelegramError, and logs nothing of it."""
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        # Any: the library's "not given" is an object of a private type.
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The library's way in: the answer's status and body."""

        def given(value: Any, default: float) -> float | None:
            return default if value is BaseRequest.DEFAULT_NONE else value

        timeout = _timeout(
            pool=given(pool_timeout, self._pool_timeout),
            connect=given(connect_timeout, self._connect_timeout),
            write=given(write_timeout, self._write_timeout),
            read=given(read_timeout, self._read_timeout),
        )
        if request_data is None:
            return await self._exchange(method, url, {}, {}, timeout)
        files = request_data.multipart_data if request_data.contains_files else {}
        return await self._exchange(method, url, request_data.parameters, files, timeout)

    async def call(
        self, url: str, parameters: Mapping[str, object], files: Mapping[str, Upload] | None = None
    ) -> tuple[int, bytes]:
        """Our own way in, without the library's wrapping: POST plain values and files by field name.

        Raises TimedOut, NeverLeft, or another NetworkError.
        """
        timeout = _timeout(
            pool=self._pool_timeout, connect=self._connect_timeout, write=self._write_timeout, read=self._read_timeout
        )
        return await self._exchange("POST", url, parameters, files or {}, timeout)

    async def _exchange(
        self,
        method: str,
        url: str,
        parameters: Mapping[str, object],
        files: Mapping[str, Upload],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109 - four limits, which aiohttp watches
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("this transport is not open: call initialize() first")
        body: bytes | aiohttp.FormData | None = None
        if files:
            body = _form(parameters, files)
        elif parameters:
            body = orjson.dumps(parameters)
        headers = _JSON_HEADERS if isinstance(body, bytes) else None
        # What aiohttp raises may quote the URL, so it is named, and not passed on.
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                return response.status, await response.read()
        except (
            aiohttp.ConnectionTimeoutError,  # also when no connection of the pool came free
            aiohttp.ClientConnectorError,  # refused, no such host, no TLS
            aiohttp.InvalidURL,
        ) as error:
            raise NeverLeft(f"No connection: {type(error).__name__}") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"Connection lost: {type(error).__name__}") from None


def _timeout(
    *, pool: float | None, connect: float | None, write: float | None, read: float | None
) -> aiohttp.ClientTimeout:
    # aiohttp has no limit for writing, so the whole is limited instead; its "connect" begins in the pool's queue.
    acquire = None if pool is None or connect is None else pool + connect
    total = None if acquire is None or write is None or read is None else acquire + write + read
    return aiohttp.ClientTimeout(total=total, connect=acquire, sock_connect=connect, sock_read=read)


def _form(parameters: Mapping[str, object], files: Mapping[str, Upload]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in parameters.items():
        form.add_field(name, value if isinstance(value, str) else orjson.dumps(value).decode())
    for name, (filename, content, media_type) in files.items():
        # As a stream: bytes would be written in one piece, which holds up everything else.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=media_type)
    return form
