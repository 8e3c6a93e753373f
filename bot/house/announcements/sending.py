"""An announcement on its way: its lines are written, then letters piece by piece, and its author sees how it goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.conversation import cards
from bot.conversation.desk import IDLE_AFTER, Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.conversation.registry import CardKind
from bot.delivery.items import Settled
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind, State
from bot.house.announcements import in_group, reader_card, wording
from bot.house.announcements.audience import reached_by
from bot.house.announcements.composing import aim_of, change
from bot.house.announcements.rules import Stage, at_house, awake, next_occurrence, occurrences
from bot.house.announcements.versions import Versions
from bot.membership import trail
from bot.membership.trail import What
from storage.repositories.announcements import Announcement
from storage.repositories.people import Person
from storage.repositories.recipients import Arrival, Recipient, RecipientOutcome
from storage.unit_of_work import UnitOfWork

WRITE_TIMER, STATUS_TIMER, PLAN_TIMER = "announcement_write", "announcement_status", "announcement_plan"
TAKING_BACK: Final = "taking_back"
"""The purpose of a letter that takes an announcement's message back."""

_PIECE: Final = 500
"""Letters written in one transaction."""

_STATUS_EVERY: Final = timedelta(seconds=2)
_LOOK_AGAIN: Final = timedelta(minutes=1)
"""How long a line waits whose reader is in the middle of a skill."""

