"""What an announcement looks like: to those it is for, and to its author before it goes."""

from dataclasses import replace
from datetime import datetime

from bot.conversation.desk import Desk
from bot.delivery import messages
from bot.delivery.letters import CAPTION_LIMIT, Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.house.announcements import polls
from bot.house.announcements.audience import Reached, left_out_words
from bot.house.announcements.rules import Aim, Asks
from bot.house.announcements.versions import Versions
from dialogs.messages import Message, length
from dialogs.texts import Reader
from dialogs.values import Text, Value
from storage.repositories.announcements import Announcement

_BEGINNING = 60
_HEADER_LIMIT = 200
"""Who says it, and where, with what stands under it on the card: what a caption must have room for besides."""


async def letter_for(
    desk: Desk,
    announcement: Announcement,
    versions: Versions,
    locale: str,
    reader: Reader,
    *,
    listed: bool = False,
) -> Letter:
    """The version in a language, with who says it above. It has no buttons yet.

    Options are `listed` below the words for those who have no buttons, or none that could hold them.

    Files that leave no room for words or buttons under them (an album, a video note) are not in it: see `files_of`.
    """
    message = versions.read_in(locale)
    author = (await desk.people([announcement.author_id])).get(announcement.author_id)
    house = await desk.house(announcement.house_id)
    # Whoever wrote it may have had themselves deleted while it was under way: the house still says it.
    name = "announcement_header_house" if author is None else "announcement_header"
    values: dict[str, Value] = (
        {"house": house.name} if author is None else {"house": house.name, "author": author.name}
    )
    header = desk.render(desk.phrase(name, **values), reader)
    together = replace(message, files=()) if files_of(message) else message
    if message.options and listed:
        together = polls.listed(together)
    return messages.letters(together, lead=header)[0]


def files_of(message: Message) -> Letter | None:
    """The files that need a letter of their own, after the words; None where the words can stand under them."""
    words = polls.listed(message).text if message.options else message.text
    too_long = length(words) > CAPTION_LIMIT - _HEADER_LIMIT
    wordless = any(file.kind == "video_note" for file in message.files)
    if not message.files or not (too_long or wordless or len(message.files) > 1):
        return None
    return messages.letters(Message(files=message.files))[0]


async def plan_words(desk: Desk, announcement: Announcement, reached: Reached) -> list[Text]:
    """To whom, not to whom and why, when, and what it asks: a line each."""
    aim = Aim.from_json(announcement.audience, announcement.house_id)
    lines = [desk.phrase("plan_goes_to", number=len(reached.those))]
    lines += await aim_words(desk, aim)
    left_out = left_out_words(desk, reached)
    if left_out:
        lines += [desk.phrase("plan_not_to"), *left_out]
    lines += await when_words(desk, announcement)
    if announcement.urgent:
        lines.append(desk.phrase("plan_urgent"))
    asks: Asks = announcement.asks  # type: ignore[assignment]  # only these are ever kept
    if asks != "nothing":
        lines.append(desk.phrase(f"plan_asks_{asks}"))
    versions = Versions.from_bytes(announcement.letter)
    if asks in polls.ASKS and versions.first.several:
        lines.append(desk.phrase("plan_poll_several"))
    if asks in polls.ASKS and len(reached.those) < polls.FEWEST:
        lines.append(desk.phrase("plan_poll_few"))
    if aim.in_groups:
        lines.append(desk.phrase(f"plan_group_{aim.group}"))
    others = tuple(desk.phrase(f"in_{each}") for each in versions.messages if each != versions.original)
    if others:
        lines.append(desk.phrase("plan_also", languages=others))
    if announcement.lasts_minutes != 1440:
        lines.append(desk.phrase(f"plan_lasts_{announcement.lasts_minutes}"))
    return lines


async def aim_words(desk: Desk, aim: Aim) -> list[Text]:
    """Whom it is for, where that is not simply everybody in one house: a line each."""
    lines = []
    if len(aim.houses) > 1:
        names: Value = tuple([(await desk.house(each)).name for each in aim.houses])
        lines.append(desk.phrase("aim_houses", names=names))
    if aim.roles:
        lines.append(desk.phrase("aim_roles", roles=tuple(desk.phrase(f"aim_role_{each}") for each in aim.roles)))
    if aim.standings:
        standings = tuple(desk.phrase(f"aim_standing_{each}") for each in aim.standings)
        lines.append(desk.phrase("aim_standings", standings=standings))
    if aim.locales:
        lines.append(desk.phrase("aim_locales", languages=tuple(desk.phrase(f"in_{each}") for each in aim.locales)))
    if aim.people:
        people = await desk.people(aim.people)
        lines.append(desk.phrase("aim_people", names=tuple(sorted(each.name for each in people.values()))))
    if aim.unanswered is not None:
        lines.append(desk.phrase("aim_unanswered"))
    return lines


def say(desk: Desk, letter: Letter) -> None:
    """To the person at the desk, as an answer."""
    desk.send(Errand(letter=letter), Kind.REPLY, purpose="announcement")


def beginning(words: str) -> str:
    """The first words, to know it by."""
    line = " ".join(words.split())
    return line if len(line) <= _BEGINNING else f"{line[:_BEGINNING].rsplit(' ', 1)[0]} …"


async def when_words(desk: Desk, announcement: Announcement) -> list[Text]:
    """When it goes, in words; empty for one that goes at once."""
    if announcement.planned_for is None:
        return []
    local = datetime.fromisoformat(announcement.planned_for)
    when: dict[str, Value] = {"day": local.date(), "time": local.time()}
    return [desk.phrase(f"plan_when_{announcement.repeats}", **when)]
