"""Messages that come at a person's own times: planned as rows, asked through the door, recorded either way."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.conversation.desk import Desk
from bot.conversation.inbound import Inbound, PromptDue
from bot.delivery.items import Settled
from bot.delivery.outgoing import Outgoing
from bot.delivery.promises import Kind, State
from bot.ids import Ids
from bot.schedule.times import next_moment
from storage.repositories.prompts import Prompt, PromptOutcome
from storage.repositories.timers import Timer
from storage.unit_of_work import UnitOfWork

TIMER = "prompt"
HELPS_FOR = timedelta(hours=2)
"""After so long a prompt would only confuse: it is recorded as not asked, and not sent."""

_BATCH = 500


async def plan(work: UnitOfWork, ids: Ids, now: datetime) -> int:
    """Fires the schedules that are due: a row and a timer for each, and the next time set. Returns how many.

    What is too old to help (an outage) is recorded as not asked at once, and worries nobody.
    """
    due = await work.schedules.due(now, _BATCH)
    people = await work.people.get_many(schedule.person_id for schedule in due)
    prompts: list[Prompt] = []
    timers: list[Timer] = []
    for schedule in due:
        person = people.get(schedule.person_id)
        zone = person.zone if person is not None else "UTC"
        following = next_moment(schedule.local_minutes, zone, now, schedule.days, weeks=schedule.weeks)
        if not await work.schedules.reschedule(schedule.id, following, schedule.next_at):
            continue
        give_up_at = schedule.next_at + HELPS_FOR
        late = now >= give_up_at
        prompt = Prompt(
            id=ids.new(),
            person_id=schedule.person_id,
            kind=schedule.kind,
            planned_at=schedule.next_at,
            outcome="not_asked" if late else "waiting",
            settled_at=now if late else None,
        )
        prompts.append(prompt)
        if not late:
            payload = PromptDue(prompt=prompt.id, dialog=schedule.kind, give_up_at=give_up_at)
            timers.append(_timer(ids, schedule.person_id, payload, now, now))
    await work.prompts.add_many(prompts)
    await work.timers.add_many(timers)
    return len(due)


def inbound_of(timer: Timer) -> Inbound:
    """The timer as it comes to the door."""
    read = json.loads(timer.payload)
    due = PromptDue(
        prompt=int(read["prompt"]), dialog=str(read["dialog"]), give_up_at=datetime.fromisoformat(read["give_up_at"])
    )
    return Inbound(given=due, person_id=timer.subject_id, timer_id=timer.id)


def put_off(desk: Desk, due: PromptDue, until: datetime) -> None:
    """The prompt comes again then."""
    desk.timers.append(_timer(desk.ids, desk.me.id, due, until, desk.now))


async def asked(desk: Desk, due: PromptDue, question: Outgoing | None) -> None:
    """The question is on its way; what becomes of its letter becomes of the prompt."""
    if question is None:
        await desk.work.prompts.settle(due.prompt, "skipped", desk.now)
    else:
        await desk.work.prompts.link(due.prompt, question.id)


async def ask_again(desk: Desk, dialog: str, at: datetime, person_id: int | None = None) -> int:
    """The person at the desk (or another) is asked then: a firing of its own, beside recurring times. Its id."""
    who = desk.me.id if person_id is None else person_id
    prompt = Prompt(id=desk.ids.new(), person_id=who, kind=dialog, planned_at=at)
    await desk.work.prompts.add_many([prompt])
    due = PromptDue(prompt=prompt.id, dialog=dialog, give_up_at=at + HELPS_FOR)
    desk.timers.append(_timer(desk.ids, who, due, at, desk.now))
    return prompt.id


async def settle_open(desk: Desk, dialog: str, outcome: PromptOutcome, since: datetime) -> None:
    """What became of every firing of a dialog planned since a moment that was asked, or still waits to be.

    When nothing else waits for the person, timers of what waited no longer have anything to ask.
    """
    firings = await desk.work.prompts.of(desk.me.id, since)
    for firing in firings:
        if firing.kind == dialog:
            await desk.work.prompts.settle(firing.id, outcome, desk.now, was=("waiting", "asked"))
    if not any(firing.outcome == "waiting" and firing.kind != dialog for firing in firings):
        await desk.work.timers.cancel(desk.me.id, TIMER)


async def settle(work: UnitOfWork, ended: Sequence[Settled], now: datetime) -> None:
    """What became of a prompt's letter. One that may not have arrived was not asked, and worries nobody."""
    outcomes: dict[int, PromptOutcome] = {
        each.id: "asked" if each.state is State.SENT else "not_asked" for each in ended if each.kind is Kind.PROMPT
    }
    if outcomes:
        await work.prompts.settle_by_outbox(outcomes, now)


def _timer(ids: Ids, person_id: int, due: PromptDue, at: datetime, now: datetime) -> Timer:
    payload = {"prompt": due.prompt, "dialog": due.dialog, "give_up_at": due.give_up_at.isoformat()}
    return Timer(
        id=ids.new(),
        kind=TIMER,
        subject_id=person_id,
        fence=0,
        due_at=at,
        created_at=now,
        payload=json.dumps(payload),
    )