_OURS: Final = frozenset({Kind.ANNOUNCEMENT, Kind.AMENDMENT})
_OUTCOMES: Final[Mapping[State, RecipientOutcome]] = {
    State.SENT: "sent",
    State.UNSURE: "unsure",
    State.EXPIRED: "expired",
    State.WITHHELD: "withheld",
    State.REFUSED: "unreachable",
    State.FAILED: "unreachable",
    State.SUPERSEDED: "expired",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one letter goes: through which house, until when; what it overwrites; whether it only brings the files."""

    house_id: int | None
    expires_at: datetime
    edits: int | None = None
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Sending:
    """`author_card` shows its author how it goes."""

    author_card: CardKind

    # on its way

    async def set_off(self, desk: Desk, announcement: Announcement) -> None:
        """It goes at once, or when its time comes; its author has its card."""
        if announcement.planned_for is None:
            await self.go(desk, announcement)
            return
        await self.plan(desk, announcement)
        await trail.note(desk, What.ANNOUNCEMENT_PLANNED, house_id=announcement.house_id)
        await self.show(desk, announcement)

    async def plan(self, desk: Desk, announcement: Announcement) -> None:
        """It goes when its time comes, for the first of its houses; or never, if no time is left."""
        following = await self._next(desk, announcement)
        if following is None:
            await change(desk, announcement, state=Stage.DONE, finished_at=desk.now)
            return
        await change(desk, announcement, state=Stage.PLANNED)
        desk.timer(PLAN_TIMER, announcement.id, fence=announcement.revision + 1, due_at=following)

    async def plan_due(self, desk: Desk, due: RowDue) -> None:
        """Its time has come. One that comes again keeps its plan, and each firing is a record of its own."""
        announcement = await desk.work.announcements.get(due.row)
        if announcement is None or announcement.state != Stage.PLANNED or announcement.revision != due.fence:
            return
        if announcement.repeats == "never":
            await self.go(desk, announcement)
            return
        zone = (await desk.house(announcement.house_id)).zone
        firing = replace(
            announcement,
            id=desk.ids.new(),
            planned_for=_latest(announcement, zone, desk.now),
            repeats="never",
            revision=0,
            created_at=desk.now,
        )
        await desk.work.announcements.add(firing)
        await self.go(desk, firing)
        await self.plan(desk, announcement)

    async def go(self, desk: Desk, announcement: Announcement) -> None:
        """A line for everybody it is for, each with the moment its time comes at their house; then the letters."""
        aim = aim_of(announcement)
        reached = await reached_by(desk, aim, announcement.author_id)
        moments = {house_id: await self._moment(desk, announcement, house_id) for house_id in aim.houses}
        out = {each.id: reason for reason, group in reached.left_out.items() for each in group}
        lines = [_line(desk, announcement, person_id, out.get(person_id)) for person_id in reached.people]
        lines = [
            replace(line, house_id=house_id, not_before=moments[house_id] if moments[house_id] > desk.now else None)
            for line in lines
            for house_id in (reached.house_of[line.person_id],)
        ]
        await desk.work.recipients.add_many(lines)
        await change(desk, announcement, state=Stage.SENDING, confirmed_at=desk.now)
        for house_id in aim.houses:
            await trail.record(
                desk.work,
                desk.ids,
                desk.now,
                What.ANNOUNCED_URGENTLY if announcement.urgent else What.ANNOUNCED,
                house_id=house_id,
                actor=announcement.author_id,
            )
        await in_group.say(desk, announcement, moments)
        await self.show(desk, announcement)
        self.carry_on(desk, announcement, announcement.revision + 1)

    async def say_in_groups(self, desk: Desk, announcement: Announcement) -> None:
        """Into the group chats where it was held back."""
        houses = aim_of(announcement).houses
        await in_group.say(
            desk, announcement, {each: await self._moment(desk, announcement, each) for each in houses}
        )

    def carry_on(self, desk: Desk, announcement: Announcement, revision: int) -> None:
        """Letters are written, and the author's card kept up to date, as long as nothing changes."""
        desk.timer(WRITE_TIMER, announcement.id, fence=revision, due_at=desk.now)
        desk.timer(STATUS_TIMER, announcement.id, fence=revision, due_at=desk.now + _STATUS_EVERY)

    async def write_due(self, desk: Desk, due: RowDue) -> None:
        """Writes the next letters; comes back while there are more, or when the next one's time comes."""
        announcement = await desk.work.announcements.get(due.row)
        if announcement is None or announcement.state != Stage.SENDING or announcement.revision != due.fence:
            return
        lines = await desk.work.recipients.unsent(announcement.id, desk.now, _PIECE)
        busy = set() if announcement.urgent else await _in_a_skill(desk, lines)
        await desk.work.recipients.put_off(
            (each.id for each in lines if each.person_id in busy), desk.now + _LOOK_AGAIN
        )
        now = [each for each in lines if each.person_id not in busy]
        await desk.work.recipients.hand_over(await self._write(desk, announcement, now))
        following = desk.now if len(lines) == _PIECE else await desk.work.recipients.next_moment(announcement.id)
        if following is not None:
            desk.timer(WRITE_TIMER, announcement.id, fence=due.fence, due_at=max(following, desk.now))

    async def _write(self, desk: Desk, announcement: Announcement, lines: Sequence[Recipient]) -> dict[int, int]:
        people = await desk.people(line.person_id for line in lines)
        versions = Versions.from_bytes(announcement.letter)
        made: dict[str, Letter] = {}
        ends: dict[int | None, datetime] = {}
        letters: dict[int, int] = {}
        for line in lines:
            person = people.get(line.person_id)
            if person is None:
                continue
            if person.locale not in made:
                made[person.locale] = await reader_card.letter(desk, announcement, versions, reader_of(person))
            if line.house_id not in ends:
                base = await self._moment(desk, announcement, line.house_id or announcement.house_id)
                ends[line.house_id] = base + timedelta(minutes=announcement.lasts_minutes)
            how = Delivery(line.house_id, ends[line.house_id])
            letters[line.id] = self.send(desk, person, announcement, made[person.locale], how)
            files = wording.files_of(versions.read_in(versions.best(person.locale)))
            if files is not None:
                self.send(desk, person, announcement, files, replace(how, shown=True))
        return letters

    def send(self, desk: Desk, person: Person, announcement: Announcement, letter: Letter, how: Delivery) -> int:
        """Leaves it in the outbox; the letter's id."""
        ref = cards.reference(reader_card.CARD, announcement.id)
        return desk.send_to(
            person,
            Errand(letter=letter, edits=how.edits),
            Kind.ANNOUNCEMENT if how.edits is None else Kind.AMENDMENT,
            purpose="announcement",
            house_id=how.house_id,
            stream="announcements",
            card=cards.shown_with(reader_card.CARD, announcement.id) if how.shown else ref,
            expires_at=how.expires_at,
        ).id

    # how it goes

    async def status_due(self, desk: Desk, due: RowDue) -> None:
        """Brings the author's card up to date; comes back until everybody has an outcome."""
        announcement = await desk.work.announcements.get(due.row)
        if announcement is None or announcement.revision != due.fence:
            return
        on_its_way = announcement.state in {Stage.SENDING, Stage.STOPPED} and announcement.finished_at is None
        revision = due.fence
        if on_its_way:
            tally = await desk.work.recipients.tally(announcement.id)
            if tally.get("waiting", 0) or await in_group.under_way(desk, announcement):
                await self._look_again(desk, announcement)
            else:
                done = Stage.DONE if announcement.state == Stage.SENDING else Stage.STOPPED
                await change(desk, announcement, state=done, finished_at=desk.now)
                revision += 1
        follows = await desk.work.recipients.any_to_follow(announcement.id)
        if follows or await desk.work.recipients.any_being_taken_back(announcement.id):
            desk.timer(STATUS_TIMER, announcement.id, fence=revision, due_at=desk.now + _STATUS_EVERY)
        await self.refresh(desk, announcement)

    async def _look_again(self, desk: Desk, announcement: Announcement) -> None:
        """Soon while letters are on their way; when the next one's time comes, if all that is left waits for that."""
        following = desk.now + _STATUS_EVERY
        if not await desk.work.recipients.any_under_way(announcement.id):
            following = max(following, await desk.work.recipients.next_moment(announcement.id) or following)
        desk.timer(STATUS_TIMER, announcement.id, fence=announcement.revision, due_at=following)

    async def changed(self, desk: Desk, announcement: Announcement) -> None:
        """Something came back: the author's card shows it soon, once for all that comes until then."""
        await desk.work.timers.cancel(announcement.id, STATUS_TIMER)
        desk.timer(STATUS_TIMER, announcement.id, fence=announcement.revision, due_at=desk.now + _STATUS_EVERY)

    async def show(self, desk: Desk, announcement: Announcement) -> None:
        """The author's card, as a new message; an older one shows how things stand, too."""
        await self.refresh(desk, announcement)
        await cards.show(
            desk,
            self.author_card,
            announcement.id,
            [announcement.author_id],
            Kind.REPLY,
            purpose="announcement",
            about=None,
        )

    async def refresh(self, desk: Desk, announcement: Announcement) -> None:
        """The author's card, where it stands."""
        await cards.refresh(desk, self.author_card, announcement.id, [announcement.author_id])

    # times

    async def _moment(self, desk: Desk, announcement: Announcement, house_id: int) -> datetime:
        """When its time comes at a house: then, or when the house wakes up, unless it is urgent."""
        zone = (await desk.house(house_id)).zone
        since = announcement.confirmed_at or desk.now
        moment = since if announcement.planned_for is None else at_house(announcement.planned_for, zone)
        if announcement.urgent:
            return moment
        rules = await desk.work.announcements.rules_of(house_id)
        return awake(moment, zone, rules.quiet_from, rules.quiet_until)

    async def _next(self, desk: Desk, announcement: Announcement) -> datetime | None:
        """When the first of its houses comes to the next of its times."""
        planned, repeats = announcement.planned_for, announcement.repeats
        found = [
            next_occurrence(planned, repeats, (await desk.house(each)).zone, desk.now)  # type: ignore[arg-type]
            for each in aim_of(announcement).houses
            if planned is not None
        ]
        moments = [each[1] for each in found if each is not None]
        return min(moments) if moments else None


async def settle(work: UnitOfWork, ended: Iterable[Settled], now: datetime) -> None:
    """What became of letters becomes of their lines."""
    ours = [each for each in ended if each.kind in _OURS]
    if not ours:
        return
    arrivals = [Arrival(outbox_id=each.id, outcome=_outcome(each), reason=each.reason) for each in ours]
    await work.recipients.settle_by_outbox(arrivals, now)
    taken_back = [each.id for each in ours if each.purpose == TAKING_BACK and each.state is State.SENT]
    if taken_back:
        await work.recipients.taken_back(taken_back, now)


def _outcome(ended: Settled) -> RecipientOutcome:
    if ended.state is State.REFUSED and ended.reason == "blocked":
        return "blocked"
    return _OUTCOMES[ended.state]


def _line(desk: Desk, announcement: Announcement, person_id: int, left_out: str | None) -> Recipient:
    outcome: RecipientOutcome = "waiting"
    if left_out is not None:
        outcome = "blocked" if left_out in {"blocked", "deactivated"} else "withheld"
    return Recipient(
        id=desk.ids.new(),
        announcement_id=announcement.id,
        person_id=person_id,
        outcome=outcome,
        reason=left_out,
        settled_at=None if left_out is None else desk.now,
    )


async def _in_a_skill(desk: Desk, lines: Sequence[Recipient]) -> set[int]:
    """Those who are in the middle of a skill right now: it would break what they are doing for themselves."""
    found = set()
    for person_id, stored in (await desk.work.progress.load([each.person_id for each in lines])).items():
        script = desk.library.scripts.get(stored.dialog) if stored.dialog else None
        fresh = desk.now - stored.touched_at < IDLE_AFTER
        if script is not None and script.dialog.skill and fresh:
            found.add(person_id)
    return found


def _latest(announcement: Announcement, zone: str, now: datetime) -> str:
    """The last local time of a plan that has come by now."""
    planned = announcement.planned_for
    assert planned is not None  # noqa: S101 - what comes again has a time
    latest = planned
    for local in occurrences(planned, announcement.repeats):  # type: ignore[arg-type]  # only these are kept
        if at_house(local, zone) > now:
            break
        latest = local
    return latest
