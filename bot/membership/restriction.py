"""Kept, but not used: until they say otherwise, nothing stored about a person leaves them or shapes what they get."""

from collections.abc import Mapping

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Value


async def restricted(desk: Desk) -> Value:
    """Whether theirs is kept and not used."""
    return desk.me.restricted_at is not None


async def restrict(desk: Desk, _: Mapping[str, Value]) -> None:
    """From now on it is."""
    await desk.work.people.restrict(desk.me.id, desk.now)
    desk.know(restricted_at=desk.now)


async def lift_restriction(desk: Desk, _: Mapping[str, Value]) -> None:
    """From now on it is used again, as they agreed."""
    await desk.work.people.restrict(desk.me.id, None)
    desk.know(restricted_at=None)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("restricted", MEMBERS, restricted)
    registry.action("restrict", MEMBERS, restrict)
    registry.action("lift_restriction", MEMBERS, lift_restriction)
