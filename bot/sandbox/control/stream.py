"""Changes as they happen: `/control/events`, as Server-Sent Events."""

from collections.abc import AsyncIterator
from functools import partial

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.sandbox.control.answers import number
from bot.sandbox.control.desk import Desk
from bot.sandbox.events import Events

_KEEP_ALIVE = 15.0  # seconds without a change after which a comment line is sent


async def _lines(events: Events, after: int) -> AsyncIterator[bytes]:
    # A page that knows a higher number than there is has seen another run of the sandbox: it gets everything.
    seen = after if after <= events.seq else 0
    yield b": here\n\n"
    while not events.bell.closed:
        fresh = events.after(seen)
        for event in fresh:
            seen = event["seq"]
            yield b"id: %d\ndata: %s\n\n" % (seen, orjson.dumps(event))
        if not fresh:
            await events.bell.wait(_KEEP_ALIVE)
            if events.seq == seen:
                yield b": still here\n\n"


async def _stream(desk: Desk, request: Request) -> Response:
    given = request.headers.get("last-event-id", "")
    after = int(given) if given.isdigit() else int(number(request, "after", desk.exchange.events.seq))
    lines = _lines(desk.exchange.events, after)
    return StreamingResponse(lines, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def routes(desk: Desk) -> list[BaseRoute]:
    """One endless answer."""
    return [Route("/events", partial(_stream, desk))]
