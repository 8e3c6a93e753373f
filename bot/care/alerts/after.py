"""After a call: what helped, whether to ask again, and how it went, for those who were part of it."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot import policy
from bot.care.alerts import looks, plans
from bot.conversation import prompts
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import NotAllowedError, Registry
from bot.membership import who_saw
from bot.schedule.times import next_moment
from dialogs.values import Option, Text, Value
from storage.repositories.alert_trail import AlertEvent, Ask
from storage.repositories.alerts import Alert
from storage.repositories.plans import Plan

ASKS_AGAIN: Final = "call_later"
_NEXT_MORNING: Final = 10 * 60
"""Minutes past midnight where the person lives: whoever had a hard night has slept."""

_RECENT: Final = timedelta(days=14)
_SHOWN: Final = 12
"""Calls in a list; older ones nobody looks for."""

_HELPED: Final = frozenset({"there", "talking", "walk", "skill", "call"})
_EVENTS: Final = frozenset({"worsened", "hand_back", "exhausted"})
_ANSWERS: Final = frozenset({"on_it", "cant"})


# facts


async def call_known(desk: Desk) -> Value:
    """Whether the call `row` is still kept, and the person was part of it."""
    return await _seen(desk, desk.answers.get("row")) is not None


async def call_name(desk: Desk) -> Value:
    """Whose call `row` is, for those who were asked."""
    alert = await _seen(desk, desk.answers.get("row"))
    return "" if alert is None else await looks.name_of(desk, alert.person_id)


async def call_course(desk: Desk) -> Value:
    """Who was asked, whom it reached, who answered and when, a line each; nobody's words."""
    alert = await _seen(desk, desk.answers.get("row"))
    if alert is None:
        return ""
    if alert.person_id != desk.me.id:
        await who_saw.note(desk, alert.person_id, "call", "course")
    asks = await desk.work.alert_trail.asks_of([alert.id])
    names = {each: person.name for each, person in (await desk.people(_everybody(alert, asks))).items()}
    zone = ZoneInfo((await desk.house(alert.house_id)).zone)
    moments = sorted(_moments(alert, asks, await desk.work.alert_trail.events_of(alert.id)), key=lambda each: each[0])
    lines = []
    for at, phrase, people in moments:
        who = tuple(sorted({names[each] for each in people if each in names}))
        what = desk.phrase(f"course_{phrase}", who=who or desk.phrase("somebody_who_left"))
        lines.append(desk.phrase("course_line", time=at.astimezone(zone).time(), what=what))
    return a_line_each(lines)


async def past_alerts(desk: Desk) -> Value:
    """Calls of the last days that are over and that the person was part of, newest first."""
    options = []
    for alert in await _past(desk):
        await who_saw.note(desk, alert.person_id, "call", "list")
        zone = ZoneInfo((await desk.house(alert.house_id)).zone)
        values: dict[str, Value] = {
            "name": await looks.name_of(desk, alert.person_id),
            "day": format_date(alert.opened_at.astimezone(zone).date(), format="medium", locale=desk.reader.locale),
            "since": alert.opened_at.astimezone(zone).time(),
        }
        options.append(Option(str(alert.id), Text(desk.library.phrases["alert_past_line"], values)))
    return tuple(options)


async def any_past_alerts(desk: Desk) -> Value:
    """Whether there is one."""
    return bool(await _past(desk))


# actions


async def note_after(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """What whoever closed the call says of it. With `again`, the person is asked the next morning how they are."""
    alert = await _seen(desk, arguments.get("row"))
    if alert is None or alert.taken_by != desk.me.id:
        raise NotAllowedError("somebody else's call")
    helped = arguments.get("helped")
    if isinstance(helped, tuple):
        await desk.work.alerts.set_helped(alert.id, json.dumps([each for each in helped if each in _HELPED]))
    person = (await desk.people([alert.person_id])).get(alert.person_id)
    if words(arguments, "again") == "yes" and person is not None:
        at = next_moment(_NEXT_MORNING, person.zone, desk.now)
        prompt = await prompts.ask_again(desk, ASKS_AGAIN, at, person.id)
        kept = json.dumps({"words": None, "before": None}).encode()
        await desk.work.plans.add(
            Plan(id=prompt, person_id=person.id, kind=ASKS_AGAIN, changed_at=desk.now, content=kept)
        )


def register(registry: Registry) -> None:
    """Adds what is asked and done when a call is over."""
    registry.fact("call_known", policy.MEMBERS, call_known)
    registry.fact("call_name", policy.MEMBERS, call_name)
    registry.fact("call_course", policy.MEMBERS, call_course)
    registry.fact("past_alerts", policy.RESPONDERS, past_alerts)
    registry.fact("any_past_alerts", policy.RESPONDERS, any_past_alerts)
    registry.action("note_after", policy.MEMBERS, note_after)


async def _seen(desk: Desk, row: object) -> Alert | None:
    """The call, for the one who asked and for those who were asked; None for anybody else."""
    number = int(row) if isinstance(row, int | str) and str(row).isdigit() else 0
    alert = (await desk.work.alerts.get_many([number])).get(number)
    asks = await desk.work.alert_trail.asks_of([number])
    return alert if alert is not None and desk.me.id in _everybody(alert, asks) else None


async def _past(desk: Desk) -> list[Alert]:
    recent = await desk.work.alerts.of_house(desk.house_id, desk.now - _RECENT)
    over = [alert for alert in reversed(recent) if alert.ended_at is not None and alert.person_id != desk.me.id]
    asks = await desk.work.alert_trail.asks_of([alert.id for alert in over])
    mine = {ask.alert_id for ask in asks if ask.person_id == desk.me.id}
    return [
        alert
        for alert in over
        if (alert.id in mine or alert.taken_by == desk.me.id)
        and desk.me.id not in await plans.unwanted(desk, alert.person_id)
    ][:_SHOWN]


def _everybody(alert: Alert, asks: list[Ask]) -> set[int]:
    taken = set() if alert.taken_by is None else {alert.taken_by}
    return {alert.person_id, *taken, *(ask.person_id for ask in asks)}


def _moments(
    alert: Alert, asks: list[Ask], events: list[AlertEvent]
) -> Iterator[tuple[datetime, str, tuple[int, ...]]]:
    """What happened when, and to whom."""
    yield alert.opened_at, "opened", (alert.person_id,)
    for at in dict.fromkeys(ask.asked_at for ask in asks):
        yield at, "asked", tuple(ask.person_id for ask in asks if ask.asked_at == at)
    for person_id, ask in {ask.person_id: ask for ask in asks}.items():
        if ask.reached_at is not None:
            yield ask.reached_at, "lost" if ask.reached == "no" else "reached", (person_id,)
        if ask.answered_at is not None and ask.answer in _ANSWERS:
            yield ask.answered_at, str(ask.answer), (person_id,)
    for event in events:
        if event.kind in _EVENTS:
            yield event.at, event.kind, (alert.person_id,)
    if alert.with_at is not None and alert.taken_by is not None:
        yield alert.with_at, "with", (alert.taken_by,)
    if alert.ended_at is not None:
        yield alert.ended_at, "over", (alert.person_id,)
