"""The person at the desk, as dialogs know them: their name, their roles, and whether they want messages."""

from collections.abc import Mapping

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import FactFunction, Registry
from bot.membership import which_house
from bot.policy import EVERYONE, MEMBERS, Role
from dialogs.names import on_one_line
from dialogs.values import Value

NAME_LIMIT = 40
"""Characters of a name; content asks for no longer one."""


def tidy_name(name: str) -> str:
    """A name on one line, no longer than `NAME_LIMIT`. Raises ValueError when none is left."""
    tidy = on_one_line(name)[:NAME_LIMIT].strip()
    if not tidy:
        raise ValueError("a name needs at least one letter")
    return tidy


async def call(desk: Desk, name: str) -> None:
    """The person at the desk is called this from now on."""
    tidy = tidy_name(name)
    await desk.work.people.rename(desk.me.id, tidy)
    desk.know(name=tidy)


async def me(desk: Desk) -> Value:
    """Their name here, or the one Telegram shows while nobody has asked."""
    return desk.person.name if desk.person is not None else await telegram_name(desk)


async def telegram_name(desk: Desk) -> Value:
    """The first name Telegram shows."""
    return desk.sender.first_name if desk.sender is not None else desk.me.name


async def joined(desk: Desk) -> Value:
    """Whether they belong to a house."""
    return desk.standing.joined


async def house(desk: Desk) -> Value:
    """The name of their house."""
    return (await desk.house()).name


async def messages_stopped(desk: Desk) -> Value:
    """Whether they asked for no prompts and announcements."""
    return desk.me.stopped


async def rename(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Calls them what they asked to be called."""
    await call(desk, words(arguments, "name"))


async def stop_messages(desk: Desk, _: Mapping[str, Value]) -> None:
    """No prompts and announcements from now on."""
    await _set_stopped(desk, stopped=True)


async def start_messages(desk: Desk, _: Mapping[str, Value]) -> None:
    """Prompts and announcements again."""
    await _set_stopped(desk, stopped=False)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("me", EVERYONE, me)
    registry.fact("telegram_name", EVERYONE, telegram_name)
    registry.fact("joined", EVERYONE, joined)
    registry.fact("house", MEMBERS, house)
    registry.fact("messages_stopped", MEMBERS, messages_stopped)
    for role in Role:
        registry.fact(f"is_{role}", EVERYONE, _has(role))
    which_house.register(registry)
    registry.action("rename", MEMBERS, rename)
    registry.action("stop_messages", MEMBERS, stop_messages)
    registry.action("start_messages", MEMBERS, start_messages)


def _has(role: Role) -> FactFunction:
    async def tell(desk: Desk) -> Value:
        standing = desk.anywhere if desk.about is None else desk.standing
        return role in standing.roles

    return tell


async def _set_stopped(desk: Desk, *, stopped: bool) -> None:
    await desk.work.people.set_stopped(desk.me.id, stopped=stopped)
    desk.know(stopped=stopped)
