"""Once a day each house's rota is looked at: test calls are planned, and staff are told what they should hear.

At most one message a day; the same list is told again only after a week.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Final

from bot.care.alerts.plans import Who
from bot.care.rota import ringing
from bot.care.rota.warnings import Concern, concerns_of, in_words, responders_of
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.conversation.registry import Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.ids import Ids
from bot.schedule.times import next_moment
from dialogs.values import Text
from storage.repositories.timers import Timer
from storage.unit_of_work import UnitOfWork

TIMER: Final = "rota_watch"

_AT: Final = 10 * 60
"""Minutes past midnight, where the house stands."""

_SETTLING_IN: Final = timedelta(days=7)
"""A house that is just being set up needs no telling that it is short of people."""

_TOLD_AGAIN: Final = timedelta(days=7)


async def begin(work: UnitOfWork, ids: Ids, now: datetime) -> None:
    """Sets the timer of every house that has none: from then on it sets itself."""
    unwatched = await work.rotas.unwatched(TIMER)
    if not unwatched:
        return
    houses = await work.houses.get_many(unwatched)
    await work.timers.add_many(
        [
            Timer(
                id=ids.new(),
                kind=TIMER,
                subject_id=house.id,
                fence=0,
                due_at=next_moment(_AT, house.zone, now),
                created_at=now,
            )
            for house in houses.values()
        ]
    )


async def look(desk: Desk, due: RowDue) -> None:
    """The daily look at one house."""
    house = await desk.work.houses.get(due.row)
    if house is None:
        return
    desk.timer(TIMER, house.id, fence=0, due_at=next_moment(_AT, house.zone, desk.now))
    await ringing.plan(desk, house.id, await responders_of(desk, house.id))
    concerns = await concerns_of(desk, house.id)
    if desk.now - house.created_at < _SETTLING_IN:
        concerns = [each for each in concerns if each.phrase not in {"warn_lone", "warn_nobody"}]
    if await _news(desk, house.id, concerns):
        await _tell_staff(desk, house.id, house.name, concerns)


async def _tell_staff(desk: Desk, house_id: int, house_name: str, concerns: list[Concern]) -> None:
    staff = await desk.people(await desk.work.memberships.with_role(house_id, Who.STAFF, desk.now))
    for person in staff.values():
        reader = reader_of(person)
        lines = in_words(desk, concerns, reader)
        words = desk.render(Text(desk.library.phrases["rota_warned"], {"house": house_name, "lines": lines}), reader)
        desk.send_to(
            person, Errand(letter=Letter(text=words)), Kind.REPLY, purpose="rota", house_id=house_id, stream="rota"
        )


async def _news(desk: Desk, house_id: int, concerns: list[Concern]) -> bool:
    """Whether this was not told before, or so long ago that it is time again; what is told is remembered."""
    key = f"rota_warned:{house_id}"
    if not concerns:
        await desk.work.settings.remove(key)
        return False
    digest = hashlib.sha256("\n".join(sorted(each.key for each in concerns)).encode()).hexdigest()
    told = await desk.work.settings.get(key)
    if told is not None and _lately(told, digest, desk.now):
        return False
    await desk.work.settings.set(key, json.dumps({"digest": digest, "at": desk.now.isoformat()}))
    return True


def _lately(told: str, digest: str, now: datetime) -> bool:
    """Whether what was told last was the same, and is fresh enough."""
    before = json.loads(told)
    return before["digest"] == digest and now - datetime.fromisoformat(before["at"]) < _TOLD_AGAIN


def register(registry: Registry) -> None:
    """Adds the daily look."""
    registry.timer(TIMER, look)
