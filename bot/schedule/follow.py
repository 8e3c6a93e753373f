"""Following the sandbox's clock: when it is moved there, it moves here, and what is due by then happens at once."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import aiohttp
import structlog

from bot.clock import SystemClock

_WAIT: Final = 25
"""Seconds one long poll is held."""

log = structlog.get_logger(__name__)


async def follow(clock: SystemClock, url: str, *, changed: Callable[[], Awaitable[None]] | None) -> None:
    """Takes over the sandbox's offset. Without `changed` it does so once; with it, again and again, for ever.

    Where there is no sandbox behind the address, it returns and leaves the clock alone.
    """
    version = -1
    timeout = aiohttp.ClientTimeout(total=_WAIT + 10)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        while True:
            parameters = {"version": str(version), "wait": str(0 if changed is None else _WAIT)}
            try:
                async with session.get(f"{url}/control/clock", params=parameters) as response:
                    if response.status != 200:
                        return
                    told = await response.json(content_type=None)
                    offset, seen = timedelta(seconds=float(told["offset"])), int(told["version"])
            except (aiohttp.ClientError, TimeoutError):
                if changed is None:
                    return
                await asyncio.sleep(1)  # the sandbox is restarting; it keeps its offset
                continue
            except (KeyError, TypeError, ValueError):
                return  # something else answers there, and it is no sandbox
            if offset != clock.offset:
                clock.offset = offset
                log.info("clock.moved", hours=round(offset.total_seconds() / 3600, 2))
            if changed is None:
                return
            if seen != version:
                await changed()
            version = seen
