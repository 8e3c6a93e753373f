"""`python -m tests.benchmarks.standin`: prints its address, and serves until it is told to stop.

Beside the Bot API it takes orders from the harness, as JSON by POST:
- `/load/forget`: another bot comes
- `/load/polled`: when the bot first asked for updates (seconds, monotonic); waits for it a second at most
- `/load/limit {overall}`: messages a second before 429
- `/load/watch {name, text}`: note when messages with this text arrive
- `/load/crowd {name, script, first, pool, at_once, …}`: people begin (see `Crowd`)
- `/load/measure {seconds}`: count from now on for so long, over all crowds
- `/load/stop`: everybody is silent
"""

import asyncio
import signal
import sys
from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

import orjson
import uvloop

from bot.clock import SystemClock
from tests.benchmarks.standin.http import Http, Values
from tests.benchmarks.standin.people import Crowd
from tests.benchmarks.standin.telegram import Telegram


class StandIn:
    """Telegram, the people, and whoever gives orders."""

    def __init__(self) -> None:
        self._clock = SystemClock()
        self._telegram = Telegram(self._clock)
        self._telegram.heard = self._heard
        self._crowds: dict[str, Crowd] = {}
        self._watched: dict[str, tuple[str, list[float]]] = {}

    def answer(self, path: str, values: Values) -> bytes | Awaitable[bytes]:
        """One call, of the bot or of the harness."""
        if path.startswith("/bot"):
            method = path.rpartition("/")[2].partition("?")[0]
            return (
                self._telegram.get_updates(values) if method == "getUpdates" else self._telegram.call(method, values)
            )
        if path.startswith("/load/"):
            return self._order(path.rpartition("/")[2], values)
        return b"{}"

    def _heard(self, chat: int, method: str, text: str, markup: Any) -> None:  # Any: JSON
        if method == "sendMessage":
            for wanted, times in self._watched.values():
                if wanted in text:
                    times.append(self._clock.pace())
        for crowd in self._crowds.values():
            if crowd.hear(chat, method, text, markup):
                return

    async def _order(self, order: str, values: Values) -> bytes:
        match order:
            case "forget":
                self._crowds.clear()
                self._watched.clear()
                self._telegram.forget()
            case "polled":
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._telegram.polled.wait(), 1)
                return orjson.dumps({"at": self._telegram.polled_at})
            case "limit":
                self._telegram.overall = values["overall"]
            case "watch":
                self._watched[values["name"]] = (values["text"], [])
            case "crowd":
                name = values.pop("name")
                crowd = self._crowds[name] = Crowd(self._telegram, self._clock, **values)
                crowd.begin()
            case "measure":
                return await self._measure(values["seconds"])
            case "stop":
                for crowd in self._crowds.values():
                    crowd.stop()
        return b"{}"

    async def _measure(self, seconds: float) -> bytes:
        """Counts for so long, from nothing."""
        calls = self._telegram.calls.copy()
        started = self._clock.pace()
        for crowd in self._crowds.values():
            crowd.latencies.clear()
            crowd.acts.clear()
            crowd.counting = True
        for _, times in self._watched.values():
            times.clear()
        await asyncio.sleep(seconds)
        for crowd in self._crowds.values():
            crowd.counting = False
        took = self._clock.pace() - started
        return orjson.dumps(
            {
                "seconds": took,
                "crowds": {name: crowd.latencies for name, crowd in self._crowds.items()},
                "wrong": [crowd.wrong for crowd in self._crowds.values() if crowd.wrong],
                "acts": {name: crowd.acts for name, crowd in self._crowds.items()},
                "watched": {name: times for name, (_, times) in self._watched.items()},
                "calls": self._telegram.calls - calls,
            }
        )


async def _serve() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    stand_in = StandIn()
    server = await loop.create_server(lambda: Http(stand_in.answer), "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()[:2]
    sys.stdout.write(f"http://{host}:{port}\n")
    sys.stdout.flush()
    await stop.wait()
    server.close()


if __name__ == "__main__":
    uvloop.run(_serve())
