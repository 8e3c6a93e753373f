"""`python -m bot.sandbox`: the sandbox alone, for benchmarks and for killing bots against."""

import argparse
import asyncio
import signal
import sys
from pathlib import Path

import uvloop

from bot.clock import SystemClock
from bot.sandbox.limits import Limits
from bot.sandbox.server import Sandbox


async def _serve(port: int, store: Path | None, limits: Limits, *, quiet: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with Sandbox(clock=SystemClock(), store=store, port=port, limits=limits) as sandbox:
        sandbox.exchange.calls.on = not quiet
        sys.stdout.write(f"{sandbox.url}\n")
        sys.stdout.flush()
        await stop.wait()


def main() -> int:
    """Run until interrupted; the first line printed is the address."""
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free one")
    parser.add_argument("--store", type=Path, help="snapshot file; without it everything is in memory")
    parser.add_argument("--no-limits", action="store_true", help="no flood limits")
    parser.add_argument("--quiet", action="store_true", help="keep no log of calls")
    given = parser.parse_args()
    try:
        uvloop.run(_serve(given.port, given.store, Limits(off=given.no_limits), quiet=given.quiet))
    except OSError as error:
        sys.stderr.write(f"The sandbox can't listen on port {given.port}: {error.strerror}.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
