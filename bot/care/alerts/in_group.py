"""Calls for help in the mentors' group: they stand there once every mentor is asked, and can be taken from there."""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot import policy
from bot.care.alerts import looks, plans
from bot.care.alerts.asking import GROUP_CARD, Asking
from bot.care.alerts.presses import Presses
from bot.care.alerts.rules import Severity, State
from bot.conversation.desk import Desk
from bot.conversation.registry import Appearance, CardKind, NotAllowedError
from storage.problems import Conflict

_FACES: Final = {State.TAKEN: "taken", State.WITH: "taken", State.OVER: "over"}


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """A first name, the group's house, since when, who has it. Nothing where somebody is never to be asked."""
    alert = (await desk.work.alerts.get_many([row])).get(row)
    if alert is None or await plans.unwanted(desk, alert.person_id):
        return None
    house = await desk.house(viewer)
    unanswered = "open" if alert.severity == Severity.SOS else "urgent"
    return Appearance(
        _FACES.get(State(alert.state), unanswered),
        {
            "name": await looks.name_of(desk, alert.person_id),
            "house": house.name,
            "since": alert.opened_at.astimezone(ZoneInfo(house.zone)).time(),
            "responder": await looks.name_of(desk, alert.taken_by),
        },
        about=alert.person_id,
    )


@dataclass(frozen=True, slots=True)
class InGroup:
    """The button there."""

    asking: Asking
    presses: Presses

    async def take(self, desk: Desk, row: int) -> None:
        """I'm on it, said in the group: whoever says it has their own card from then on. Of two at once one wins."""
        alert = (await desk.work.alerts.get_many([row])).get(row)
        if alert is None:
            raise Conflict("the alert is gone")
        if alert.person_id == desk.me.id:
            raise NotAllowedError("their own call")
        await self.asking.invite(desk, alert)
        await self.presses.take(desk, row)
        await self.asking.show(desk, alert, [desk.me.id])

    def kind(self) -> CardKind:
        """The card."""
        return CardKind(
            name=GROUP_CARD,
            who=policy.RESPONDERS,
            house=looks.house_of,
            also=looks.houses_of,
            look=look,
            presses={"take_in_group": self.take},
            in_groups=True,
        )
