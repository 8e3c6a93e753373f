"""The skill to offer now, and the three for what is going on: facts that feed the rules in offers.py."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from statistics import fmean
from typing import Final
from zoneinfo import ZoneInfo

from bot.care.checkins import Answers
from bot.care.skills.of_the_house import skills_here
from bot.care.skills.offers import Known, Offer, offers, on_a_calm_day, trouble_of
from bot.care.skills.practice import drops_of, ratings
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS, PARTICIPANTS
from dialogs.model import Dialog
from dialogs.values import Option, Text, Value
from storage.repositories.practices import Practice

ALWAYS_THERE: Final = ("urge_surfing", "paced_breathing", "grounding_54321", "halt", "reach_out")
"""What stands first when somebody looks for a skill; the rest is one tap further."""

DOCUMENT: Final = "planning"
"""Skills whose first use is this are built in calm hours; they are not what helps in a hard one."""

OWN_WORDS: Final = "own"
"""The key of a trouble that was told in words. Words are not guessed at: then the offer is the general one."""

_NIGHT: Final = timedelta(hours=4)
"""A day of offers turns at four in the morning, when hardly anybody stands between an offer and their tap on it."""

_RECENT: Final = timedelta(days=90)
_JUST_NOW: Final = timedelta(hours=2)
_STILL_HIGH: Final = 7


async def skill_options(desk: Desk) -> Value:
    """The skills that stand first, and after them what the house wrote itself, whether it is a skill or not."""
    titles = {skill.dialog: skill.title for skill in await skills_here(desk)}
    ours = [Option(key=name, label=Text(titles[name])) for name in ALWAYS_THERE if name in titles]
    own = [each for each in desk.library.own if desk.is_for(each)]
    return (*ours, *(Option(key=each.dialog, label=Text("🏡 {title}", {"title": Text(each.title)})) for each in own))


async def all_skill_options(desk: Desk) -> Value:
    """Every other skill."""
    return tuple(
        Option(key=skill.dialog, label=Text(skill.title))
        for skill in sorted(await skills_here(desk), key=lambda each: each.title)
        if skill.dialog not in ALWAYS_THERE and skill not in desk.library.own
    )


async def right_now_options(desk: Desk) -> Value:
    """The three to offer for `trouble`."""
    return tuple(Option(key=skill.dialog, label=_named(skill)) for skill, _ in await _three(desk))


async def right_now_reasons(desk: Desk) -> Value:
    """The same in words, each with why it is offered, a line each."""
    lines = [
        desk.phrase(f"offer_{offer.why}", title=Text(skill.title), minutes=skill.minutes)
        for skill, offer in await _three(desk)
    ]
    return Text(
        "\n".join(f"{{line{at}}}" for at in range(len(lines))), {f"line{at}": x for at, x in enumerate(lines)}
    )


async def last_did_not_help(desk: Desk) -> Value:
    """Whether the latest skill, within two hours, left the person as high as before, or high."""
    practices = await desk.work.practices.of(desk.me.id)
    if not practices or desk.now - practices[-1].finished_at > _JUST_NOW:
        return False
    rated = ratings(practices[-1])
    return rated is not None and (rated[1] >= rated[0] > 0 or rated[1] >= _STILL_HIGH)


async def offer(desk: Desk) -> Value:
    """The dialog of the skill to offer after a check-in."""
    return (await _after_checkin(desk)).dialog


async def offer_title(desk: Desk) -> Value:
    """Its title."""
    return Text((await _after_checkin(desk)).title)


async def offer_minutes(desk: Desk) -> Value:
    """How many minutes it takes."""
    return (await _after_checkin(desk)).minutes


def register(registry: Registry) -> None:
    """Adds what this part tells."""
    registry.fact("skill_options", MEMBERS, skill_options)
    registry.fact("all_skill_options", MEMBERS, all_skill_options)
    registry.fact("right_now_options", MEMBERS, right_now_options)
    registry.fact("right_now_reasons", MEMBERS, right_now_reasons)
    registry.fact("last_did_not_help", MEMBERS, last_did_not_help)
    registry.fact("offer", PARTICIPANTS, offer)
    registry.fact("offer_title", PARTICIPANTS, offer_title)
    registry.fact("offer_minutes", PARTICIPANTS, offer_minutes)


async def _three(desk: Desk) -> list[tuple[Dialog, Offer]]:
    trouble = desk.answers.get("trouble")
    named = trouble if isinstance(trouble, str) and trouble != OWN_WORDS else None
    return await _offered(desk, named)


async def _after_checkin(desk: Desk) -> Dialog:
    trouble = trouble_of(Answers.read(desk.answers))
    if trouble is not None and (offered := await _offered(desk, trouble)):
        return offered[0][0]
    skills = {skill.dialog: skill for skill in await _for_hard_hours(desk)}
    done = [practice.skill for practice in await _mine(desk)]
    return skills[on_a_calm_day(tuple(skills), done, _day(desk))]


async def _offered(desk: Desk, trouble: str | None) -> list[tuple[Dialog, Offer]]:
    skills = {skill.dialog: skill for skill in await _for_hard_hours(desk)}
    known = [
        Known(name=each.dialog, helps_with=each.helps_with, minutes=each.minutes or 0) for each in skills.values()
    ]
    mine = drops_of(await _mine(desk))
    found = offers(trouble, known, mine, await _of_the_house(desk), _day(desk))
    return [(skills[each.skill], each) for each in found]


async def _mine(desk: Desk) -> Sequence[Practice]:
    """What the person practised; nothing while they want that kept and not used."""
    return () if desk.me.restricted_at is not None else await desk.work.practices.of(desk.me.id)


async def _of_the_house(desk: Desk) -> Mapping[str, Sequence[float]]:
    """One mean drop for each other person of the house, by skill, over the last months."""
    members = await desk.work.memberships.members(desk.house_id, desk.now)
    others = {member.person_id for member in members} - {desk.me.id}
    others -= await desk.work.people.restricted(others)
    by_person: defaultdict[int, list[Practice]] = defaultdict(list)
    for practice in await desk.work.practices.of_many(others, desk.now - _RECENT):
        by_person[practice.person_id].append(practice)
    house: defaultdict[str, list[float]] = defaultdict(list)
    for practices in by_person.values():
        for skill, drops in drops_of(practices).items():
            house[skill] += [fmean(drops)] if drops else []
    return house


async def _for_hard_hours(desk: Desk) -> list[Dialog]:
    return [skill for skill in await skills_here(desk) if skill.helps_with[:1] != (DOCUMENT,)]


def _named(skill: Dialog) -> Text:
    return Text("🌿 {title}", {"title": Text(skill.title)})


def _day(desk: Desk) -> int:
    return (desk.now.astimezone(ZoneInfo(desk.me.zone)) - _NIGHT).toordinal()
