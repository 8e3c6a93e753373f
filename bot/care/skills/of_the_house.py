"""Which skills a house has: all of them, until staff switch one off for everybody."""

from collections.abc import Mapping
from typing import Final

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import STAFF
from dialogs.model import Dialog
from dialogs.values import Option, Text, Value

STAY: Final = frozenset({"reach_out", "safety_plan", "coping_plan"})
"""The way to other people, and what people have at hand in SOS, no house is without."""


async def skills_here(desk: Desk) -> list[Dialog]:
    """The skills of the person's house, its own among them."""
    off = await desk.work.switches.off(desk.house_id)
    skills = [skill for skill in desk.library.skills if skill.dialog not in off - STAY]
    return [skill for skill in skills if desk.is_for(skill)]


async def house_skill_options(desk: Desk) -> Value:
    """Every skill that can be switched, ticked where the house has it."""
    off = await desk.work.switches.off(desk.house_id)
    return tuple(
        Option(
            skill.dialog,
            Text("{box} {title}", {"box": "☐" if skill.dialog in off else "☑", "title": Text(skill.title)}),
        )
        for skill in _switchable(desk)
    )


async def switch_skill(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Switches a skill on or off for the whole house. Raises ValueError for one that stays."""
    skill = words(arguments, "skill")
    if skill not in {each.dialog for each in _switchable(desk)}:
        raise ValueError(f"{skill} is not a skill that can be switched")
    off = await desk.work.switches.off(desk.house_id)
    await desk.work.switches.set(desk.ids.new(), desk.house_id, skill, on=skill in off)
    await trail.note(desk, What.SKILLS_CHANGED)


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    registry.fact("house_skill_options", STAFF, house_skill_options)
    registry.action("switch_skill", STAFF, switch_skill)


def _switchable(desk: Desk) -> list[Dialog]:
    """What the house wrote itself is switched where its versions stand."""
    stay = STAY | {each.dialog for each in desk.library.own}
    return sorted((skill for skill in desk.library.skills if skill.dialog not in stay), key=lambda skill: skill.title)
