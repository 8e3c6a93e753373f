"""What follows where an announcement was said: a correction, taking it back, one reminder. Done piece by piece."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.conversation import cards
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.house.announcements import in_group, polls, reader_card
from bot.house.announcements.composing import change
from bot.house.announcements.rules import Stage
from bot.house.announcements.sending import TAKING_BACK, Delivery, Sending
from bot.house.announcements.versions import Versions
from bot.membership import trail
from bot.membership.trail import What
from dialogs.texts import Reader
from dialogs.values import Text
from storage.repositories.announcements import Announcement
from storage.repositories.people import Person
from storage.repositories.recipients import Recipient

FOLLOW_TIMER: Final = "announcement_follow"
CORRECT, CORRECT_ALOUD, TAKE_BACK, REMIND = "correct", "correct_aloud", "take_back", "remind"
_PIECE: Final = 300
_SOON: Final = timedelta(seconds=2)
_HELPS_FOR: Final = timedelta(hours=6)
"""A correction, or a reminder, that comes later than this only confuses."""

_SAID: Final = ("sent", "unsure", "waiting")


@dataclass(frozen=True, slots=True)
class Following:
    """Works off what lines are marked with."""

    sending: Sending

    async def correct(self, desk: Desk, announcement: Announcement, locale: str, words: str, *, aloud: bool) -> None:
        """New words for one of its languages, wherever it was said and where it still will be."""
        versions = Versions.from_bytes(announcement.letter)
        message = replace(versions.messages[locale], text=words, marks=())
        letter = versions.with_version(locale, message).to_bytes()
        await desk.work.recipients.withdraw(announcement.id, desk.now)
        await in_group.hold(desk, announcement)
        await change(desk, announcement, letter=letter)
        corrected = replace(announcement, letter=letter)
        await in_group.correct(desk, corrected, aloud=aloud)
        if announcement.state == Stage.SENDING:
            await self.sending.say_in_groups(desk, corrected)
        await desk.work.recipients.follow(announcement.id, CORRECT_ALOUD if aloud else CORRECT, _SAID)
        await trail.note(desk, What.ANNOUNCEMENT_CORRECTED, house_id=announcement.house_id)
        self._begin(desk, announcement)

    async def take_back(self, desk: Desk, announcement: Announcement) -> None:
        """Gone wherever Telegram still lets it go; not said any more where it was not said yet."""
        await desk.work.recipients.withdraw(announcement.id, desk.now)
        await desk.work.recipients.end(announcement.id, "withheld", "stopped_by_author", desk.now)
        await change(desk, announcement, state=Stage.TAKEN_BACK, finished_at=desk.now)
        await desk.work.recipients.follow(announcement.id, TAKE_BACK, _SAID)
        await trail.note(desk, What.ANNOUNCEMENT_TAKEN_BACK, house_id=announcement.house_id)
        self._begin(desk, announcement)

    async def remind(self, desk: Desk, announcement: Announcement) -> None:
        """Once, those who got it and have not answered."""
        await desk.work.recipients.remind(announcement.id)
        await change(desk, announcement, state=announcement.state)
        self._begin(desk, announcement)

    async def close(self, desk: Desk, announcement: Announcement) -> None:
        """No answers any more to what it asks: where it was said, it shows what came of it."""
        await change(desk, announcement, asks=polls.OVER)
        await desk.work.recipients.follow(announcement.id, CORRECT, _SAID)
        self._begin(desk, announcement)

    def _begin(self, desk: Desk, announcement: Announcement) -> None:
        revision = announcement.revision + 1
        desk.timer(FOLLOW_TIMER, announcement.id, fence=revision, due_at=desk.now)
        self.sending.carry_on(desk, announcement, revision)

    async def due(self, desk: Desk, due: RowDue) -> None:
        """The next piece; lines still on their way are looked at again soon."""
        announcement = await desk.work.announcements.get(due.row)
        if announcement is None:
            return
        lines = await desk.work.recipients.to_follow(announcement.id, _PIECE)
        people = await desk.people(line.person_id for line in lines)
        messages = await desk.work.recipients.messages_of(line.id for line in lines)
        files = await self._files(desk, announcement, people)
        letters = await _letters(desk, announcement, lines, people)
        taking: dict[int, int] = {}
        for line in lines:
            person, message_id = people.get(line.person_id), messages.get(line.id)
            if person is None:
                continue
            if line.todo != TAKE_BACK:
                for letter, how in _what_follows(desk, line, reader_of(person), letters[line.id], message_id):
                    self.sending.send(desk, person, announcement, letter, how)
            elif message_id is not None:
                taking[line.id] = self._take(desk, person, (message_id, *files.get(person.id, ())))
        await desk.work.recipients.take_back(taking)
        await desk.work.recipients.followed(line.id for line in lines)
        done = announcement.state != Stage.TAKEN_BACK or await in_group.take_back(desk, announcement)
        if not done or await desk.work.recipients.any_to_follow(announcement.id):
            again = desk.now if len(lines) == _PIECE else desk.now + _SOON
            desk.timer(FOLLOW_TIMER, announcement.id, fence=due.fence, due_at=again)

    async def _files(self, desk: Desk, announcement: Announcement, people: Iterable[int]) -> dict[int, range]:
        """Where files stand in a message of their own, by person; those of an album follow one another."""
        versions = Versions.from_bytes(announcement.letter)
        most = max(len(message.files) for message in versions.messages.values())
        shown = cards.shown_with(reader_card.CARD, announcement.id)
        there = await desk.work.outbox.latest_of_card(shown, people)
        return {person: range(each.message_id, each.message_id + most) for person, each in there.items()}

    def _take(self, desk: Desk, person: Person, messages: Sequence[int]) -> int:
        errand = Errand(letter=Letter(text="-"), takes_back=tuple(messages))
        return desk.send_to(person, errand, Kind.AMENDMENT, purpose=TAKING_BACK, stream="announcements").id


async def _letters(
    desk: Desk, announcement: Announcement, lines: Iterable[Recipient], people: Mapping[int, Person]
) -> dict[int, Letter]:
    """As it reads now at each of these lines: made once for all who read the same language and gave one answer."""
    versions = Versions.from_bytes(announcement.letter)
    made: dict[tuple[str, str | None], Letter] = {}
    letters = {}
    for line in lines:
        person = people.get(line.person_id)
        if person is None:
            continue
        same = (person.locale, line.answer)
        if same not in made:
            made[same] = await reader_card.letter(desk, announcement, versions, reader_of(person), line)
        letters[line.id] = made[same]
    return letters


def _what_follows(
    desk: Desk, line: Recipient, reader: Reader, whole: Letter, message_id: int | None
) -> Iterator[tuple[Letter, Delivery]]:
    """At one line: an edit, or a new message, which rings; nothing where it never arrived."""
    how = Delivery(line.house_id, desk.now + _HELPS_FOR)
    if line.todo == REMIND:
        yield _once_more(desk, reader, whole, "announcement_reminder"), how
    elif message_id is not None:
        yield whole, replace(how, edits=message_id)
        if line.todo == CORRECT_ALOUD:
            yield _once_more(desk, reader, whole, "announcement_corrected"), how


def _once_more(desk: Desk, reader: Reader, whole: Letter, phrase: str) -> Letter:
    """The words again, and why."""
    lead = desk.render(Text(desk.library.phrases[phrase]), reader)
    return Letter(text=f"{lead}\n\n{whole.text}", buttons=whole.buttons)
