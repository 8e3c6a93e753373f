"""Asking people: step by step along the plan, each responder once a step, nobody taken off again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from bot.care.alerts import homes, looks, plans, rules
from bot.care.alerts.grounds import Grounds
from bot.care.alerts.rules import FOLLOW_TIMER, REOPEN_TIMER, STAFF_TIMER, STEP_TIMER, Move, Severity, State
from bot.care.numbers import numbers_of
from bot.conversation import cards
from bot.conversation.desk import Desk, reader_of
from bot.conversation.registry import CardKind, Registry
from bot.delivery.letters import Letter, Media
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.membership.consent import Purpose
from dialogs.values import Text, Value
from storage.problems import Conflict
from storage.repositories.alert_trail import AlertEvent, Ask
from storage.repositories.alerts import Alert, AlertChanges
from storage.repositories.groups import Group
from storage.repositories.people import Person

log = structlog.get_logger(__name__)

ALERT_CARD, MY_CARD, GROUP_CARD = "alert", "my_alert", "group_alert"

_ASKS_EVERY_MENTOR: Final = frozenset({"mentor", "staff", "helpers", "everybody"})
"""The steps from which on a call stands in the mentors' group, too."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What alerts do, with the machine they share and the cards they show."""

    lifecycle: rules.Lifecycle
    registry: Registry

    # opening, climbing

    async def open(
        self, desk: Desk, severity: Severity = Severity.SOS, grounds: Grounds | None = None
    ) -> Alert | None:
        """Opens a call for help for the person at the desk. None if they have one: the second joins the first.

        `grounds` are the words that opened it, if words did.
        """
        if await desk.work.alerts.open_for(desk.me.id):
            return None
        reaches = await homes.mine(desk)
        if severity in rules.AT_ONCE:
            plan = plans.at_once(rules.AT_ONCE[severity], reaches)
        else:
            plan = (await plans.plan_for(desk.work, reaches)).frozen()
        alert = Alert(
            id=desk.ids.new(),
            person_id=desk.me.id,
            house_id=desk.house_id,
            severity=severity,
            state=State.OPEN,
            plan=rules.plan_to_json(plan),
            why=grounds.to_json() if grounds is not None else None,
            source_update=desk.update_id,
            opened_at=desk.now,
        )
        if not await desk.work.alerts.add(alert):
            return None
        await self._note(desk, alert, "opened", desk.me.id)
        await self._ask_step(desk, alert, 0, again=False)
        return alert

    async def worsen(self, desk: Desk, alert: Alert, severity: Severity, grounds: Grounds | None = None) -> None:
        """A call that is open turns out more urgent: whoever that asks, and was not asked yet, is asked now."""
        ranks = list(Severity)
        if ranks.index(severity) <= ranks.index(Severity(alert.severity)):
            return
        if not await desk.work.alerts.move(alert.id, alert.version, severity=severity):
            raise Conflict("somebody else moved the alert first")
        if grounds is not None:
            await desk.work.alerts.set_why(alert.id, alert.person_id, grounds.to_json())
        alert = (await desk.work.alerts.get_many([alert.id]))[alert.id]
        await self._note(desk, alert, "worsened", desk.me.id)
        self._keep_going(desk, alert)
        asked = {ask.person_id for ask in await desk.work.alert_trail.asks_of([alert.id])}
        step = rules.AT_ONCE[severity][0]
        people = await self.responders(desk, alert, step.who)
        fresh = [each for each in people if each.id not in asked]
        await desk.work.alert_trail.ask_many([self._ask(desk, alert, each, alert.step) for each in fresh])
        if alert.taken_by is not None and alert.state != State.OPEN:
            house = await desk.house(alert.house_id)
            name = await looks.name_of(desk, alert.person_id)
            emergency = desk.library.numbers.of(house.country).emergency
            await self.tell(desk, alert, [alert.taken_by], "alert_worse_responder", name=name, emergency=emergency)
        await self._ring(desk, alert, people)
        if alert.taken_by is None:
            await self._stand_in_groups(desk, alert)

    def _keep_going(self, desk: Desk, alert: Alert) -> None:
        """A call whose version rose for another reason than its next step gets that step's timer anew."""
        match State(alert.state):
            case State.OPEN:
                minutes = rules.plan_from_json(alert.plan)[alert.step].minutes
                self._set(desk, STEP_TIMER, alert, timedelta(minutes=minutes))
            case State.TAKEN:
                self.set_follow_up(desk, alert)
            case State.EXHAUSTED:
                self._set(desk, STAFF_TIMER, alert, rules.ASK_STAFF_AGAIN)
            case State.WITH | State.OVER:
                pass

    async def has_next(self, desk: Desk, alert: Alert) -> bool:
        """Whether the plan has another step with somebody to ask."""
        plan = rules.plan_from_json(alert.plan)
        for number in range(alert.step + 1, len(plan)):
            if await self._of_step(desk, alert, plan, number):
                return True
        return False

    async def climb(self, desk: Desk, alert: Alert) -> None:
        """Nobody answered in time, or nobody of this step can: the next step is asked too."""
        await self._ask_step(desk, alert, alert.step + 1, again=False)

    async def ask_again(self, desk: Desk, alert: Alert) -> None:
        """Whoever had it can't after all: everybody asked so far is asked again, and the clock starts anew."""
        asked = {ask.person_id for ask in await desk.work.alert_trail.asks_of([alert.id])} - {alert.person_id}
        people = await self._reachable(desk, sorted(asked - await plans.unwanted(desk, alert.person_id)))
        await self._ring(desk, alert, people)
        await self._stand_in_groups(desk, alert, first=False)
        self._set(desk, STEP_TIMER, alert, timedelta(minutes=rules.plan_from_json(alert.plan)[alert.step].minutes))

    async def ask_staff_again(self, desk: Desk, alert: Alert) -> None:
        """Exhausted: staff are asked again and again until one answers."""
        staff = await self.responders(desk, alert, "staff")
        # Who came to the house, or back to Telegram, only now is among those asked: the card is for them too.
        await desk.work.alert_trail.ask_many([self._ask(desk, alert, each, alert.step) for each in staff])
        await self._ring(desk, alert, staff)
        if not staff:
            log.critical("alert.nobody", alert=alert.id)
        self._set(desk, STAFF_TIMER, alert, rules.ASK_STAFF_AGAIN)

    async def _ask_step(self, desk: Desk, alert: Alert, first: int, *, again: bool) -> None:
        plan = rules.plan_from_json(alert.plan)
        for number in range(first, len(plan)):
            people = await self._of_step(desk, alert, plan, number)
            if not people:
                await self._note(desk, alert, "skipped", None, number)
                continue
            if number > alert.step:
                alert = await self.move(desk, alert, Move.CLIMB, step=number)
            asks = [self._ask(desk, alert, each, number) for each in people]
            new = await desk.work.alert_trail.ask_many(asks)
            await self._note(desk, alert, "asked", None, number)
            await self._ring(desk, alert, [p for p, ask in zip(people, asks, strict=True) if ask.id in new])
            if plan[number].who in _ASKS_EVERY_MENTOR:
                await self._stand_in_groups(desk, alert, again=False)
            self._set(desk, STEP_TIMER, alert, timedelta(minutes=plan[number].minutes))
            if first == 0 and not again:
                await self.show_mine(desk, alert)
            else:
                names = tuple(each.name for each in people)
                await self.tell_person(desk, alert, "alert_more_person", asked=names)
            return
        await self._exhaust(desk, alert)

    async def _exhaust(self, desk: Desk, alert: Alert) -> None:
        alert = await self.move(desk, alert, Move.EXHAUST)
        await self._note(desk, alert, "exhausted")
        log.error("alert.exhausted", alert=alert.id)
        house = await desk.house(alert.house_id)
        await self.tell_person(desk, alert, "alert_exhausted_person", numbers=numbers_of(desk.library, house))
        await self.ask_staff_again(desk, alert)

    # telling

    async def tell_person(self, desk: Desk, alert: Alert, phrase: str, **values: Value) -> None:
        """A new message to whoever asked, for what must be noticed; their own card follows, tidied."""
        person = (await desk.people([alert.person_id])).get(alert.person_id)
        if person is None:
            return
        self._write(desk, person, Kind.CRISIS, alert, Text(desk.library.phrases[phrase], values))
        await cards.refresh(desk, self._card(MY_CARD), alert.id, [alert.person_id])

    async def tell(self, desk: Desk, alert: Alert, people: Sequence[int], phrase: str, **values: Value) -> None:
        """A new message to responders, for what must be noticed; not to who has left, or is not to hear any more."""
        here = await self._hearing(desk, alert, people)
        for person in (await desk.people(here)).values():
            words = Text(desk.library.phrases[phrase], values)
            self._write(desk, person, Kind.ALERT, alert, words, house_id=here[person.id])

    async def tidy(self, desk: Desk, alert: Alert, *, but: int | None = None) -> None:
        """Everybody's card shows how things stand now. Edits don't ring."""
        asked = {ask.person_id for ask in await desk.work.alert_trail.asks_of([alert.id])} - {but}
        await cards.refresh(desk, self._card(ALERT_CARD), alert.id, [each for each in asked if each is not None])
        for group in await self._groups(desk, alert):
            await cards.refresh_there(desk, self._card(GROUP_CARD), alert.id, group)

    async def _stand_in_groups(self, desk: Desk, alert: Alert, *, first: bool = True, again: bool = True) -> None:
        """The mentors' group reads of it, as a new message that rings: for the `first` time, or `again`."""
        for group in await self._groups(desk, alert):
            stands = await desk.work.outbox.latest_in_group(cards.in_group(GROUP_CARD, alert.id, group)) is not None
            if again if stands else first:
                await cards.stand(
                    desk,
                    self._card(GROUP_CARD),
                    alert.id,
                    group,
                    Kind.ALERT,
                    purpose="alert",
                    about=alert.person_id,
                )

    async def tidy_mine(self, desk: Desk, alert: Alert) -> None:
        """The person's own card shows how things stand now."""
        await cards.refresh(desk, self._card(MY_CARD), alert.id, [alert.person_id])

    async def pass_on_words(self, desk: Desk, alert: Alert) -> None:
        """The person added words. Whoever's card is still on its way gets it once more, with them."""
        asked = {ask.person_id for ask in await desk.work.alert_trail.asks_of([alert.id])}
        standing = await cards.refresh(desk, self._card(ALERT_CARD), alert.id, sorted(asked))
        await self.show(desk, alert, sorted(asked - standing))

    async def invite(self, desk: Desk, alert: Alert) -> None:
        """Whoever is at the desk is among those asked from now on (staff who look at the list, say)."""
        await desk.work.alert_trail.ask_many([self._ask(desk, alert, desk.me, alert.step)])

    async def show_mine(self, desk: Desk, alert: Alert) -> None:
        """The person's own card, as a new message."""
        await cards.show(
            desk,
            self._card(MY_CARD),
            alert.id,
            [alert.person_id],
            Kind.CRISIS,
            purpose="alert",
            about=alert.person_id,
        )

    async def show(self, desk: Desk, alert: Alert, people: Sequence[int]) -> None:
        """The responders' card, as a new message that rings, and the voice note that the person sent with it."""
        sent = set(
            await cards.show(
                desk, self._card(ALERT_CARD), alert.id, people, Kind.ALERT, purpose="alert", about=alert.person_id
            )
        )
        letters = {each.recipient_id: each.id for each in desk.outgoing if each.id in sent}
        await desk.work.alert_trail.link(
            alert.id, {person: letter for person, letter in letters.items() if person is not None}
        )
        if alert.voice is not None:
            await self.let_hear(desk, alert, alert.voice, people)

    async def let_hear(self, desk: Desk, alert: Alert, voice: str, people: Sequence[int]) -> None:
        """The person's voice note, to those who are asked, while the person agrees to that."""
        name = await looks.name_of(desk, alert.person_id)
        here = await self._hearing(desk, alert, people)
        for person in (await desk.people(here)).values():
            lead = desk.render(desk.phrase("relay_header", name=name), reader_of(person))
            desk.send_to(
                person,
                Errand(letter=Letter(text=lead, media=(Media(kind="voice", file_id=voice),), protect=True)),
                Kind.ALERT,
                purpose=Purpose.SOS_WORDS,
                about_id=alert.person_id,
                house_id=here[person.id],
                stream=cards.reference(ALERT_CARD, alert.id),
            )

    # the row

    async def move(self, desk: Desk, alert: Alert, move: Move, **changes: object) -> Alert:
        """Moves the alert on. Raises Conflict when somebody else moved it first, or it can't go that way."""
        state = self.lifecycle.after(State(alert.state), move)
        if state is None:
            raise Conflict(f"an alert that is {alert.state} cannot {move}")
        # The names are those of AlertChanges; mypy cannot follow them through **.
        fields: AlertChanges = {"state": state.value, **changes}  # type: ignore[typeddict-item]
        if not await desk.work.alerts.move(alert.id, alert.version, **fields):
            raise Conflict("somebody else moved the alert first")
        moved = (await desk.work.alerts.get_many([alert.id]))[alert.id]
        await self._note(desk, moved, move.value, desk.person.id if desk.person else None)
        return moved

    async def responders(self, desk: Desk, alert: Alert, who: str) -> list[Person]:
        """The people behind a step who can be reached and may be asked by this call."""
        return await plans.behind(desk, who, _asker(alert), desk.now)

    async def take_off(self, desk: Desk, alert: Alert, person_id: int) -> None:
        """Somebody is not to know any more: their cards vanish, and the groups', where nobody is left out by name."""
        ref = cards.reference(ALERT_CARD, alert.id)
        theirs = [each for each in await desk.work.outbox.of_cards([ref]) if each.recipient_id == person_id]
        for person in (await desk.people([person_id])).values():
            _vanish(desk, person, [each.message_id for each in theirs], ref)
        for group in await self._groups(desk, alert):
            ref = cards.in_group(GROUP_CARD, alert.id, group)
            _vanish(desk, group, [each.message_id for each in await desk.work.outbox.of_cards_in_group([ref])], ref)

    async def _hearing(self, desk: Desk, alert: Alert, people: Sequence[int]) -> dict[int, int]:
        """Those who may hear how it goes on, and in which house: not who has left, nor whom the person leaves out."""
        return await homes.shared(desk, alert, set(people) - await plans.unwanted(desk, alert.person_id))

    async def _groups(self, desk: Desk, alert: Alert) -> list[Group]:
        houses = homes.of(alert)
        return [each for house in houses for each in await desk.work.groups.of_house(house, "mentors")]

    async def _of_step(self, desk: Desk, alert: Alert, plan: Sequence[rules.Step], number: int) -> list[Person]:
        """Whom a step asks, in the light of who was asked in its round, and what they answered."""
        asks = [
            ask
            for ask in await desk.work.alert_trail.asks_of([alert.id])
            if plan[ask.step].lap == plan[number].lap and ask.step < number
        ]
        return await plans.of_step(
            desk,
            plan,
            number,
            _asker(alert),
            desk.now,
            asked={ask.person_id for ask in asks},
            declined={ask.person_id for ask in asks if ask.answer == "cant"},
        )

    async def _reachable(self, desk: Desk, ids: Sequence[int]) -> list[Person]:
        people = await desk.people(ids)
        return [people[each] for each in ids if each in people and people[each].reach in {"ok", "unknown"}]

    async def _ring(self, desk: Desk, alert: Alert, people: Sequence[Person]) -> None:
        await self.show(desk, alert, [each.id for each in people])

    def _ask(self, desk: Desk, alert: Alert, person: Person, step: int) -> Ask:
        return Ask(id=desk.ids.new(), alert_id=alert.id, person_id=person.id, step=step, asked_at=desk.now)

    def _set(self, desk: Desk, kind: str, alert: Alert, after: timedelta) -> None:
        desk.timer(kind, alert.id, fence=alert.version, due_at=desk.now + after)

    def set_follow_up(self, desk: Desk, alert: Alert) -> None:
        """No "I'm on it" without follow-through: it is asked about after a while."""
        self._set(desk, FOLLOW_TIMER, alert, rules.FOLLOW_THROUGH)

    def set_reopening(self, desk: Desk, alert: Alert) -> None:
        """The question about it was asked; without an answer the alert opens again."""
        self._set(desk, REOPEN_TIMER, alert, rules.REOPEN)

    def _write(
        self, desk: Desk, person: Person, kind: Kind, alert: Alert, words: Text, *, house_id: int | None = None
    ) -> None:
        desk.send_to(
            person,
            Errand(letter=Letter(text=desk.render(words, reader_of(person)))),
            kind,
            purpose="alert",
            about_id=alert.person_id,
            house_id=house_id or alert.house_id,
            stream=cards.reference(ALERT_CARD, alert.id),
        )

    async def _note(
        self, desk: Desk, alert: Alert, kind: str, person_id: int | None = None, step: int | None = None
    ) -> None:
        detail = "{}" if step is None else f'{{"step": {step}}}'
        event = AlertEvent(
            id=desk.ids.new(), alert_id=alert.id, at=desk.now, kind=kind, person_id=person_id, detail=detail
        )
        await desk.work.alert_trail.note_many([event])

    def _card(self, name: str) -> CardKind:
        return self.registry.cards[name]


def _vanish(desk: Desk, where: Person | Group, messages: Sequence[int | None], ref: str) -> None:
    """Messages that stand somewhere go, as far as Telegram lets a bot do that (two days)."""
    stood = tuple(sorted(each for each in messages if each is not None))
    errand = Errand(letter=Letter(text="-"), takes_back=stood)
    if stood and isinstance(where, Group):
        desk.send_there(where, errand, Kind.EDIT, purpose="card", stream=f"{ref}:off")
    elif stood and isinstance(where, Person):
        desk.send_to(where, errand, Kind.EDIT, purpose="card", stream=f"{ref}:off")


def _asker(alert: Alert) -> plans.Asker:
    return plans.Asker(person_id=alert.person_id, houses=homes.of(alert))
