"""Whether to invite somebody to tell a story: seldom, never where it would press, and no is a good answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from bot.care import plans
from bot.community.stories.telling import story_can_be_read
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Value

KIND: Final = "telling"
"""Of the plan that keeps when somebody was last invited: it changed then."""

SELDOM: Final = timedelta(days=90)
"""Whoever was invited, or told one, is left alone for so long, whatever they said, and wherever it was."""


def may_invite(asked_at: datetime | None, told: Iterable[datetime], now: datetime) -> bool:
    """Whether it is long enough ago that they were invited, and that they told a story of their own accord."""
    return all(now - each >= SELDOM for each in (asked_at, *told) if each is not None)


async def tell_now(desk: Desk) -> Value:
    """Whether to invite the person now. Not whoever wants no messages, or nothing of theirs used."""
    if desk.me.stopped or desk.me.restricted_at is not None or not await story_can_be_read(desk):
        return False
    kept = await plans.latest(desk, KIND)
    told = [each.told_at for each in await desk.work.stories.of(desk.me.id) if each.kind == "story"]
    return may_invite(None if kept is None else kept.changed_at, told, desk.now)


async def offer_telling(desk: Desk, _: Mapping[str, Value]) -> None:
    """The person is invited now, and not again for a good while."""
    await plans.keep_one(desk, KIND, b"{}")


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    registry.fact("tell_now", MEMBERS, tell_now)
    registry.action("offer_telling", MEMBERS, offer_telling)
