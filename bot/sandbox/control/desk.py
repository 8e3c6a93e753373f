"""What the control API's routes work with."""

from dataclasses import dataclass

from starlette.requests import Request

from bot.sandbox.exchange import Exchange
from bot.sandbox.groups import Groups
from bot.sandbox.people import People
from bot.sandbox.player import Player
from bot.sandbox.state import Chat, User
from bot.sandbox.taps import Taps
from bot.sandbox.wire import ControlError


@dataclass(frozen=True, slots=True)
class Desk:
    """The exchange, and those who act on it."""

    exchange: Exchange
    people: People
    taps: Taps
    groups: Groups
    player: Player
    zone: str | None = None

    def user(self, request: Request) -> User:
        """The person a path names. Raises ControlError 404 where there is none."""
        user = self.exchange.user(int(request.path_params["user_id"]))
        if user is None:
            raise ControlError("there is no such person", 404)
        return user

    def chat(self, request: Request) -> Chat:
        """The chat a path names. Raises ControlError 404 where there is none."""
        try:
            chat = self.exchange.world.chats.get(int(request.path_params["chat_id"]))
        except ValueError:
            chat = None
        if chat is None:
            raise ControlError("there is no such chat", 404)
        return chat
