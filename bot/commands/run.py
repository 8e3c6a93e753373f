"""`hearth run`: the bot, until it is asked to stop."""

import asyncio
import gc
import signal

from bot.app import build
from bot.logs import set_up_logs
from bot.settings import Settings


async def serve(settings: Settings) -> None:
    """Runs until SIGINT or SIGTERM; finishes what is in hand first. Raises what the bot can't go on with."""
    _ = settings.token  # without one nothing is begun: no key is made, and no database
    set_up_logs()
    stop = stop_on_signals()
    async with build(settings) as app:
        _spare_the_collector()
        app.ended.add_done_callback(lambda _: stop.set())
        await stop.wait()
        if app.ended.done():
            app.ended.result()


def _spare_the_collector() -> None:
    """What was made at the start stays till the end: Python need not look through it for garbage again and again."""
    gc.freeze()


def stop_on_signals() -> asyncio.Event:
    """An event that Ctrl-C and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
