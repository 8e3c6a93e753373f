"""Chats, groups and files: `/control/chats`, `/control/groups`, `/control/files`."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.sandbox import media
from bot.sandbox.control.answers import answer, body_of, number, required, whole
from bot.sandbox.control.desk import Desk
from bot.sandbox.views import chat_view
from bot.sandbox.wire import ControlError

_LONGEST_WAIT = 60.0  # seconds


async def _read(desk: Desk, request: Request) -> Response:
    """A chat; with `wait`, as soon as anything in it changed after `after`."""
    chat = desk.chat(request)
    after = int(number(request, "after"))
    clock = desk.exchange.clock
    deadline = clock.pace() + min(number(request, "wait"), _LONGEST_WAIT)
    bell = desk.exchange.events.bell
    while chat.seq <= after and (left := deadline - clock.pace()) > 0 and not bell.closed:
        await bell.wait(left)
    return answer(chat_view(desk.exchange, chat, after))


async def _create(desk: Desk, request: Request) -> Response:
    data = await body_of(request)
    members = required(data, "members")
    if not isinstance(members, list) or not all(isinstance(member, int) for member in members):
        raise ControlError("members must be a list of people's ids")
    chat = desk.groups.create(str(required(data, "title")), members)
    return answer(desk.exchange.chat_wire(chat), status=201)


async def _migrate(desk: Desk, request: Request) -> Response:
    return answer(desk.exchange.chat_wire(desk.groups.migrate(desk.chat(request))))


async def _kick(desk: Desk, request: Request) -> Response:
    chat = desk.chat(request)
    desk.groups.remove_bot(chat)
    return answer(desk.exchange.chat_wire(chat))


async def _join(desk: Desk, request: Request) -> Response:
    return await _member(desk, request, inside=True)


async def _leave(desk: Desk, request: Request) -> Response:
    return await _member(desk, request, inside=False)


async def _member(desk: Desk, request: Request, *, inside: bool) -> Response:
    user = desk.exchange.user(whole(await body_of(request), "user_id"))
    if user is None:
        raise ControlError("there is no such person", 404)
    return answer(desk.groups.set_member(desk.chat(request), user, inside=inside))


async def _file(desk: Desk, request: Request) -> Response:
    file = desk.exchange.world.files.get(request.path_params["file_id"])
    if file is None:
        raise ControlError("there is no such file", 404)
    return Response(media.data(file), media_type=file["mime"], headers={"Cache-Control": "max-age=86400"})


def routes(desk: Desk) -> list[BaseRoute]:
    """Reading chats, changing groups, fetching files."""
    return [
        Route("/chats/{chat_id}", partial(_read, desk)),
        Route("/groups", partial(_create, desk), methods=["POST"]),
        Route("/groups/{chat_id}/migrate", partial(_migrate, desk), methods=["POST"]),
        Route("/groups/{chat_id}/kick", partial(_kick, desk), methods=["POST"]),
        Route("/groups/{chat_id}/join", partial(_join, desk), methods=["POST"]),
        Route("/groups/{chat_id}/leave", partial(_leave, desk), methods=["POST"]),
        Route("/files/{file_id}", partial(_file, desk)),
    ]
