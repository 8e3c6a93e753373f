"""What dialogs may ask about calls for help, and cause; and where the cards and timers are registered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot import policy
from bot.care.alerts import after, homes, looks, plans, reach, relay, wishes
from bot.care.alerts.asking import ALERT_CARD, MY_CARD, Asking
from bot.care.alerts.goodbye import Goodbye
from bot.care.alerts.grounds import false_alarms, grounds_in
from bot.care.alerts.in_group import InGroup
from bot.care.alerts.presses import Presses
from bot.care.alerts.rules import (
    AT_ONCE,
    FOLLOW_TIMER,
    REOPEN_TIMER,
    SEVERITY_OF,
    STAFF_TIMER,
    STEP_TIMER,
    Lifecycle,
    Severity,
    State,
)
from bot.conversation.arguments import message
from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import CardKind, NotAllowedError, Registry
from bot.delivery.items import Settled
from bot.ids import Ids
from bot.membership import trail, who_saw
from bot.membership.trail import What
from dialogs.values import Option, Text, Value
from storage.repositories.alerts import Alert
from storage.repositories.people import Person
from storage.unit_of_work import UnitOfWork

AUDIT: Final = "alert_audit"
"""Not a timer in the table: how the auditor brings an alert that was found adrift to the door."""

AUDIT_FAILED: Final = "audit_failed"
"""Likewise: that something stands still, for the staff of a house."""

_RECENT: Final = timedelta(days=14)
_COUNTED: Final = timedelta(days=90)  # as long as calls are kept


@dataclass(frozen=True, slots=True)
class _Subject:
    asking: Asking
    presses: Presses

    # facts

    async def sos_open(self, desk: Desk) -> Value:
        return bool(desk.person and await desk.work.alerts.open_for(desk.me.id))

    async def sos_over(self, desk: Desk) -> Value:
        return not await self.sos_open(desk)

    async def sos_asked(self, desk: Desk) -> Value:
        """Those asked by the open call, or those who would be asked first by a new one."""
        for alert in await desk.work.alerts.open_for(desk.me.id):
            asks = await desk.work.alert_trail.asks_of([alert.id])
            people = await desk.people({ask.person_id for ask in asks})
            return tuple(sorted(each.name for each in people.values()))
        return tuple(each.name for each in await self._foreseen(desk, await _my_call(desk), 0))

    async def sos_nobody(self, desk: Desk) -> Value:
        return not await self.sos_asked(desk)

    async def open_alerts(self, desk: Desk) -> Value:
        options = []
        house = await desk.house()
        for alert in await self._open(desk):
            await who_saw.note(desk, alert.person_id, "call", "list")
            responder = await looks.name_of(desk, alert.taken_by)
            free = alert.state in {State.OPEN, State.EXHAUSTED}
            state = desk.phrase("alert_state_open") if free else desk.phrase("alert_state_taken", responder=responder)
            values: dict[str, Value] = {
                "name": await looks.name_of(desk, alert.person_id),
                "since": alert.opened_at.astimezone(ZoneInfo(house.zone)).time(),
                "state": state,
            }
            options.append(Option(str(alert.id), Text(desk.library.phrases["alert_line"], values)))
        return tuple(options)

    async def any_open_alerts(self, desk: Desk) -> Value:
        return bool(await self._open(desk))

    async def false_alarms(self, desk: Desk) -> Value:
        """How often words opened a call that was none, and which rules did: no names, no words."""
        calls, wrong = false_alarms(await desk.work.alerts.of_house(desk.house_id, desk.now - _COUNTED))
        if not calls:
            return None
        rules = [desk.phrase("false_alarms_rule", rule=rule, count=count) for rule, count in wrong.items()]
        return a_line_each([desk.phrase("false_alarms_count", calls=calls, false=sum(wrong.values())), *rules])

    async def on_call(self, desk: Desk) -> Value:
        return tuple(each.name for each in await self._foreseen(desk, _a_call_here(desk), 0))

    async def on_call_next(self, desk: Desk) -> Value:
        return tuple(each.name for each in await self._foreseen(desk, _a_call_here(desk), 1))

    async def on_call_network(self, desk: Desk) -> Value:
        """Those whom the network's step would ask, where others are asked first and next."""
        steps = [each for each in await plans.foreseen(desk, _a_call_here(desk), desk.now) if each[1]]
        return tuple(each.name for step, people in steps[2:] if step.who == plans.Who.NETWORK for each in people)

    # actions

    async def raise_sos(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        del arguments
        if await self.asking.open(desk) is None:
            for alert in await desk.work.alerts.open_for(desk.me.id):
                await self.asking.show_mine(desk, alert)

    async def raise_crisis(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        severity, grounds = _severity_of(arguments["kind"]), grounds_in(arguments)
        if await self.asking.open(desk, severity, grounds) is None:
            for alert in await desk.work.alerts.open_for(desk.me.id):
                await self.asking.worsen(desk, alert, severity, grounds)
                await self.asking.show_mine(desk, alert)

    async def worsen_call(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        for alert in await desk.work.alerts.open_for(desk.me.id):
            await self.asking.worsen(desk, alert, _severity_of(arguments["kind"]), grounds_in(arguments))

    async def crisis_asked(self, desk: Desk) -> Value:
        """Those whom the danger in `kind` asks at once; told before it is done, as a turn is decided first."""
        step = AT_ONCE[_severity_of(desk.answers.get("kind"))][0]
        people = await plans.behind(desk, step.who, await _my_call(desk), desk.now)
        return tuple(sorted(each.name for each in people))

    async def crisis_nobody(self, desk: Desk) -> Value:
        return not await self.crisis_asked(desk)

    async def naloxone_place(self, desk: Desk) -> Value:
        return looks.naloxone_of(desk, await desk.house())

    async def add_sos_words(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        """Kept with the call, and shown to those asked if the person agreed to that: a line, or a voice note."""
        said = message(arguments, "words")
        voice = next((file.id for file in said.files if file.kind == "voice"), None)
        for alert in await desk.work.alerts.open_for(desk.me.id):
            if said.text:
                await desk.work.alerts.set_line(alert.id, desk.me.id, said.text)
                await self.asking.pass_on_words(desk, alert)
            if voice is not None:
                await desk.work.alerts.set_voice(alert.id, desk.me.id, voice)
                asked = {ask.person_id for ask in await desk.work.alert_trail.asks_of([alert.id])} - {desk.me.id}
                await self.asking.let_hear(desk, alert, voice, sorted(asked))

    async def never_ask(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        """Somebody is never asked, and is not told so; a call that is open is none of theirs any more."""
        wish = await wishes.set_wish(desk, arguments, "never", "agreed")
        await self.presses.leave_out(desk, wish.other_id)

    async def show_alert(self, desk: Desk, arguments: Mapping[str, Value]) -> None:
        row = int(str(arguments["alert"]))
        alert = (await desk.work.alerts.get_many([row])).get(row)
        if alert is None or desk.house_id not in homes.of(alert):
            raise NotAllowedError("another house's alert")
        if desk.me.id in await plans.unwanted(desk, alert.person_id):
            raise NotAllowedError("somebody whom the person does not want asked")
        await self.asking.invite(desk, alert)
        await self.asking.show(desk, alert, [desk.me.id])
        await trail.note(desk, What.CALL_SHOWN, house_id=desk.house_id, about=alert.person_id)

    async def _open(self, desk: Desk) -> list[Alert]:
        recent = await desk.work.alerts.of_house(desk.house_id, desk.now - _RECENT)
        others = [alert for alert in recent if alert.ended_at is None and alert.person_id != desk.me.id]
        return [alert for alert in others if desk.me.id not in await plans.unwanted(desk, alert.person_id)]

    async def _foreseen(self, desk: Desk, asker: plans.Asker, which: int) -> list[Person]:
        """Those such a call would ask now: first (0), next (1), … among the steps that ask anybody."""
        steps = [people for _, people in await plans.foreseen(desk, asker, desk.now) if people]
        return steps[which] if which < len(steps) else []


async def _my_call(desk: Desk) -> plans.Asker:
    return plans.Asker(person_id=desk.me.id, houses=await homes.mine(desk))


def _a_call_here(desk: Desk) -> plans.Asker:
    return plans.Asker(person_id=0, houses=(desk.house_id,))


def _severity_of(kind: object) -> Severity:
    return SEVERITY_OF.get(str(kind), Severity.CRISIS)


async def settle(ids: Ids, work: UnitOfWork, ended: Sequence[Settled], now: datetime) -> None:
    """What letters of calls came to, for those who wait for it."""
    await reach.settle(work, ended, now, ids)
    await relay.settle(work, ended, now, ids)


def register(registry: Registry) -> None:
    """Adds everything about calls for help."""
    after.register(registry)
    asking = Asking(Lifecycle(), registry)
    presses = Presses(asking)
    subject = _Subject(asking, presses)
    for name, fact in (
        ("sos_open", subject.sos_open),
        ("sos_over", subject.sos_over),
        ("sos_asked", subject.sos_asked),
        ("sos_nobody", subject.sos_nobody),
    ):
        registry.fact(name, policy.MEMBERS, fact)
    for name, fact in (
        ("open_alerts", subject.open_alerts),
        ("any_open_alerts", subject.any_open_alerts),
        ("on_call", subject.on_call),
        ("on_call_next", subject.on_call_next),
        ("on_call_network", subject.on_call_network),
    ):
        registry.fact(name, policy.RESPONDERS, fact)
    registry.fact("false_alarms", policy.STAFF, subject.false_alarms)
    registry.action("raise_sos", policy.MEMBERS, subject.raise_sos)
    registry.fact("crisis_asked", policy.MEMBERS, subject.crisis_asked)
    registry.fact("crisis_nobody", policy.MEMBERS, subject.crisis_nobody)
    registry.fact("naloxone_place", policy.MEMBERS, subject.naloxone_place)
    registry.action("raise_crisis", policy.MEMBERS, subject.raise_crisis)
    registry.action("worsen_call", policy.MEMBERS, subject.worsen_call)
    registry.action("add_sos_words", policy.MEMBERS, subject.add_sos_words)
    registry.action("never_ask", policy.PARTICIPANTS, subject.never_ask)
    registry.action("show_alert", policy.RESPONDERS, subject.show_alert)
    registry.card(
        CardKind(
            name=ALERT_CARD,
            who=policy.MEMBERS,  # in a medical call everybody in the house is asked; `look` knows who was
            house=looks.house_of,
            also=looks.houses_of,
            look=looks.to_responder,
            presses={
                "take_alert": presses.take,
                "decline_alert": presses.decline,
                "arrive": presses.arrive,
                "hand_back": presses.hand_back,
                "close_alert": presses.close,
                "ask_next": presses.ask_next,
                "close_false_alarm": presses.close_false_alarm,
            },
        )
    )
    registry.card(
        CardKind(
            name=MY_CARD,
            who=policy.EVERYONE,  # whoever asked can say that they are all right, wherever they live by now
            house=looks.house_of,
            also=looks.houses_of,
            look=looks.to_person,
            presses={"end_alert": presses.ok, "worse": presses.worse},
        )
    )
    registry.card(InGroup(asking, presses).kind())
    registry.when_left(presses.left)
    registry.when_gone(Goodbye(presses).gone)
    registry.timer(STEP_TIMER, presses.step_due)
    registry.timer(FOLLOW_TIMER, presses.follow_due)
    registry.timer(REOPEN_TIMER, presses.reopen_due)
    registry.timer(STAFF_TIMER, presses.staff_due)
    registry.timer(reach.TIMER, presses.reached)
    registry.timer(AUDIT, presses.found_adrift)
    registry.timer(AUDIT_FAILED, presses.audit_failed)
