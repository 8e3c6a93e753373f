"""Skills: all of them, the one to offer now, and the memory of having practised."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.care.checkins import Answers
from bot.conversation.arguments import number_if, words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS, PARTICIPANTS
from dialogs.model import Dialog
from dialogs.values import Option, Text, Value
from storage.repositories.practices import Practice

FOR_CRAVING = "urge_surfing"
FOR_TENSION = "paced_breathing"

_NIGHT = timedelta(hours=4)
"""A day of offers turns at four in the morning, when hardly anybody stands between an offer and their tap on it."""


def choose(answers: Answers, skills: Sequence[str], last_done: Mapping[str, datetime], day: int) -> str:
    """The skill to offer: for a craving of 4 or more to ride it, for anger and tiredness to breathe, else what has
    not been done for longest. Of those never done, each has its `day`. Raises ValueError without any skill.

    After shared/CARE.md, “Skills”: what each is for. The same answers and memory always give the same offer.
    """
    if FOR_CRAVING in skills and answers.craving is not None and answers.craving >= 4:
        return FOR_CRAVING
    if FOR_TENSION in skills and {"angry", "tired"} & set(answers.halt):
        return FOR_TENSION
    never = [skill for skill in skills if skill not in last_done]
    return never[day % len(never)] if never else min(skills, key=lambda skill: last_done[skill])


async def skill_options(desk: Desk) -> Value:
    """Every skill, by title."""
    return tuple(Option(key=skill.dialog, label=Text(skill.title)) for skill in desk.library.skills)


async def practised(desk: Desk) -> Value:
    """How many times the person practised the skill they are in."""
    place = desk.progress.place
    if place is None:
        return 0
    return sum(practice.skill == place.dialog for practice in await desk.work.practices.of(desk.me.id))


async def offer(desk: Desk) -> Value:
    """The dialog of the skill to offer now."""
    return (await _offered(desk)).dialog


async def offer_title(desk: Desk) -> Value:
    """Its title."""
    return Text((await _offered(desk)).title)


async def offer_minutes(desk: Desk) -> Value:
    """How many minutes it takes."""
    return (await _offered(desk)).minutes


async def record_practice(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Remembers that a skill was practised, rated before and after. Raises ValueError for one that is none."""
    skill = words(arguments, "skill")
    if skill not in {each.dialog for each in desk.library.skills}:
        raise ValueError("this is not a skill")
    ratings = {name: number_if(arguments, name) for name in ("before", "after")}
    await desk.work.practices.add(
        Practice(
            id=desk.ids.new(),
            person_id=desk.me.id,
            skill=skill,
            # The last thing they did before the end is the nearest we know to its beginning.
            started_at=desk.touched_at or desk.now,
            finished_at=desk.now,
            answers=json.dumps(ratings).encode(),
        )
    )


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("skill_options", MEMBERS, skill_options)
    registry.fact("practised", MEMBERS, practised)
    registry.fact("offer", PARTICIPANTS, offer)
    registry.fact("offer_title", PARTICIPANTS, offer_title)
    registry.fact("offer_minutes", PARTICIPANTS, offer_minutes)
    registry.action("record_practice", MEMBERS, record_practice)


async def _offered(desk: Desk) -> Dialog:
    skills = {skill.dialog: skill for skill in desk.library.skills}
    last_done = {each.skill: each.finished_at for each in await desk.work.practices.of(desk.me.id)}
    day = (desk.now.astimezone(ZoneInfo(desk.me.zone)) - _NIGHT).toordinal()
    return skills[choose(Answers.read(desk.answers), tuple(skills), last_done, day)]
