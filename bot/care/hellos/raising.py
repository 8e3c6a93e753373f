"""From what shows in somebody's check-ins to a request that somebody say hello: as they agreed, and no oftener."""

from collections.abc import Mapping
from datetime import date, timedelta

from bot.care import worry
from bot.care.checkin_times import DIALOG, today
from bot.care.checkins import Answers
from bot.care.hellos import asking, rules
from bot.care.worry import Day, Sign
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import PARTICIPANTS
from dialogs.values import Value

_LOOKS_BACK = timedelta(days=40)
_ASKED_LATELY = timedelta(days=14)


async def signs_now(desk: Desk) -> frozenset[Sign]:
    """What shows in the answers of the check-in under way, in the light of those that are kept."""
    days: dict[date, Day] = {}
    if desk.me.restricted_at is None:  # what is kept of them is kept and not used
        for kept in await desk.work.checkins.of(desk.me.id, desk.now - _LOOKS_BACK):
            days[kept.day] = _day(kept.day, Answers.from_json(kept.answers))
    now = _day(today(desk), Answers.read(desk.answers))
    days.pop(now.day, None)
    return worry.signs([*days.values(), now])


async def worry_now(desk: Desk) -> Value:
    """Whether any sign shows."""
    return bool(await signs_now(desk))


async def worry_tells(desk: Desk) -> Value:
    """Whether a worry would be told: they agreed, there is somebody, and nobody was asked in the last days."""
    lately = await desk.work.hellos.of(desk.me.id, desk.now - rules.REST)
    return not any(each.kind not in rules.THEIR_OWN for each in lately) and await asking.somebody_to_tell(desk)


async def silent(desk: Desk) -> Value:
    """Whether the last two check-ins arrived and stayed unanswered."""
    firings = await desk.work.prompts.of(desk.me.id, desk.now - _ASKED_LATELY)
    return worry.silent([each.outcome for each in firings if each.kind == DIALOG])


async def raise_worry(desk: Desk, _: Mapping[str, Value]) -> None:
    """After half an hour somebody is asked to say hello, in waking hours."""
    await asking.begin(desk, "worry")


async def raise_silence(desk: Desk, _: Mapping[str, Value]) -> None:
    """If they don't speak for three hours more, somebody is asked to say hello, in waking hours."""
    await asking.begin(desk, "silence")


async def hold_worry(desk: Desk, _: Mapping[str, Value]) -> None:
    """Not this time: what waits to be told is not told."""
    for hello in await desk.work.hellos.of(desk.me.id, desk.now - rules.REST):
        if hello.state == "waiting":
            await asking.move(desk, hello, "over")


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    registry.fact("worry_now", PARTICIPANTS, worry_now)
    registry.fact("worry_tells", PARTICIPANTS, worry_tells)
    registry.fact("silent", PARTICIPANTS, silent)
    registry.action("raise_worry", PARTICIPANTS, raise_worry)
    registry.action("raise_silence", PARTICIPANTS, raise_silence)
    registry.action("hold_worry", PARTICIPANTS, hold_worry)


def _day(day: date, answers: Answers) -> Day:
    return Day(
        day=day,
        mood=answers.mood,
        craving=answers.craving,
        confidence=answers.confidence,
        lonely="lonely" in answers.halt,
    )
