"""Delivering updates to the bot's web address instead of waiting to be asked."""

import asyncio
from collections import deque

import aiohttp
import orjson

from bot.sandbox.updates import Pending, Updates
from bot.sandbox.wire import Json

_PATIENCE = aiohttp.ClientTimeout(total=60)
_FIRST_BACK_OFF = 0.5  # seconds; doubles with each failure
_LONGEST_BACK_OFF = 30.0


class Webhook:
    """Posts each update until it is answered 2xx. Within a lane in order, one at a time."""

    def __init__(self, updates: Updates) -> None:
        self._updates = updates
        self._lanes: dict[str, deque[Pending]] = {}
        self._runners: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
        self.url = ""
        self.secret = ""
        self.max_connections = 40
        self._slots = asyncio.Semaphore(self.max_connections)
        self.last_error: Json = {}
        updates.arrived = self._notice

    def set(self, url: str, *, secret: str = "", max_connections: int = 40) -> None:
        """Deliver there from now on, what is waiting included. An empty url stops."""
        for runner in self._runners:
            runner.cancel()
        self._lanes.clear()
        self.url, self.secret, self.max_connections = url, secret, max_connections
        self._slots = asyncio.Semaphore(max_connections)
        self.last_error = {}
        self.resume()

    def resume(self) -> None:
        """Take up what is waiting, for example after a restart."""
        if self.url:
            for pending in self._updates.waiting():
                self._notice(pending)

    def _notice(self, pending: Pending) -> None:
        if not self.url:
            return
        lane = self._lanes.get(pending.lane)
        if lane is not None:
            lane.append(pending)
            return
        self._lanes[pending.lane] = deque([pending])
        runner = asyncio.get_running_loop().create_task(self._run(pending.lane))
        self._runners.add(runner)
        runner.add_done_callback(self._runners.discard)

    async def _run(self, name: str) -> None:
        lane = self._lanes[name]
        while lane:
            await self._deliver(lane[0])
            lane.popleft()
        del self._lanes[name]

    async def _deliver(self, pending: Pending) -> None:
        back_off = _FIRST_BACK_OFF
        while self._updates.holds(pending.id):
            async with self._slots:
                wait = await self._post(pending)
            if wait is None:
                self._updates.discard(pending.id)
                return
            await asyncio.sleep(wait or back_off)
            back_off = min(back_off * 2, _LONGEST_BACK_OFF)

    async def _post(self, pending: Pending) -> float | None:
        """Post once. None when it was taken; else the seconds the receiver asks to wait, 0 if it asks nothing."""
        self._session = self._session or aiohttp.ClientSession(timeout=_PATIENCE)
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        try:
            body = orjson.dumps(pending.body)
            async with self._session.post(self.url, data=body, headers=headers) as response:
                if response.ok:
                    return None
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                asked = response.headers.get("Retry-After", "")
                return float(asked) if asked.isdigit() else 0.0
        except (aiohttp.ClientError, TimeoutError) as error:
            self._failed(str(error) or type(error).__name__)
            return 0.0

    def _failed(self, why: str) -> None:
        self.last_error = {"last_error_date": self._updates.now(), "last_error_message": why}

    def wire(self) -> Json:
        """Telegram's `WebhookInfo`."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.waiting()),
            "max_connections": self.max_connections,
            **self.last_error,
        }
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        return info

    def dump(self) -> Json:
        """A JSON value that `load` takes back."""
        return {"url": self.url, "secret": self.secret, "max_connections": self.max_connections}

    def load(self, data: Json) -> None:
        """Remember where to deliver; `resume` starts it."""
        self.url, self.secret, self.max_connections = data["url"], data["secret"], data["max_connections"]
        self._slots = asyncio.Semaphore(self.max_connections)

    async def close(self) -> None:
        """Stop delivering; what was not taken stays pending."""
        for runner in self._runners:
            runner.cancel()
        await asyncio.gather(*self._runners, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
