"""Which skills to offer: what helped this person, what helps in this house, and one that is new. Pure.

A drop is what a rating fell by, from before a practice to after it; below nothing, it rose.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from bot.care.checkins import Answers

Why: TypeAlias = Literal["helped_you", "helps_here", "new", "known"]

FEW: Final = 5
"""Under so many people nothing is told about a house: a number would be somebody. (shared/CARE.md, “Trust”)"""

OFFERED: Final = 3

LITTLE: Final = 2.0
"""A drop of less is little: then something new comes before what was tried. Without it, nobody would find better."""

BEGIN_WITH: Final[Mapping[str, str]] = {
    "craving": "urge_surfing",
    "stress": "paced_breathing",
    "anxiety": "grounding_54321",
    "anger": "stop_and_look",
    "loneliness": "reach_out",
    "mood": "small_good_thing",
    "boredom": "small_good_thing",
    "sleep": "sleep_well",
    "pressure": "saying_no",
    "conflict": "working_it_out",
}
"""What to begin with when nobody knows better yet, by what is going on. After shared/CARE.md, “Skills”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A skill as offers see it: what it helps with, the first thing most, and how many minutes it takes."""

    name: str
    helps_with: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A skill to offer, and why."""

    skill: str
    why: Why


def expected_drop(drops: Sequence[float]) -> float:
    """The mean drop, as if one more time had changed nothing: one good time is a hint, three are a sign."""
    return sum(drops) / (len(drops) + 1)


def offers(
    trouble: str | None,
    skills: Iterable[Known],
    mine: Mapping[str, Sequence[float]],
    house: Mapping[str, Sequence[float]],
    day: int,
) -> tuple[Offer, ...]:
    """Three skills for what is going on (None: it has no name), the likeliest help first.

    `mine` holds this person's drops by skill, oldest first; `house` one mean drop for each *other* person of the
    house, by skill. `day` lets what is new take turns. There are fewer only
    where fewer fit. The same arguments always give the same offers.
    """
    fitting = sorted(skills, key=lambda skill: _beginning(trouble, skill))
    if trouble is not None:
        fitting = [skill for skill in fitting if trouble in skill.helps_with]
    names = [skill.name for skill in fitting]
    likely = [found for found in (_helped_you(names, mine), _helps_here(names, mine, house)) if found is not None]
    fresh = [name for name in names if name not in mine and name not in {offer.skill for offer, _ in likely}]
    if fresh:
        # What most would begin with comes first while nothing is known; later everything gets its day.
        likely.append((Offer(fresh[day % len(fresh)] if likely else fresh[0], "new"), LITTLE))
    found = [offer for offer, _ in sorted(likely, key=lambda one: -one[1])]
    rest = [name for name in names if name not in {offer.skill for offer in found}]
    found += [Offer(name, "known" if name in mine else "new") for name in rest]
    return tuple(found[:OFFERED])


def trouble_of(answers: Answers) -> str | None:
    """What a check-in says is going on: a craving of 4 or more, then anger, being lonely, tired, a low mood."""
    if answers.craving is not None and answers.craving >= 4:
        return "craving"
    for sign, trouble in (("angry", "anger"), ("lonely", "loneliness"), ("tired", "stress")):
        if sign in answers.halt:
            return trouble
    return "mood" if answers.mood is not None and answers.mood <= 2 else None


def on_a_calm_day(skills: Sequence[str], done: Sequence[str], day: int) -> str:
    """Something to practise while all is well: what was never done, in turns by day; else what lies back longest.

    `done` names what was practised, oldest first. Raises ValueError without any skill.
    """
    if not skills:
        raise ValueError("there is no skill to offer")
    never = [skill for skill in skills if skill not in done]
    if never:
        return never[day % len(never)]
    latest = {skill: at for at, skill in enumerate(done)}
    return min(skills, key=lambda skill: latest[skill])


def _helped_you(names: Sequence[str], mine: Mapping[str, Sequence[float]]) -> tuple[Offer, float] | None:
    found = {name: expected_drop(mine[name]) for name in names if mine.get(name)}
    best = max(found, key=lambda name: found[name], default=None)
    return None if best is None or found[best] <= 0 else (Offer(best, "helped_you"), found[best])


def _helps_here(
    names: Sequence[str], mine: Mapping[str, Sequence[float]], house: Mapping[str, Sequence[float]]
) -> tuple[Offer, float] | None:
    """What helped others most, among what this person knows nothing better about: their own drops speak first."""
    yours = _helped_you(names, mine)
    found = {
        name: expected_drop(house[name])
        for name in names
        if len(house.get(name, ())) >= FEW
        and (yours is None or name != yours[0].skill)
        and (not mine.get(name) or expected_drop(mine[name]) > 0)
    }
    best = max(found, key=lambda name: found[name], default=None)
    return None if best is None or found[best] <= 0 else (Offer(best, "helps_here"), found[best])


def _beginning(trouble: str | None, skill: Known) -> tuple[bool, int, int, str]:
    """Sorts skills for who has no experience yet: the one to begin with, then the closest, the shorter first."""
    place = skill.helps_with.index(trouble) if trouble in skill.helps_with else len(skill.helps_with)
    return (trouble is None or BEGIN_WITH.get(trouble) != skill.name, place, skill.minutes, skill.name)
