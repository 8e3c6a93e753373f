"""Practice that the person can see: what they did, what helped when, and what has become theirs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from bot.care.skills.practice import ratings
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Text, Value
from storage.repositories.practices import Practice

TIMES: Final = 3
"""A skill done so often with a drop has become theirs."""

_LINES: Final = 12
"""What was done most stands first; more than a screen of it helps nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One skill as somebody has practised it; the means are None when it was never rated both times."""

    skill: str
    times: int
    helped: int
    before: float | None
    after: float | None

    @property
    def drop(self) -> float | None:
        """What the rating fell by on average, to a tenth; below nothing, it rose."""
        return None if self.before is None or self.after is None else round(self.before - self.after, 1)

    @property
    def theirs(self) -> bool:
        """Whether it has become theirs."""
        return self.helped >= TIMES


async def done(desk: Desk) -> list[Done]:
    """Every skill the person has practised, most often first."""
    return sorted(summed(await desk.work.practices.of(desk.me.id)), key=lambda one: (-one.times, one.skill))


def summed(practices: Iterable[Practice]) -> list[Done]:
    """One for each skill among these practices."""
    rated: defaultdict[str, list[tuple[int, int] | None]] = defaultdict(list)
    for practice in practices:
        rated[practice.skill].append(ratings(practice))
    return [_summed(skill, each) for skill, each in rated.items()]


async def any_practice(desk: Desk) -> Value:
    """Whether anything was practised yet."""
    return bool(await done(desk))


async def practice_words(desk: Desk) -> Value:
    """What was practised, a line a skill, with what it fell by."""
    titles = {skill.dialog: skill.title for skill in desk.library.skills}
    lines: list[Text] = []
    for one in (await done(desk))[:_LINES]:
        if one.skill not in titles:
            continue  # a skill that the house no longer has
        values: dict[str, Value] = {"title": Text(titles[one.skill]), "times": one.times}
        if one.before is None or one.after is None:
            lines.append(desk.phrase("practice_line", **values))
        else:
            means: dict[str, Value] = {"before": round(one.before), "after": round(one.after)}
            lines.append(desk.phrase("practice_line_rated", **values, **means))
    return "\n".join(desk.render(line) for line in lines)


async def practice_theirs(desk: Desk) -> Value:
    """The titles of the skills that have become theirs; none when there are none yet."""
    titles = {skill.dialog: skill.title for skill in desk.library.skills}
    theirs = tuple(Text(titles[one.skill]) for one in await done(desk) if one.theirs and one.skill in titles)
    return theirs or None


def register(registry: Registry) -> None:
    """Adds what this part tells."""
    registry.fact("any_practice", MEMBERS, any_practice)
    registry.fact("practice_words", MEMBERS, practice_words)
    registry.fact("practice_theirs", MEMBERS, practice_theirs)


def _summed(skill: str, rated: list[tuple[int, int] | None]) -> Done:
    both = [each for each in rated if each is not None]
    return Done(
        skill=skill,
        times=len(rated),
        helped=sum(after < before for before, after in both),
        before=fmean(before for before, _ in both) if both else None,
        after=fmean(after for _, after in both) if both else None,
    )
