"""What dialogs may ask about the rota: who is on call now and next, for how long, and how the load lies."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Final

from bot.care.rota import rules
from bot.care.rota.book import definitions_of
from bot.care.rota.rules import Definitions, Shift
from bot.care.rota.words import names, people_options, turn_options, until_lines
from bot.conversation.desk import Desk
from dialogs.values import Value

AHEAD: Final = timedelta(days=14)
"""How far turns are shown, and gaps are warned of."""

_SHOWN: Final = 3
_MONTH: Final = timedelta(days=28)


async def rota_set(desk: Desk) -> Value:
    """Whether the house has a rota."""
    return (await definitions_of(desk, desk.house_id)).rotation is not None


async def rota_ahead(desk: Desk) -> Value:
    """Who is on call now and next, and until when, a line each."""
    definitions = await definitions_of(desk, desk.house_id)
    coming = rules.shifts(definitions, desk.now, desk.now + 4 * AHEAD)
    return await until_lines(desk, list(islice(coming, _SHOWN)))


async def rota_days(desk: Desk) -> Value:
    """How many days a turn lasts; none without a rota."""
    rota = await desk.work.rotas.get(desk.house_id)
    return None if rota is None else rota.days


async def rota_handover(desk: Desk) -> Value:
    """When turns are handed over, local to the house; none without a rota."""
    rota = await desk.work.rotas.get(desk.house_id)
    return None if rota is None else time(*divmod(rota.handover, 60))


async def rota_people(desk: Desk) -> Value:
    """The first names in the rota, in order."""
    rota = await desk.work.rotas.get(desk.house_id)
    return () if rota is None else await names(desk, rota.people)


async def rota_load(desk: Desk) -> Value:
    """How the load lies: hours on call in the four weeks ahead, and calls in the four behind, a line each."""
    definitions = await definitions_of(desk, desk.house_id)
    hours = rules.load(definitions, desk.now, desk.now + _MONTH)
    calls = await desk.work.alert_trail.load_of(definitions.able, desk.now - _MONTH)
    known = await desk.people(hours.keys() | calls.keys())
    lines = [
        desk.phrase(
            "rota_load",
            name=known[each].name,
            hours=round(hours.get(each, timedelta()) / timedelta(hours=1)),
            calls=calls.get(each, 0),
        )
        for each in sorted(known, key=lambda one: (-hours.get(one, timedelta()), one))
    ]
    return "\n".join(desk.render(line) for line in lines)


async def turns_ahead(desk: Desk) -> list[Shift]:
    """The turns of the coming fortnight, those that nobody has and the one under way among them."""
    return _coming(await definitions_of(desk, desk.house_id), desk.now, desk.now + AHEAD)


async def my_turns_ahead(desk: Desk, until: datetime | None = None) -> list[Shift]:
    """Those that the person at the desk has, or would have if they were not away; those that begin before `until`."""
    definitions = await definitions_of(desk, desk.house_id)
    away = {person: back for person, back in definitions.away.items() if person != desk.me.id}
    coming = _coming(replace(definitions, away=away), desk.now, until or desk.now + AHEAD)
    return [each for each in coming if each.people == (desk.me.id,)]


async def rota_turns(desk: Desk) -> Value:
    """The turns of the coming fortnight, as buttons."""
    return await turn_options(desk, await turns_ahead(desk))


async def my_turns(desk: Desk) -> Value:
    """The person's own turns in the coming fortnight, as buttons."""
    return await turn_options(desk, await my_turns_ahead(desk))


async def able_people(desk: Desk) -> Value:
    """Everybody who answers calls for the house, as buttons."""
    return await people_options(desk, (await definitions_of(desk, desk.house_id)).able)


def _coming(definitions: Definitions, start: datetime, end: datetime) -> list[Shift]:
    return [each for each in rules.turns(definitions, start, end) if each.ends_at > start and each.starts_at < end]
