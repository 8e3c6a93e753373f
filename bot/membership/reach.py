"""Whether Telegram still lets us write to somebody: learnt from what became of letters."""

from collections.abc import Sequence
from datetime import datetime

from bot.delivery.items import Settled
from bot.delivery.letters import Reason
from bot.delivery.promises import State
from storage.repositories.people import Reach
from storage.unit_of_work import UnitOfWork

_GONE: dict[str, Reach] = {
    Reason.BLOCKED.value: "blocked",
    Reason.NEVER_STARTED.value: "blocked",
    Reason.DEACTIVATED.value: "deactivated",
    Reason.CHAT_NOT_FOUND.value: "deactivated",
}


async def settle(work: UnitOfWork, ended: Sequence[Settled], now: datetime) -> None:
    """Notes who can't be reached any more. Who comes back says so themselves: any message opens the way."""
    del now
    for each in ended:
        if each.state is State.REFUSED and each.recipient_id is not None and each.reason in _GONE:
            await work.people.set_reach(each.recipient_id, _GONE[each.reason])
