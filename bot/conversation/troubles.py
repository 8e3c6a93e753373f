"""What went wrong on our own side, told to staff: in figures, once an hour at most, and without anybody's words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.conversation.registry import Registry
from bot.delivery.items import Settled
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind, State
from bot.ids import Ids
from bot.policy import Role
from dialogs.values import Text
from storage.repositories.timers import Timer
from storage.types import EPOCH
from storage.unit_of_work import UnitOfWork

TIMER: Final = "troubles"
_PURPOSE: Final = "troubles"
_AT_MOST_EVERY: Final = timedelta(hours=1)


async def note(ids: Ids, work: UnitOfWork, now: datetime) -> None:
    """Something failed: staff of every house will be told, unless that is planned already."""
    timers = []
    for house in await work.rotas.unwatched(TIMER):
        told = await _told(work, house)
        due = max(now, told + _AT_MOST_EVERY)
        timers.append(Timer(id=ids.new(), kind=TIMER, subject_id=house, fence=0, due_at=due, created_at=now))
    await work.timers.add_many(timers)


async def settle(ids: Ids, work: UnitOfWork, ended: Sequence[Settled], now: datetime) -> None:
    """Letters that were set aside by our own mistake; never this telling itself, or it would not end."""
    if any(each.state is State.FAILED and each.purpose != _PURPOSE for each in ended):
        await note(ids, work, now)


async def tell(desk: Desk, due: RowDue) -> None:
    """Tells the staff of one house what failed since they were told last."""
    since = await _told(desk.work, due.row)
    values = {
        "unanswered": await desk.work.updates.count_failed(since),
        "unsent": await desk.work.outbox.count_failed(since, but_for=_PURPOSE),
    }
    await desk.work.settings.set(_key(due.row), desk.now.isoformat())
    staff = await desk.people(await desk.work.memberships.with_role(due.row, Role.STAFF.value, desk.now))
    for person in staff.values():
        words = desk.render(Text(desk.library.phrases["troubles_told"], values), reader_of(person))
        errand = Errand(letter=Letter(text=words))
        desk.send_to(person, errand, Kind.REPLY, purpose=_PURPOSE, house_id=due.row, stream=TIMER)


async def _told(work: UnitOfWork, house_id: int) -> datetime:
    told = await work.settings.get(_key(house_id))
    return EPOCH if told is None else datetime.fromisoformat(told)


def _key(house_id: int) -> str:
    return f"troubles_told:{house_id}"


def register(registry: Registry) -> None:
    """Adds the telling."""
    registry.timer(TIMER, tell)
