"""Staff make the rota: turns, order and beginning, looked at before it counts; and somebody stands in for a turn."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from bot.care.rota import rules
from bot.care.rota.book import definitions_of
from bot.care.rota.facts import turns_ahead
from bot.care.rota.rules import Definitions, Rotation
from bot.care.rota.telling import tell
from bot.care.rota.words import names, people_options, starts_at_key, until_lines
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.schedule.typed_times import minutes_of, read_time
from dialogs.values import Plain, Value
from storage.problems import Conflict
from storage.repositories.rotas import Rota, StandIn

MOST_DAYS: Final = 28
_SHOWN: Final = 6
_LOOK: Final = timedelta(days=200)


async def rota_candidates(desk: Desk) -> Value:
    """Everybody who answers calls and does not stand in the order in `order` yet, as buttons."""
    able = (await definitions_of(desk, desk.house_id)).able
    return await people_options(desk, able - set(_order(desk.answers.get("order"))))


async def rota_order(desk: Desk) -> Value:
    """The order in `order`, with the person in `person` at its end: ids, as a dialog hands them on."""
    chosen = desk.answers.get("person")
    order = _order(desk.answers.get("order"))
    return " ".join(str(each) for each in (*order, *_order(chosen if isinstance(chosen, str) else None)))


async def rota_order_names(desk: Desk) -> Value:
    """The first names in `order`."""
    return await names(desk, _order(desk.answers.get("order")))


async def rota_draft(desk: Desk) -> Value:
    """The first turns of the rota that is being made, from `days`, `handover`, `order` and `starts`, a line each."""
    rotation = await _drafted(desk, desk.answers)
    definitions = await definitions_of(desk, desk.house_id)
    draft = Definitions(
        zone=definitions.zone,
        everybody=definitions.everybody,
        rotation=rotation,
        able=definitions.able,
        away=definitions.away,
    )
    start = max(desk.now, rules.begins(rotation, definitions.zone, 0))
    return await until_lines(desk, list(islice(rules.shifts(draft, start, start + _LOOK), _SHOWN)))


async def set_rota(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """This is the rota from now on; everybody in it is told. Raises Conflict when somebody in it has left."""
    rotation = await _drafted(desk, arguments)
    definitions = await definitions_of(desk, desk.house_id)
    if not set(rotation.people) <= definitions.able:
        raise Conflict("somebody in the order does not answer calls any more")
    rota = Rota(
        house_id=desk.house_id,
        days=rotation.days,
        handover=rotation.handover,
        starts_on=rotation.starts_on,
        set_at=desk.now,
        people=rotation.people,
    )
    await desk.work.rotas.set(rota, [desk.ids.new() for _ in rota.people])
    house = await desk.house()
    for place, person in enumerate(dict.fromkeys(rotation.people)):
        if person != desk.me.id:
            first = rules.begins(rotation, definitions.zone, place)
            await tell(desk, desk.house_id, person, "rota_told", house=house.name, start=first)


async def drop_rota(desk: Desk, _: Mapping[str, Value]) -> None:
    """No rota any more: every mentor is on call all the time."""
    await desk.work.rotas.remove(desk.house_id)


async def stand_in(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Somebody takes a turn, because staff say so; they and whoever had it are told.

    Raises Conflict when the turn is gone, or they are.
    """
    shift = starts_at_key(await turns_ahead(desk), words(arguments, "turn"))
    person = int(words(arguments, "person"))
    if shift is None or person not in (await definitions_of(desk, desk.house_id)).able:
        raise Conflict("the turn, or who could take it, has changed")
    await desk.work.rotas.add_stand_in(
        StandIn(
            id=desk.ids.new(),
            house_id=desk.house_id,
            person_id=person,
            instead_of=None,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            state="agreed",
            made_at=desk.now,
        )
    )
    house, known = await desk.house(), await desk.people([person])
    if person != desk.me.id:
        values: dict[str, Value] = {"house": house.name, "start": shift.starts_at, "until": shift.ends_at}
        await tell(desk, desk.house_id, person, "rota_stands_in", name=desk.me.name, **values)
    for relieved in shift.people:
        if relieved not in {desk.me.id, person}:
            values = {"name": known[person].name, "start": shift.starts_at, "until": shift.ends_at}
            await tell(desk, desk.house_id, relieved, "rota_relieved", **values)


async def _drafted(desk: Desk, given: Mapping[str, Value]) -> Rotation:
    """A rotation from a dialog's answers. Raises ValueError for what the dialog can't have asked."""
    days = int(str(given.get("days")))
    handover = read_time(str(given.get("handover")))
    order = given.get("order")
    if handover is None or not 1 <= days <= MOST_DAYS:
        raise ValueError("a rota needs turns of some days, and a time of day")
    house = await desk.house()
    today = desk.now.astimezone(ZoneInfo(house.zone)).date()
    starts_on = _start(today, str(given.get("starts")))
    people = _order(order if isinstance(order, str) else None)
    return Rotation(people=people, starts_on=starts_on, days=days, handover=minutes_of(handover))


def _start(today: date, chosen: str) -> date:
    """The day of the first handover. Raises ValueError for a choice that is not offered."""
    match chosen:
        case "today":
            return today
        case "tomorrow":
            return today + timedelta(days=1)
        case "monday":
            return today + timedelta(days=7 - today.weekday())
        case _:
            raise ValueError("this day was not offered")


def _order(order: Plain) -> tuple[int, ...]:
    return tuple(int(each) for each in order.split()) if isinstance(order, str) else ()
