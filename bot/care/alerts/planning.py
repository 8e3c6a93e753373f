"""Staff see and change the plan of their house, and who would be asked at a given time."""

from collections.abc import Mapping
from datetime import datetime

from bot import policy
from bot.care.alerts import plans
from bot.care.alerts.plans import Asker, Plan, Who
from bot.care.rota.words import moment
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.schedule.times import next_moment
from bot.schedule.typed_times import minutes_of, read_time
from dialogs.values import Option, Text, Value
from storage.repositories.alert_plans import AlertPlan


async def plan_steps(desk: Desk) -> Value:
    """Every step there can be, with its minutes, as buttons; the network's for a house that has one."""
    plan = await plans.plan_of(desk.work, desk.house_id)
    alone = await desk.work.networks.of_house(desk.house_id) is None
    lasting = {step.who: step.minutes for step in plan.steps}
    return tuple(
        Option(
            who.value,
            Text(
                desk.library.phrases["plan_step" if who in lasting else "plan_left_out"],
                {"who": _who(desk, who), "minutes": lasting.get(who)},
            ),
        )
        for who in Who
        if not (alone and who is Who.NETWORK)
    )


async def plan_repeats(desk: Desk) -> Value:
    """How often the plan is gone through again."""
    return (await plans.plan_of(desk.work, desk.house_id)).repeats


async def asked_now(desk: Desk) -> Value:
    """Whom a call would ask now, a line a step."""
    return await _asked(desk, desk.now)


async def asked_then(desk: Desk) -> Value:
    """The same for the next time it is `typed_time` at the house."""
    return await _asked(desk, await _then(desk))


async def asked_moment(desk: Desk) -> Value:
    """That moment, in words."""
    return moment(await _then(desk), desk.reader)


async def set_plan_step(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """So many minutes for a step; 0 leaves it out. Raises ValueError for what a plan can't be."""
    who, minutes = Who(words(arguments, "step")), int(str(arguments["minutes"]))
    await _keep(desk, plans.with_minutes(await plans.plan_of(desk.work, desk.house_id), who, minutes))


async def set_plan_repeats(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Gone through so many times more, before it is exhausted."""
    repeats = int(str(arguments["times"]))
    await _keep(desk, plans.with_repeats(await plans.plan_of(desk.work, desk.house_id), repeats))


async def reset_plan(desk: Desk, _: Mapping[str, Value]) -> None:
    """The plan that every house begins with."""
    await desk.work.alert_plans.remove(desk.house_id)


def register(registry: Registry) -> None:
    """Adds what staff see and change."""
    for name, fact in (
        ("plan_steps", plan_steps),
        ("plan_repeats", plan_repeats),
        ("asked_now", asked_now),
        ("asked_then", asked_then),
        ("asked_moment", asked_moment),
    ):
        registry.fact(name, policy.STAFF, fact)
    registry.action("set_plan_step", policy.STAFF, set_plan_step)
    registry.action("set_plan_repeats", policy.STAFF, set_plan_repeats)
    registry.action("reset_plan", policy.STAFF, reset_plan)


async def _keep(desk: Desk, plan: Plan) -> None:
    """For calls that open from now on: those that are open took their plan along."""
    await desk.work.alert_plans.set(
        AlertPlan(house_id=desk.house_id, steps=plans.steps_as_kept(plan), repeats=plan.repeats, set_at=desk.now)
    )


async def _asked(desk: Desk, at: datetime) -> str:
    steps = await plans.foreseen(desk, Asker(person_id=0, houses=(desk.house_id,)), at)
    lines: list[str] = []
    waited = 0
    for step, people in steps:
        if people:
            names = tuple(each.name for each in people)
            phrase = "plan_asks" if lines else "plan_asks_first"
            line = desk.phrase(phrase, who=_who(desk, Who(step.who)), people=names, minutes=waited)
            lines.append(desk.render(line))
            waited += step.minutes
    end = desk.phrase("plan_exhausted" if lines else "plan_asks_nobody", minutes=waited)
    return "\n".join([*lines, desk.render(end)])


async def _then(desk: Desk) -> datetime:
    typed = read_time(str(desk.answers.get("typed_time")))
    if typed is None:
        raise ValueError("this is not a time of day")
    return next_moment(minutes_of(typed), (await desk.house()).zone, desk.now)


def _who(desk: Desk, who: Who) -> Text:
    return desk.phrase(f"plan_who_{who.value}")
