"""Answers to an announcement: a thread for each reader, between them and its author, through the bot.

Neither sees the other's account; the author's name is in the announcement, the reader's in their answer.
"""

from collections.abc import Mapping
from typing import Final

from bot import policy
from bot.conversation import cards
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Appearance, CardKind, NotAllowedError, Registry
from bot.delivery.promises import Kind
from bot.house.announcements import wording
from bot.house.announcements.versions import Versions
from bot.membership import who_saw
from dialogs.values import Value
from storage.repositories.announcement_replies import Reply
from storage.repositories.announcements import Announcement

CARD: Final = "ann_reply"


async def _thread(desk: Desk, row: object) -> tuple[Announcement, int]:
    """The announcement and the reader of a thread, by one of its lines, or by the announcement itself.

    Raises NotAllowedError for a thread that the person at the desk is no part of.
    """
    number = row if isinstance(row, int) else 0
    line = await desk.work.announcement_replies.get(number)
    announcement = await desk.work.announcements.get(line.announcement_id if line is not None else number)
    if announcement is None:
        raise NotAllowedError("no announcement")
    reader_id = line.person_id if line is not None else desk.me.id
    is_reader = reader_id == desk.me.id and await desk.work.recipients.line(announcement.id, reader_id) is not None
    if not is_reader and announcement.author_id != desk.me.id:
        raise NotAllowedError("somebody else's thread")
    return announcement, reader_id


async def answer_to(desk: Desk) -> Value:
    """The first name of whoever the answer to `row` goes to."""
    try:
        announcement, reader_id = await _thread(desk, desk.answers.get("row"))
    except NotAllowedError:
        return ""  # the answer itself will be refused
    other = reader_id if announcement.author_id == desk.me.id else announcement.author_id
    person = (await desk.people([other])).get(other)
    return person.name if person is not None else ""


async def answer(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """One more line of the thread, with the other as a new message."""
    announcement, reader_id = await _thread(desk, arguments.get("row"))
    by_author = announcement.author_id == desk.me.id
    reply = Reply(
        id=desk.ids.new(),
        announcement_id=announcement.id,
        person_id=reader_id,
        by_author=by_author,
        words=words(arguments, "words"),
        at=desk.now,
    )
    await desk.work.announcement_replies.add(reply)
    other = reader_id if by_author else announcement.author_id
    if not by_author:
        await who_saw.note(desk, other, "answer", "announcement")
    await cards.show(desk, KIND, reply.id, [other], Kind.REPLY, purpose="announcement", about=None)


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """For the one to whom it was written."""
    reply = await desk.work.announcement_replies.get(row)
    announcement = await desk.work.announcements.get(reply.announcement_id) if reply is not None else None
    if reply is None or announcement is None:
        return None
    writer, other = (
        (announcement.author_id, reply.person_id) if reply.by_author else (reply.person_id, announcement.author_id)
    )
    person = (await desk.people([writer])).get(writer)
    if viewer != other or person is None:
        return None
    begins = wording.beginning(Versions.from_bytes(announcement.letter).first.text)
    return Appearance("written", {"name": person.name, "begins": begins, "words": reply.words})


async def house_of(desk: Desk, row: int) -> int | None:
    """The house in which the announcement was made."""
    reply = await desk.work.announcement_replies.get(row)
    announcement = await desk.work.announcements.get(reply.announcement_id) if reply is not None else None
    return None if announcement is None else announcement.house_id


KIND: Final = CardKind(name=CARD, who=policy.MEMBERS, house=house_of, look=look, presses={})


def register(registry: Registry) -> None:
    """Adds what threads tell and do."""
    registry.fact("answer_to", policy.MEMBERS, answer_to)
    registry.action("answer_announcement", policy.MEMBERS, answer)
    registry.card(KIND)
