"""Waking those who wait: long polls and event streams."""

import asyncio


class Bell:
    """Wakes everyone who waits. Once closed, nobody waits any more."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()
        self.closed = False

    def ring(self) -> None:
        """Wake all."""
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        self._waiting.clear()

    def close(self) -> None:
        """Wake all, for good."""
        self.closed = True
        self.ring()

    async def wait(self, seconds: float | None = None) -> None:
        """Until the bell rings, or `seconds` have passed, or it is closed."""
        if self.closed:
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            return  # nothing happened in time: an answer like any other
        finally:
            self._waiting.discard(waiter)
