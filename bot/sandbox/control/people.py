"""People: `/control/users`."""

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.sandbox.control.answers import answer, body_of, required, whole
from bot.sandbox.control.desk import Desk
from bot.sandbox.state import User
from bot.sandbox.wire import ControlError, Json

_Act: TypeAlias = Callable[[Desk, User, Json], Json]

_FIELDS: dict[str, type[int] | type[str]] = {
    **dict.fromkeys(("chat_id", "from_chat_id", "reply_to", "message_id"), int),
    **dict.fromkeys(("text", "caption", "emoji", "kind", "file_id", "file_name", "base64", "parameter"), str),
}
_ACTS: dict[str, _Act] = {
    "start": lambda desk, user, data: desk.people.start(user, str(data.get("parameter") or "")),
    "text": lambda desk, user, data: desk.people.say(
        user, str(required(data, "text")), data.get("chat_id"), data.get("reply_to")
    ),
    "tap": lambda desk, user, data: desk.taps.tap(
        user, required(data, "button"), data.get("message_id"), data.get("chat_id")
    ),
    "media": lambda desk, user, data: desk.people.send_media(user, data),
    "poll": lambda desk, user, data: desk.people.send_poll(user, data),
    "edit": lambda desk, user, data: desk.people.edit(
        user, whole(data, "message_id"), str(required(data, "text")), data.get("chat_id")
    ),
    "react": lambda desk, user, data: desk.people.react(
        user, whole(data, "message_id"), data.get("emoji"), data.get("chat_id")
    ),
    "forward": lambda desk, user, data: desk.people.forward(user, data),
    "block": lambda desk, user, _: desk.people.set_blocked(user, blocked=True),
    "unblock": lambda desk, user, _: desk.people.set_blocked(user, blocked=False),
    "deactivate": lambda desk, user, _: desk.people.deactivate(user),
}


async def _create(desk: Desk, request: Request) -> Response:
    return answer(asdict(desk.people.create(await body_of(request))), status=201)


async def _change(desk: Desk, request: Request) -> Response:
    return answer(asdict(desk.people.change(desk.user(request), await body_of(request))))


async def _act(desk: Desk, act: _Act, request: Request) -> Response:
    data = await body_of(request)
    for name, kind in _FIELDS.items():
        if not isinstance(data.get(name), kind | None):
            raise ControlError(f"{name} must be {'a text' if kind is str else 'a whole number'}")
    return answer(act(desk, desk.user(request), data))


def routes(desk: Desk) -> list[BaseRoute]:
    """Making people, and letting them act."""
    return [
        Route("/users", partial(_create, desk), methods=["POST"]),
        Route("/users/{user_id:int}", partial(_change, desk), methods=["PATCH"]),
        *(
            Route(f"/users/{{user_id:int}}/{name}", partial(_act, desk, act), methods=["POST"])
            for name, act in _ACTS.items()
        ),
    ]
