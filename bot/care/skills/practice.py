"""The memory of having practised: what was done, when, and what the rating fell by."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.conversation.arguments import number_if, words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Value
from storage.repositories.practices import Practice


def ratings(practice: Practice) -> tuple[int, int] | None:
    """What was rated before and after; None when one of them was not."""
    match json.loads(practice.answers):
        case {"before": int(before), "after": int(after)}:
            return before, after
        case _:
            return None


def drops_of(practices: Iterable[Practice]) -> Mapping[str, Sequence[float]]:
    """The drops by skill, in the order of the practices; a skill done without ratings has none, but is there."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    for practice in practices:
        rated = ratings(practice)
        found[practice.skill] += [] if rated is None else [rated[0] - rated[1]]
    return found


async def practised(desk: Desk) -> Value:
    """How many times the person practised the skill they are in."""
    place = desk.progress.place
    if place is None:
        return 0
    return sum(practice.skill == place.dialog for practice in await desk.work.practices.of(desk.me.id))


async def record_practice(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Remembers that a skill was practised, rated before and after. Raises ValueError for one that is none."""
    skill = words(arguments, "skill")
    if skill not in {each.dialog for each in desk.library.skills}:
        raise ValueError("this is not a skill")
    rated = {name: number_if(arguments, name) for name in ("before", "after")}
    await desk.work.practices.add(
        Practice(
            id=desk.ids.new(),
            person_id=desk.me.id,
            skill=skill,
            # The last thing they did before the end is the nearest we know to its beginning.
            started_at=desk.touched_at or desk.now,
            finished_at=desk.now,
            answers=json.dumps(rated).encode(),
        )
    )


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    registry.fact("practised", MEMBERS, practised)
    registry.action("record_practice", MEMBERS, record_practice)
