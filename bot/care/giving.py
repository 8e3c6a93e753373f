"""Give to get: when things go well, one way to help somebody today, now and then.

Who helps is helped, too: that is what the social model lives by. But nobody is asked to give who needs to get.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal, TypeAlias

from bot.care import plans
from bot.care.checkin_times import day_begins, today
from bot.care.checkins import Answers, is_hard
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import PARTICIPANTS
from dialogs.values import Value
from storage.repositories.plans import Plan

Way: TypeAlias = Literal["hello", "story", "house"]

KIND: Final = "giving"
"""Of the plan in which is kept, sealed, how often a way was offered; when it last was is when the plan changed."""

WAYS: Final[tuple[Way, ...]] = ("hello", "story", "house")
"""Somebody who wants company, a story for others, a hand in the house: they take turns."""

CHECKINS: Final = 3
"""One good evening is a good evening. Three check-ins in a row are a time in which things go well."""

MOOD: Final = 4
CRAVING: Final = 3
"""Mood of so much or more, craving of so much or less: well above the middle, and far from what calls for help."""

SELDOM: Final = timedelta(days=14)
"""Asked more often, an invitation becomes a duty."""

_LATELY_DAYS: Final = 7
"""Check-ins that lie further back say nothing about how things go now."""


def goes_well(latest: Sequence[Answers]) -> bool:
    """Whether these check-ins, oldest first, end in three good ones. What was not answered is no good sign."""
    return len(latest) >= CHECKINS and all(_good(each) for each in latest[-CHECKINS:])


def may_ask(latest: Sequence[Answers], asked_at: datetime | None, now: datetime) -> bool:
    """Whether it is time to offer a way to help: things go well, and it was not offered in the last two weeks."""
    return goes_well(latest) and (asked_at is None or now - asked_at >= SELDOM)


async def give_now(desk: Desk) -> Value:
    """Whether to offer a way to help somebody today. Nothing kept is used of whoever doesn't want it used."""
    if desk.me.restricted_at is not None:
        return False
    kept = await plans.latest(desk, KIND)
    return may_ask(await _latest(desk), None if kept is None else kept.changed_at, desk.now)


async def give_way(desk: Desk) -> Value:
    """Whose turn it is among the ways to help."""
    return WAYS[_times(await plans.latest(desk, KIND)) % len(WAYS)]


async def offer_giving(desk: Desk, _: Mapping[str, Value]) -> None:
    """A way to help is offered now: the next in turn, and none again for a while."""
    times = _times(await plans.latest(desk, KIND)) + 1
    await plans.keep_one(desk, KIND, json.dumps({"times": times}).encode())


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("give_now", PARTICIPANTS, give_now)
    registry.fact("give_way", PARTICIPANTS, give_way)
    registry.action("offer_giving", PARTICIPANTS, offer_giving)


def _good(answers: Answers) -> bool:
    mood = answers.mood is not None and answers.mood >= MOOD
    craving = answers.craving is not None and answers.craving <= CRAVING
    return mood and craving and not is_hard(answers)


async def _latest(desk: Desk) -> list[Answers]:
    """The check-ins that are kept of the last days, one a day, the later of two; oldest first.

    That of a check-in under way is the last of them: it is kept when this turn is over.
    """
    first = today(desk) - timedelta(days=_LATELY_DAYS - 1)
    kept = await desk.work.checkins.of(desk.me.id, day_begins(desk, first))
    days = {each.day: Answers.from_json(each.answers) for each in kept}
    if "mood" in desk.answers:
        days[today(desk)] = Answers.read(desk.answers)
    return list(days.values())


def _times(kept: Plan | None) -> int:
    return 0 if kept is None else int(json.loads(kept.content)["times"])
