"""An announcement as those it is for have it: its words, what they can answer, and that they did."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final

from bot import policy
from bot.conversation.desk import Desk, reader_of
from bot.conversation.registry import Appearance, CardKind, NotAllowedError
from bot.delivery.letters import Letter
from bot.house.announcements import polls, wording
from bot.house.announcements.rules import ANSWERS, Asks, Stage
from bot.house.announcements.versions import Versions
from dialogs.messages import Message
from dialogs.texts import Reader
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.announcements import Announcement
from storage.repositories.recipients import Recipient

CARD: Final = "announcement"
_ALL_ANSWERS: Final = tuple(dict.fromkeys(each for answers in ANSWERS.values() for each in answers))


async def appearance(
    desk: Desk,
    announcement: Announcement,
    versions: Versions,
    reader: Reader,
    line: Recipient | None = None,
    *,
    original: bool = False,
) -> Appearance:
    """How it looks to somebody who reads that language; without a line, to somebody who has just got it."""
    locale = versions.original if original else versions.best(reader.locale)
    given = line.answer if line is not None else None
    asks = _asked(announcement)
    asked, over = versions.read_in(locale), asks == polls.OVER
    # What the others said is for those who have said something, and for everybody when it is over.
    open_to_them = asks in polls.ASKS and (over or given is not None)
    answers = await desk.work.recipients.answers(announcement.id) if open_to_them else {}
    listed = (over or polls.wide(asked.options)) and polls.counted(answers, len(asked.options)) is None
    lead = await wording.letter_for(desk, announcement, versions, locale, reader, listed=listed)
    offered = ANSWERS[asks]
    values: dict[str, Value] = {each: each in offered and each != given for each in _ALL_ANSWERS}
    values["answer"] = desk.phrase(f"answer_{given}") if given in _ALL_ANSWERS else ""
    values["translated"] = locale != versions.original
    author = (await desk.people([announcement.author_id])).get(announcement.author_id)
    values["author"] = author.name if author is not None else ""
    values["can_write"] = author is not None
    if asks in polls.ASKS:
        values |= _poll(desk, asked, given, reader)
        values["votes"] = polls.votes(desk, answers, asked.options, over=over) if open_to_them else ""
        return Appearance(asks, values, lead=lead)
    return Appearance("answered" if values["answer"] else "told", values, lead=lead)


def _poll(desk: Desk, asked: Message, given: str | None, reader: Reader) -> dict[str, Value]:
    """What can be chosen, ticked where it is."""
    values: dict[str, Value] = {f"option_{key}": "" for key in polls.KEYS}
    for key, option in zip(polls.KEYS, asked.options, strict=False):
        ticked = "ticked" if key in (given or "") else "unticked"
        values[f"option_{key}"] = desk.render(desk.phrase(ticked, name=option), reader)
    values["how"] = desk.phrase("poll_chosen" if given else "poll_several" if asked.several else "poll_one")
    values["voted"] = given is not None
    return values


async def letter(
    desk: Desk, announcement: Announcement, versions: Versions, reader: Reader, line: Recipient | None = None
) -> Letter:
    """The card for somebody at that line; without one, for somebody who has just got it."""
    looks = await appearance(desk, announcement, versions, reader, line)
    return desk.card_letter(CARD, announcement.id, looks, reader)


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """For those it is for; and gone for them, too, when its author took it back."""
    announcement = await desk.work.announcements.get(row)
    line = await desk.work.recipients.line(row, viewer)
    person = (await desk.people([viewer])).get(viewer)
    if announcement is None or line is None or person is None:
        return None
    if announcement.state == Stage.TAKEN_BACK:
        return Appearance("gone", {})
    versions = Versions.from_bytes(announcement.letter)
    return await appearance(desk, announcement, versions, reader_of(person), line)


async def house_of(desk: Desk, row: int) -> int | None:
    """The house through which it is the presser's; the author's for everybody else."""
    line = await desk.work.recipients.line(row, desk.me.id) if desk.person is not None else None
    if line is not None and line.house_id is not None:
        return line.house_id
    announcement = await desk.work.announcements.get(row)
    return None if announcement is None else announcement.house_id


@dataclass(frozen=True, slots=True)
class Reading:
    """What pressing does. `changed` is told when what came back is worth showing to the author."""

    changed: Callable[[Desk, Announcement], Coroutine[Any, Any, None]]  # Any: what coroutines never give or take

    def answering(self, answer: str) -> Callable[[Desk, int], Coroutine[Any, Any, None]]:
        """The press that gives this answer. The card offers only those that are asked for."""

        async def press(desk: Desk, row: int) -> None:
            """For those it was sent to: the last answer counts."""
            announcement = await desk.work.announcements.get(row)
            if announcement is None or not await desk.work.recipients.answer(row, desk.me.id, answer):
                raise NotAllowedError("not for them")
            await self.changed(desk, announcement)

        return press

    def choosing(self, key: str) -> Callable[[Desk, int], Coroutine[Any, Any, None]]:
        """The press on the option of this key: chosen, or not any more."""

        async def press(desk: Desk, row: int) -> None:
            """As long as the poll is open: what somebody chose last counts."""
            announcement = await desk.work.announcements.get(row)
            line = await desk.work.recipients.line(row, desk.me.id)
            if announcement is None or line is None:
                raise NotAllowedError("not for them")
            several = Versions.from_bytes(announcement.letter).first.several
            answer = polls.chosen(line.answer, key, several=several)
            await desk.work.recipients.answer(row, desk.me.id, answer)
            await self.changed(desk, announcement)

        return press

    async def reacted(self, desk: Desk, message: int, stands: bool) -> None:  # noqa: FBT001 - the registry's form
        """A reaction on one of them counts; on anything else it means nothing."""
        line = await desk.work.recipients.by_message(desk.me.id, message)
        announcement = await desk.work.announcements.get(line.announcement_id) if line is not None else None
        if line is not None and announcement is not None and line.reacted != stands:
            await desk.work.recipients.react(line.id, reacted=stands)
            await self.changed(desk, announcement)

    async def show_original(self, desk: Desk, row: int) -> None:
        """As it was written, as a message of its own: the translation stays where it is."""
        announcement = await desk.work.announcements.get(row)
        if announcement is None:
            raise Conflict("the announcement is gone")
        versions = Versions.from_bytes(announcement.letter)
        locale = versions.original
        letter = await wording.letter_for(desk, announcement, versions, locale, desk.reader, listed=True)
        wording.say(desk, letter)


def _asked(announcement: Announcement) -> Asks:
    return announcement.asks  # type: ignore[return-value]  # only these are ever kept


def kind(reading: Reading) -> CardKind:
    """The card."""
    presses = {f"answer_{each}": reading.answering(each) for each in _ALL_ANSWERS}
    presses |= {f"choose_{key}": reading.choosing(key) for key in polls.KEYS}
    return CardKind(
        name=CARD,
        who=policy.MEMBERS,
        house=house_of,
        look=look,
        presses={**presses, "show_original": reading.show_original},
    )
