"""What the pulse dialog may ask and cause: counting an answer, and showing what may be shown."""

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Final

from babel.dates import format_date, format_skeleton

from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Registry
from bot.conversation.standings import place_in
from bot.house.pulse import rules
from bot.house.pulse.rules import HIGH, ITEMS, LOW, Month, Period
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import MEMBERS, STAFF, Role
from bot.schedule.times import zone_of
from dialogs.values import Picture, Text, Value
from storage.repositories.pulse import Talk, Tally

PICTURE: Final = "pulse"
PEOPLE, OF_STAFF = "people", "staff"
ALUMNI: Final = "alumni"
"""The standing of whoever has moved on: they no longer say how it is to live here."""

_SHOWN: Final = 12
"""Periods in the picture; a year, where every month has enough answers."""


async def pulse_given(desk: Desk) -> Value:
    """Whether the person took part this month."""
    return await desk.work.pulses.took_part(desk.me.id, desk.house_id, await _month(desk))


async def pulse_counts(desk: Desk) -> Value:
    """Whether the person is asked: whoever lives here, comes here or works here now. Alumni see it with everybody."""
    return await _counts(desk)


async def pulse_any(desk: Desk) -> Value:
    """Whether there is anything that may be shown."""
    return bool((await _periods(desk))[PEOPLE])


async def pulse_words(desk: Desk) -> Value:
    """The latest that may be shown, a line an item, staff's view of the same beside it where there is one."""
    found = await _periods(desk)
    latest = found[PEOPLE][-1]
    staff = found[OF_STAFF][-1].shown if found[OF_STAFF] else {}
    lines = [desk.phrase("pulse_when", when=_when(latest, desk.reader.locale))]
    for item in ITEMS:
        name = desk.phrase(f"pulse_{item}")
        if item in staff:
            lines.append(
                desk.phrase(
                    "pulse_line_both", item=name, people=_plain(latest.shown[item]), staff=_plain(staff[item])
                )
            )
        else:
            lines.append(desk.phrase("pulse_line", item=name, people=_plain(latest.shown[item])))
    return a_line_each(lines)


async def pulse_picture(desk: Desk) -> Value:
    """Every item over time, what people say and what staff say; every word in the reader's language already."""
    found = await _periods(desk)
    lasts = sorted({each.last for side in found.values() for each in side})[-_SHOWN:]
    panels: list[dict[str, object]] = [
        {
            "label": desk.render(desk.phrase(f"pulse_{item}")),
            "people": _over(found[PEOPLE], item, lasts),
            "staff": _over(found[OF_STAFF], item, lasts),
        }
        for item in ITEMS
    ]
    months = [format_date(each, format="MMM", locale=desk.reader.locale) for each in lasts]
    labels = {name: desk.render(desk.phrase(f"pulse_{name}")) for name in ("title", PEOPLE, OF_STAFF)}
    return Picture(PICTURE, {**labels, "months": months, "panels": panels})


async def pulse_question(desk: Desk) -> Value:
    """The question for the next house meeting: about what people say is hardest."""
    return desk.phrase(f"pulse_ask_{_hardest((await _periods(desk))[PEOPLE][-1])}")


async def pulse_talked_on(desk: Desk) -> Value:
    """The day on which the house talked about that question; none while it has not. The next pulse asks anew."""
    latest = (await _periods(desk))[PEOPLE][-1]
    talk = await desk.work.pulses.talk_of(desk.house_id, latest.last)
    if talk is None:
        return None
    house = await desk.house()
    return str(format_skeleton("MMMEd", talk.at.astimezone(zone_of(house.zone)).date(), locale=desk.reader.locale))


async def note_pulse_talk(desk: Desk, _: Mapping[str, Value]) -> None:
    """The house has talked about the question of the latest pulse: once, whoever of staff says so first."""
    latest = (await _periods(desk))[PEOPLE][-1]
    talk = Talk(house_id=desk.house_id, month=latest.last, item=_hardest(latest), at=desk.now)
    if await desk.work.pulses.talked(talk):
        await trail.note(desk, What.PULSE_TALKED)


async def record_pulse(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Counts the answers, once a month, and keeps nothing else of them. Raises ValueError for what was not asked."""
    given = arguments.get("answers")
    answers = [int(str(each)) for each in given] if isinstance(given, tuple) else []
    if len(answers) != len(ITEMS) or not all(LOW <= each <= HIGH for each in answers):
        raise ValueError("eight answers, each from 1 to 5")
    if not await _counts(desk):
        return
    month = await _month(desk)
    if not await desk.work.pulses.take_part(desk.me.id, desk.house_id, month):
        return
    side = OF_STAFF if Role.STAFF in desk.standing.roles else PEOPLE
    cells = [
        Tally(house_id=desk.house_id, month=month, side=side, item=item, value=value, count=0)
        for item, value in product(ITEMS, range(LOW, HIGH + 1))
    ]
    chosen = {
        item: rules.counted(answer, desk.ids.chance(rules.CHANCES))
        for item, answer in zip(ITEMS, answers, strict=True)
    }
    await desk.work.pulses.count(cells, chosen)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for fact in (pulse_given, pulse_counts, pulse_any, pulse_words, pulse_picture, pulse_question, pulse_talked_on):
        registry.fact(fact.__name__, MEMBERS, fact)
    registry.action("record_pulse", MEMBERS, record_pulse)
    registry.action("note_pulse_talk", STAFF, note_pulse_talk)


async def _counts(desk: Desk) -> bool:
    place = await place_in(desk, desk.me.id, desk.house_id)
    return place.standing != ALUMNI or bool(desk.standing.roles - {Role.PARTICIPANT})


def _hardest(period: Period) -> str:
    return min(ITEMS, key=lambda item: period.shown[item])


async def _month(desk: Desk) -> date:
    """The first day of this month, where the house stands."""
    house = await desk.house()
    return desk.now.astimezone(zone_of(house.zone)).date().replace(day=1)


async def _periods(desk: Desk) -> dict[str, list[Period]]:
    months: dict[tuple[str, date], Month] = {}
    for tally in await desk.work.pulses.before(desk.house_id, await _month(desk)):
        month = months.setdefault((tally.side, tally.month), Month(tally.month))
        month.counts.setdefault(tally.item, {})[tally.value] = tally.count
    return {
        side: rules.periods([month for (of_side, _), month in months.items() if of_side == side])
        for side in (PEOPLE, OF_STAFF)
    }


def _over(side: list[Period], item: str, lasts: list[date]) -> list[float | None]:
    shown = {each.last: each.shown[item] for each in side}
    return [shown.get(last) for last in lasts]


def _when(period: Period, locale: str) -> Text | str:
    names = [format_date(each, format="LLLL y", locale=locale) for each in (period.first, period.last)]
    return names[0] if names[0] == names[1] else " – ".join(names)


def _plain(value: float) -> str:
    return f"{value:g}"
