"""An announcement as its author has it: how it goes, what came back, and what can still be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot import policy
from bot.conversation.desk import Desk, reader_of
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Appearance, CardKind, NotAllowedError
from bot.delivery.letters import Document, Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.house.announcements import in_group, polls, wording
from bot.house.announcements.composing import change
from bot.house.announcements.following import Following
from bot.house.announcements.rules import Stage, bar, minutes_left
from bot.house.announcements.sending import Sending
from bot.house.announcements.versions import Versions
from bot.membership import trail
from bot.membership.trail import What
from dialogs.texts import Reader
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.announcements import Announcement
from storage.repositories.recipients import Recipient, RecipientOutcome

CARD: Final = "announced"
REPORT: Final = "announcement_report"
"""The kind of document that tells it line by line."""

_UNHEARD_SHOWN: Final = 30
"""Lines about those who did not get it; more would not fit a message."""

_FAILED: Final[tuple[RecipientOutcome, ...]] = ("blocked", "unreachable", "expired")
_GOING: Final = frozenset({Stage.SENDING, Stage.PAUSED})


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """For its author."""
    announcement = await desk.work.announcements.get(row)
    person = (await desk.people([viewer])).get(viewer)
    if announcement is None or announcement.author_id != viewer or person is None:
        return None
    reader = reader_of(person)
    words = Versions.from_bytes(announcement.letter)
    values: dict[str, Value] = {"begins": wording.beginning(words.first.text)}
    match announcement.state:
        case Stage.PLANNED | Stage.ASKED:
            values["plan"] = a_line_each(await wording.when_words(desk, announcement))
            return Appearance(announcement.state, values)
        case Stage.SENDING | Stage.PAUSED | Stage.DONE | Stage.STOPPED | Stage.TAKEN_BACK:
            return Appearance(announcement.state, values | await _tallied(desk, announcement, reader))
        case _:
            return Appearance("declined", values)


async def _tallied(desk: Desk, announcement: Announcement, reader: Reader) -> dict[str, Value]:
    tally = await desk.work.recipients.tally(announcement.id)
    total, waiting = sum(tally.values()), tally.get("waiting", 0)
    since = announcement.confirmed_at or desk.now
    under_way = await desk.work.recipients.any_under_way(announcement.id)
    minutes = minutes_left(since, desk.now, total - waiting, waiting) if under_way else None
    answers = await desk.work.recipients.answers(announcement.id)
    reactions = await desk.work.recipients.reactions(announcement.id)
    if announcement.asks in polls.ASKS:
        versions = Versions.from_bytes(announcement.letter)
        options = versions.read_in(versions.best(reader.locale)).options
        came = [polls.votes(desk, answers, options, over=announcement.asks == polls.OVER)] if answers else []
    else:
        came = [desk.phrase(f"tally_{each}", number=number) for each, number in sorted(answers.items())]
    if reactions:
        came.append(desk.phrase("tally_reactions", number=reactions))
    asks = announcement.asks not in {"nothing", polls.OVER}
    groups = [
        desk.phrase(in_group.phrase_of(announcement, said), house=(await desk.house(group.house_id)).name)
        for group, said in await in_group.standing(desk.work, announcement)
    ]
    return {
        "groups": a_line_each(groups) if groups else "",
        "sent": tally.get("sent", 0),
        "total": total,
        "bar": bar(total - waiting, total),
        "left": "" if minutes is None else desk.phrase("minutes_left", minutes=minutes),
        "answers": a_line_each(came) if came else "",
        "reasons": "" if announcement.state in _GOING else await _reasons(desk, announcement.id, reader),
        "taken_back": tally.get("taken_back", 0),
        "failed": sum(tally.get(each, 0) for each in _FAILED),
        "unsure": tally.get("unsure", 0),
        "poll": announcement.asks == polls.POLL,
        "unanswered": asks and tally.get("sent", 0) > sum(answers.values()),
    }


async def _reasons(desk: Desk, row: int, reader: Reader) -> str:
    heard = {"sent", "waiting", "taken_back"}
    unheard = [line for line in await desk.work.recipients.of(row) if line.outcome not in heard]
    people = await desk.people(line.person_id for line in unheard)
    lines = [
        desk.render(desk.phrase(reason_of(line), name=people[line.person_id].name), reader)
        for line in unheard[:_UNHEARD_SHOWN]
        if line.person_id in people
    ]
    if len(unheard) > _UNHEARD_SHOWN:
        lines.append("…")
    return "\n".join(lines)


def reason_of(line: Recipient) -> str:
    """The phrase that says why somebody did not get it, or may not have."""
    match line.outcome, line.reason:
        case "blocked", "deactivated":
            return "reason_deactivated"
        case ("blocked", _) | (_, "blocked"):
            return "reason_blocked"
        case _, "deactivated":
            return "reason_deactivated"
        case "withheld", "left" | "restricted" | "stopped_by_author" as why:
            return f"reason_{why}"
        case "withheld", _:
            return "reason_stopped"
        case "unsure", _:
            return "reason_unsure"
        case "expired", _:
            return "reason_expired"
        case _:
            return "reason_failed"


async def house_of(desk: Desk, row: int) -> int | None:
    """The house it was made in."""
    announcement = await desk.work.announcements.get(row)
    return None if announcement is None else announcement.house_id


@dataclass(frozen=True, slots=True)
class Steering:
    """What its author can do while it goes, and afterwards."""

    sending: Sending
    following: Following

    async def pause(self, desk: Desk, row: int) -> None:
        """What nobody has in hand yet waits."""
        announcement = await _own(desk, row, Stage.SENDING)
        await desk.work.recipients.withdraw(row, desk.now)
        await in_group.hold(desk, announcement)
        await change(desk, announcement, state=Stage.PAUSED)

    async def go_on(self, desk: Desk, row: int) -> None:
        """On from where it was."""
        announcement = await _own(desk, row, Stage.PAUSED)
        await change(desk, announcement, state=Stage.SENDING)
        await self.sending.say_in_groups(desk, announcement)
        self.sending.carry_on(desk, announcement, announcement.revision + 1)

    async def stop(self, desk: Desk, row: int) -> None:
        """Whoever has not got it does not get it any more."""
        announcement = await _own(desk, row, Stage.SENDING, Stage.PAUSED)
        await desk.work.recipients.withdraw(row, desk.now)
        await desk.work.recipients.end(row, "withheld", "stopped_by_author", desk.now)
        await in_group.hold(desk, announcement)
        await change(desk, announcement, state=Stage.STOPPED)
        await trail.note(desk, What.ANNOUNCEMENT_STOPPED, house_id=announcement.house_id)
        self.sending.carry_on(desk, announcement, announcement.revision + 1)

    async def send_now(self, desk: Desk, row: int) -> None:
        """It does not wait for its time. One that comes again goes now, and its plan is over."""
        announcement = await _own(desk, row, Stage.PLANNED)
        await change(desk, announcement, planned_for=None, repeats="never")
        found = await desk.work.announcements.get(row)
        if found is not None:
            await self.sending.go(desk, found)

    async def call_off(self, desk: Desk, row: int) -> None:
        """It will not go, and lies among the drafts again."""
        announcement = await _own(desk, row, Stage.PLANNED, Stage.ASKED)
        await change(desk, announcement, state=Stage.DRAFT)

    async def resend_failed(self, desk: Desk, row: int) -> None:
        """Once more to those it did not reach."""
        await self._again(desk, row, _FAILED)

    async def resend_unsure(self, desk: Desk, row: int) -> None:
        """Once more to those who may have it: they may get it twice, and its author knows."""
        await self._again(desk, row, ("unsure",))

    async def _again(self, desk: Desk, row: int, outcomes: Sequence[RecipientOutcome]) -> None:
        announcement = await _own(desk, row, Stage.DONE, Stage.STOPPED)
        await desk.work.recipients.again(row, outcomes)
        await change(
            desk, announcement, state=Stage.SENDING, planned_for=None, confirmed_at=desk.now, finished_at=None
        )
        self.sending.carry_on(desk, announcement, announcement.revision + 1)

    async def remind(self, desk: Desk, row: int) -> None:
        """Once, those who have not answered."""
        await self.following.remind(desk, await _own(desk, row, Stage.DONE, Stage.SENDING))

    async def close(self, desk: Desk, row: int) -> None:
        """Its poll takes no answers any more: everybody it was sent to sees what came of it, without a sound."""
        announcement = await _own(desk, row, Stage.DONE, Stage.STOPPED)
        if announcement.asks == polls.POLL:
            await self.following.close(desk, announcement)

    async def report(self, desk: Desk, row: int) -> None:
        """A file with a line for everybody."""
        await _own(desk, row, Stage.SENDING, Stage.PAUSED, Stage.DONE, Stage.STOPPED, Stage.TAKEN_BACK)
        data = {"announcement": row, "reader": desk.me.id}
        document = Document(kind=REPORT, data=data, filename=f"announcement-{desk.now:%Y-%m-%d}.csv")
        letter = Letter(text=desk.render(desk.phrase("announcement_report")), document=document)
        desk.send(Errand(letter=letter), Kind.REPLY, purpose="announcement")


async def _own(desk: Desk, row: int, *stages: Stage) -> Announcement:
    """The presser's own announcement, if it still stands so. Raises Conflict and NotAllowedError."""
    announcement = await desk.work.announcements.get(row)
    if announcement is None or announcement.author_id != desk.me.id:
        raise NotAllowedError("somebody else's announcement")
    if announcement.state not in stages:
        raise Conflict(f"an announcement that is {announcement.state} can't do that")
    return announcement


def kind(presses: Steering | None = None) -> CardKind:
    """The card; its presses are added once there is something that steers."""
    steering = presses
    return CardKind(
        name=CARD,
        who=policy.ANNOUNCERS,
        house=house_of,
        look=look,
        presses={}
        if steering is None
        else {
            "pause_announcement": steering.pause,
            "go_on_announcing": steering.go_on,
            "stop_announcement": steering.stop,
            "announce_now": steering.send_now,
            "call_off": steering.call_off,
            "resend_failed": steering.resend_failed,
            "resend_unsure": steering.resend_unsure,
            "remind_unanswered": steering.remind,
            "close_poll": steering.close,
            "announcement_report": steering.report,
        },
    )
