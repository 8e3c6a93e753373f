"""The control API: what the phones page, the tests and the benchmarks run the sandbox with."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount

from bot.sandbox.control import chats, machine, people, stream
from bot.sandbox.control.answers import answer
from bot.sandbox.control.desk import Desk
from bot.sandbox.wire import ControlError

__all__ = ["Desk", "control", "refused"]


def control(desk: Desk) -> Mount:
    """All routes under `/control`."""
    routes = [*people.routes(desk), *chats.routes(desk), *machine.routes(desk), *stream.routes(desk)]
    return Mount("/control", routes=routes)


async def refused(_: Request, error: Exception) -> Response:
    """What is answered to a request that makes no sense: one sentence."""
    status = error.status if isinstance(error, ControlError) else 500
    return answer({"error": str(error)}, status=status)
