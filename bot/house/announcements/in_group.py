"""An announcement in the group chats of its houses: said there once, and corrected and taken back there, too."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.conversation import cards
from bot.conversation.desk import Desk
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.house.announcements import polls, reader_card, wording
from bot.house.announcements.rules import Aim, Stage
from bot.house.announcements.versions import Versions
from bot.schedule.times import zone_of
from dialogs.texts import Reader
from dialogs.values import Text
from storage.repositories.announcements import Announcement
from storage.repositories.groups import Group
from storage.repositories.letters import InGroup
from storage.unit_of_work import UnitOfWork

_PURPOSE: Final = "announcement"
_HELPS_FOR: Final = timedelta(hours=6)
"""A correction that comes later than this only confuses."""


async def say(desk: Desk, announcement: Announcement, moments: Mapping[int, datetime]) -> None:
    """Into each group when its house's time comes, without buttons: answers are nobody else's to read.

    Where it stands already, or is on its way, it is not said again.
    """
    pins = _aim(announcement).group == "pinned"
    for group in await _groups(desk.work, announcement):
        words, shown = _names(announcement, group)
        if await desk.work.outbox.of_cards_in_group([words, shown]):
            continue
        moment = max(moments[group.house_id], desk.now)
        ends = moments[group.house_id] + timedelta(minutes=announcement.lasts_minutes)
        letter, files = await _letters(desk, announcement, group)
        _send(desk, group, Errand(letter=letter, pins=pins), card=words, not_before=moment, expires_at=ends)
        if files is not None:
            _send(desk, group, Errand(letter=files), card=shown, not_before=moment, expires_at=ends)


async def hold(desk: Desk, announcement: Announcement) -> None:
    """What nobody has in hand yet does not go; `say` says it anew."""
    names = [name for group in await _groups(desk.work, announcement) for name in _names(announcement, group)]
    await desk.work.outbox.drop_waiting(names)


async def correct(desk: Desk, announcement: Announcement, *, aloud: bool) -> None:
    """Its words as they are now, where it stands; and once more below, if it is to be noticed."""
    ends = desk.now + _HELPS_FOR
    for group in await _groups(desk.work, announcement):
        words, _ = _names(announcement, group)
        said = await desk.work.outbox.of_cards_in_group([words])
        if not said or said[0].message_id is None:
            continue
        letter, _ = await _letters(desk, announcement, group)
        _amend(desk, group, Errand(letter=letter, edits=said[0].message_id), expires_at=ends)
        if aloud:
            lead = desk.render(Text(desk.library.phrases["announcement_corrected"]), await _reader(desk, group))
            again = Letter(text=f"{lead}\n\n{letter.text}")
            _send(desk, group, Errand(letter=again), card=words, expires_at=ends)


async def take_back(desk: Desk, announcement: Announcement) -> bool:
    """It vanishes wherever it stands; False while some of it is in the middle of being sent."""
    versions = Versions.from_bytes(announcement.letter)
    most = max(1, *(len(message.files) for message in versions.messages.values()))
    under_way = False
    for group in await _groups(desk.work, announcement):
        names = _names(announcement, group)
        for letter in await desk.work.outbox.of_cards_in_group(names):
            if letter.message_id is None:
                continue
            # Files of an album follow one another.
            several = most if letter.card == names[1] else 1
            messages = tuple(range(letter.message_id, letter.message_id + several))
            gone = Errand(letter=Letter(text="-"), takes_back=messages)
            _amend(desk, group, gone)
        await desk.work.outbox.forget_cards(names)
        under_way = under_way or bool(await desk.work.outbox.of_cards_in_group(names))
    return not under_way


async def standing(work: UnitOfWork, announcement: Announcement) -> list[tuple[Group, InGroup | None]]:
    """How it stands in each of its groups: by the letter that brought it; None where there is none (any more)."""
    found = []
    for group in await _groups(work, announcement):
        said = await work.outbox.of_cards_in_group([_names(announcement, group)[0]])
        found.append((group, said[0] if said else None))
    return found


async def under_way(desk: Desk, announcement: Announcement) -> bool:
    """Whether it is on its way into a group at this moment."""
    return any(
        said is not None and (said.state == "sending" or (said.state == "waiting" and said.not_before <= desk.now))
        for _, said in await standing(desk.work, announcement)
    )


def phrase_of(announcement: Announcement, said: InGroup | None) -> str:
    """The phrase that tells how it stands in a group."""
    match None if said is None else said.state:
        case None:
            return "in_group_taken_back" if announcement.state == Stage.TAKEN_BACK else "in_group_not_said"
        case "sent" if _aim(announcement).group != "pinned":
            return "in_group_said"
        case "sent":
            return "in_group_pinned" if said is not None and said.reason is None else "in_group_not_pinned"
        case "waiting" | "sending":
            return "in_group_waiting"
        case "unsure":
            return "in_group_unsure"
        case "expired" | "superseded":
            return "in_group_expired"
        case _:
            return "in_group_refused"


def _send(desk: Desk, group: Group, errand: Errand, **details: object) -> None:
    desk.send_there(group, errand, Kind.ANNOUNCEMENT, purpose=_PURPOSE, stream="announcements", **details)


def _amend(desk: Desk, group: Group, errand: Errand, **details: object) -> None:
    desk.send_there(group, errand, Kind.AMENDMENT, purpose=_PURPOSE, stream="announcements", **details)


def _aim(announcement: Announcement) -> Aim:
    return Aim.from_json(announcement.audience, announcement.house_id)


async def _groups(work: UnitOfWork, announcement: Announcement) -> list[Group]:
    aim = _aim(announcement)
    if not aim.in_groups:
        return []
    return [group for house_id in aim.houses for group in await work.groups.of_house(house_id, "house")]


def _names(announcement: Announcement, group: Group) -> tuple[str, str]:
    """How the outbox names its words there, and the files that go beside them."""
    words, shown = reader_card.CARD, f"{reader_card.CARD}.shown"
    return cards.in_group(words, announcement.id, group), cards.in_group(shown, announcement.id, group)


async def _letters(desk: Desk, announcement: Announcement, group: Group) -> tuple[Letter, Letter | None]:
    versions = Versions.from_bytes(announcement.letter)
    locale = versions.best(group.locale)
    reader = await _reader(desk, group)
    words = await wording.letter_for(desk, announcement, versions, locale, reader, listed=True)
    if announcement.asks == polls.POLL:
        words = replace(words, text=f"{words.text}\n\n{desk.render(desk.phrase('poll_in_group'), reader)}")
    return words, wording.files_of(versions.read_in(locale))


async def _reader(desk: Desk, group: Group) -> Reader:
    return Reader(group.locale, zone_of((await desk.house(group.house_id)).zone))
