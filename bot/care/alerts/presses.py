"""What the buttons of an alert's cards do, and what its timers do. Each checks in the row what it relies on."""

from dataclasses import dataclass

from bot.care.alerts import homes
from bot.care.alerts.asking import Asking
from bot.care.alerts.audit import next_timer
from bot.care.alerts.grounds import FALSE_ALARM
from bot.care.alerts.looks import name_of
from bot.care.alerts.rules import Move, Severity, State
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import Role
from storage.problems import Conflict
from storage.repositories.alerts import Alert


@dataclass(frozen=True, slots=True)
class Presses:
    """Responders' buttons, and the person's own."""

    asking: Asking

    async def take(self, desk: Desk, row: int) -> None:
        """I'm on it. Of two at once one wins; the other is told who has it."""
        before = await _alert(desk, row)
        alert = await self.asking.move(
            desk, before, Move.TAKE, taken_by=desk.me.id, taken_at=desk.now, with_at=None, relay_ended_at=None
        )
        await desk.work.alert_trail.answer(row, desk.me.id, "on_it", desk.now)
        await trail.note(desk, What.CALL_TAKEN, house_id=await homes.here(desk, alert), about=alert.person_id)
        await self.asking.tell_person(desk, alert, "alert_taken_person", responder=desk.me.name)
        await self._tell_others(desk, alert, "alert_taken_responder", responder=desk.me.name)
        self.asking.set_follow_up(desk, alert)

    async def decline(self, desk: Desk, row: int) -> None:
        """I can't now. When nobody of this step is left, the next is asked at once."""
        alert = await _alert(desk, row)
        await desk.work.alert_trail.answer(row, desk.me.id, "cant", desk.now)
        asks = await desk.work.alert_trail.asks_of([row])
        waiting = [ask for ask in asks if ask.answer is None and ask.person_id != desk.me.id]
        if not waiting and alert.state == State.OPEN:
            await self.asking.climb(desk, alert)

    async def arrive(self, desk: Desk, row: int) -> None:
        """I'm with them."""
        before = await self._mine(desk, row)
        alert = await self.asking.move(desk, before, Move.ARRIVE, with_at=desk.now)
        await self.asking.tell_person(desk, alert, "alert_with_person", responder=desk.me.name)

    async def hand_back(self, desk: Desk, row: int) -> None:
        """I can't after all: everybody is asked again."""
        before = await self._mine(desk, row)
        await desk.work.alert_trail.answer(row, desk.me.id, "cant", desk.now)
        await trail.note(desk, What.CALL_RETURNED, house_id=await homes.here(desk, before), about=before.person_id)
        await self._reopen(desk, before)

    async def close(self, desk: Desk, row: int) -> None:
        """It's over, says the responder who had it."""
        await self._close(desk, row, "closed")

    async def close_false_alarm(self, desk: Desk, row: int) -> None:
        """… and there was no danger: the rule that thought so is counted."""
        await self._close(desk, row, FALSE_ALARM)

    async def _close(self, desk: Desk, row: int, outcome: str) -> None:
        before = await self._mine(desk, row)
        alert = await self.asking.move(desk, before, Move.CLOSE, ended_at=desk.now, outcome=outcome)
        await trail.note(desk, What.CALL_CLOSED, house_id=await homes.here(desk, alert), about=alert.person_id)
        await self.asking.show_mine(desk, alert)
        await self.asking.tidy(desk, alert, but=desk.me.id)

    async def ok(self, desk: Desk, row: int) -> None:
        """I'm OK now, says the person. In danger of life that informs; somebody has to have looked to close it."""
        before = await _alert(desk, row)
        if Severity(before.severity).needs_a_responder_to_close and before.state != State.OVER:
            asks = await desk.work.alert_trail.asks_of([row])
            asked = sorted({ask.person_id for ask in asks if ask.answer != "cant"} - {before.person_id})
            await self.asking.tell(desk, before, asked, "alert_ok_responder", name=desk.me.name)
            await self.asking.tell_person(desk, before, "alert_ok_person")
            return
        alert = await self.asking.move(desk, before, Move.OK, ended_at=desk.now, outcome="ok")
        if alert.taken_by is not None:
            await self.asking.tell(desk, alert, [alert.taken_by], "alert_over_responder", name=desk.me.name)
        await self.asking.tidy(desk, alert)

    async def worse(self, desk: Desk, row: int) -> None:
        """It's worse, says the person: the call becomes a crisis, and everybody it asks hears that."""
        before = await _alert(desk, row)
        urgent = Severity(before.severity)
        if urgent.needs_a_responder_to_close:
            name, asks = desk.me.name, await desk.work.alert_trail.asks_of([row])
            asked = sorted({ask.person_id for ask in asks if ask.answer != "cant"} - {before.person_id})
            await self.asking.tell(desk, before, asked, "alert_still_worse_responder", name=name)
        else:
            await self.asking.worsen(desk, before, Severity.CRISIS)
        emergency = desk.library.numbers.of((await desk.house(before.house_id)).country).emergency
        await self.asking.tell_person(desk, before, "alert_worse_person", emergency=emergency)

    async def ask_next(self, desk: Desk, row: int) -> None:
        """Ask the next, says somebody asked: their step's minutes need not run out first."""
        alert = await _alert(desk, row)
        if alert.state == State.OPEN and await self.asking.has_next(desk, alert):
            await self.asking.climb(desk, alert)
        elif alert.state == State.OPEN:
            await self.asking.tell(desk, alert, [desk.me.id], "alert_all_asked")

    async def left(self, desk: Desk, person_id: int, house_id: int) -> None:
        """Somebody left the house, or was removed: calls they had are open again, and nobody waits for them."""
        for alert in [each for each in await desk.work.alerts.open_all() if house_id in homes.of(each)]:
            if await homes.shared(desk, alert, [person_id]):
                continue  # they belong to another of its homes still
            await self._step_aside(desk, alert, person_id)

    async def leave_out(self, desk: Desk, person_id: int) -> None:
        """The one who calls wants somebody never asked: who was, hears no more of it, and nobody waits for them."""
        for alert in await desk.work.alerts.open_for(desk.me.id):
            await self.asking.take_off(desk, alert, person_id)
            await self._step_aside(desk, alert, person_id)

    # timers

    async def step_due(self, desk: Desk, due: RowDue) -> None:
        """Nobody answered in time."""
        alert = await _still(desk, due, State.OPEN)
        if alert is not None:
            await self.asking.climb(desk, alert)

    async def follow_due(self, desk: Desk, due: RowDue) -> None:
        """Somebody is on it, and was not heard of since: they are asked."""
        alert = await _still(desk, due, State.TAKEN)
        if alert is not None and alert.taken_by is not None:
            name = await name_of(desk, alert.person_id)
            await self.asking.tell(desk, alert, [alert.taken_by], "alert_follow_through", name=name)
            await self.asking.show(desk, alert, [alert.taken_by])
            self.asking.set_reopening(desk, alert)

    async def reopen_due(self, desk: Desk, due: RowDue) -> None:
        """… and did not answer: it opens again."""
        alert = await _still(desk, due, State.TAKEN)
        if alert is not None:
            await self._reopen(desk, alert)

    async def staff_due(self, desk: Desk, due: RowDue) -> None:
        """Exhausted, and still nobody: staff again."""
        alert = await _still(desk, due, State.EXHAUSTED)
        if alert is not None:
            await self.asking.ask_staff_again(desk, alert)

    async def reached(self, desk: Desk, due: RowDue) -> None:
        """Telegram said of some letters whether they came: the person reads it, and nobody waits for who can't be."""
        alert = (await desk.work.alerts.get_many([due.row])).get(due.row)
        if alert is None or alert.state not in {State.OPEN, State.EXHAUSTED}:
            return
        asks = await desk.work.alert_trail.asks_of([alert.id])
        hopeless = all(ask.answer is not None or ask.reached == "no" for ask in asks)
        if alert.state == State.OPEN and asks and hopeless:
            await self.asking.climb(desk, alert)
        else:
            await self.asking.tidy_mine(desk, alert)

    async def found_adrift(self, desk: Desk, due: RowDue) -> None:
        """The auditor found it with no next step, which should never happen: it is given one, due now."""
        alert = (await desk.work.alerts.get_many([due.row])).get(due.row)
        kind = next_timer(alert) if alert is not None else None
        if alert is not None and kind is not None and alert.version == due.fence:
            desk.timer(kind, alert.id, fence=alert.version, due_at=desk.now)

    async def audit_failed(self, desk: Desk, due: RowDue) -> None:
        """The auditor found something that stands still: the house's staff should not rely on the bot alone now."""
        staff = await desk.work.memberships.with_role(due.row, Role.STAFF, desk.now)
        for person in (await desk.people(staff)).values():
            words = desk.render(desk.phrase("audit_failed"), reader_of(person))
            desk.send_to(
                person,
                Errand(letter=Letter(text=words)),
                Kind.ALERT,
                purpose="audit",
                house_id=due.row,
                stream="audit",
            )

    async def _step_aside(self, desk: Desk, alert: Alert, person_id: int) -> None:
        # Who handed it back is still named as the one who had it; then it is open already.
        if alert.taken_by == person_id and alert.state in {State.TAKEN, State.WITH}:
            await self._reopen(desk, alert)
            return
        asks = await desk.work.alert_trail.asks_of([alert.id])
        waiting = {ask.person_id for ask in asks if ask.answer is None}
        await desk.work.alert_trail.answer(alert.id, person_id, "cant", desk.now)
        if waiting == {person_id} and alert.state == State.OPEN:
            await self.asking.climb(desk, alert)

    async def _reopen(self, desk: Desk, before: Alert) -> None:
        alert = await self.asking.move(desk, before, Move.HAND_BACK)
        had_it = await name_of(desk, before.taken_by)
        await self.asking.tell_person(desk, alert, "alert_again_person", responder=had_it)
        await self.asking.ask_again(desk, alert)

    async def _tell_others(self, desk: Desk, alert: Alert, phrase: str, *, responder: str) -> None:
        asked = {ask.person_id for ask in await desk.work.alert_trail.asks_of([alert.id])}
        await self.asking.tell(
            desk, alert, sorted(asked - {desk.me.id, alert.person_id}), phrase, responder=responder
        )
        await self.asking.tidy(desk, alert, but=desk.me.id)

    async def _mine(self, desk: Desk, row: int) -> Alert:
        alert = await _alert(desk, row)
        if alert.taken_by != desk.me.id:
            raise Conflict("somebody else has it by now")
        return alert


async def _alert(desk: Desk, row: int) -> Alert:
    found = (await desk.work.alerts.get_many([row])).get(row)
    if found is None:
        raise Conflict("the alert is gone")
    return found


async def _still(desk: Desk, due: RowDue, state: State) -> Alert | None:
    """The alert, if it stands as it stood when the timer was set; else the timer means nothing any more."""
    alert = (await desk.work.alerts.get_many([due.row])).get(due.row)
    if alert is None or alert.version != due.fence or alert.state != state:
        return None
    return alert
