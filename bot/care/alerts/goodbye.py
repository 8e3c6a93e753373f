"""When somebody goes for good: what they had taken is handed on, and their own call ends, told kindly."""

from dataclasses import dataclass

from bot.care.alerts.asking import ALERT_CARD
from bot.care.alerts.presses import Presses
from bot.care.alerts.rules import State
from bot.conversation import cards
from bot.conversation.desk import Desk, reader_of
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from storage.repositories.alerts import Alert


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Asked before a person is deleted, while everything still has their name."""

    presses: Presses

    async def gone(self, desk: Desk) -> None:
        """The person at the desk is about to be deleted."""
        for alert in await desk.work.alerts.open_all():
            if alert.person_id == desk.me.id:
                await self._end(desk, alert)
            elif alert.taken_by == desk.me.id and alert.state in {State.TAKEN, State.WITH}:
                await self.presses.hand_back(desk, alert.id)
                await self._climb_if_alone(desk, alert)
            elif desk.me.id in await self._silent(desk, alert):
                await self.presses.decline(desk, alert.id)

    async def _end(self, desk: Desk, alert: Alert) -> None:
        """Those asked hear it by a message that rings; what their card showed of the person goes with them."""
        asked = {ask.person_id for ask in await desk.work.alert_trail.asks_of([alert.id])} - {desk.me.id}
        shown = await desk.work.outbox.latest_of_card(cards.reference(ALERT_CARD, alert.id), asked)
        emergency = desk.library.numbers.of((await desk.house(alert.house_id)).country).emergency
        for person in (await desk.people(asked)).values():
            reader = reader_of(person)
            told = desk.phrase("alert_gone_responder", name=desk.me.name, emergency=emergency)
            # About nobody: the one it is about is deleted in this very turn, and it must still be sent.
            desk.send_to(person, Errand(letter=Letter(text=desk.render(told, reader))), Kind.ALERT, purpose="alert")
            if person.id in shown:
                emptied = Letter(text=desk.render(desk.phrase("alert_gone_card"), reader))
                errand = Errand(letter=emptied, edits=shown[person.id].message_id)
                desk.send_to(person, errand, Kind.EDIT, purpose="card")

    async def _climb_if_alone(self, desk: Desk, before: Alert) -> None:
        """Nobody else was asked yet: the next step is asked now, not when its time comes."""
        alert = (await desk.work.alerts.get_many([before.id]))[before.id]
        others = {ask.person_id for ask in await desk.work.alert_trail.asks_of([alert.id])}
        if alert.state == State.OPEN and not others - {desk.me.id, alert.person_id}:
            await self.presses.asking.climb(desk, alert)

    async def _silent(self, desk: Desk, alert: Alert) -> set[int]:
        asks = await desk.work.alert_trail.asks_of([alert.id])
        return {ask.person_id for ask in asks if ask.answer is None}
