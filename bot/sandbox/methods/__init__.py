"""The Bot API's methods, one file a family."""

from bot.sandbox.methods import (
    chats,
    commands,
    editing,
    keeping,
    media,
    presenting,
    queries,
    receiving,
    sending,
)
from bot.sandbox.methods.method import Method, WaitingMethod

_FAMILIES: tuple[dict[str, Method], ...] = (
    sending.METHODS,
    media.METHODS,
    editing.METHODS,
    keeping.METHODS,
    queries.METHODS,
    receiving.METHODS,
    commands.METHODS,
    presenting.METHODS,
    chats.METHODS,
)

# By name in lower case: Telegram does not look at case.
METHODS: dict[str, Method] = {name.lower(): method for family in _FAMILIES for name, method in family.items()}
WAITING_METHODS: dict[str, WaitingMethod] = {"getupdates": receiving.get_updates}
