"""The shape of a Bot API method."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.sandbox.exchange import Exchange
from bot.sandbox.params import Params

# A method answers with a JSON value. Only the long poll waits; every other one is done at once.
Method: TypeAlias = Callable[[Exchange, Params], object]
WaitingMethod: TypeAlias = Callable[[Exchange, Params], Awaitable[object]]
