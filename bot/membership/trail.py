"""Staff's own trail: what staff and mentors did, written with the deed itself, read by whom it concerns."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Registry
from bot.ids import Ids
from bot.policy import MEMBERS, Role
from dialogs.values import Text, Value
from storage.repositories.trail import Deed, Line
from storage.unit_of_work import UnitOfWork

_PAGE: Final = 12
"""Lines shown at once; more is not read on a phone."""

_FROM_THE_END: Final = 2**31 - 1


class What(StrEnum):
    """What can be done. Each has its sentence among the phrases: `trail_invited` and so on."""

    INVITED = "invited"
    INVITE_REVOKED = "invite_revoked"
    JOINED = "joined"
    LEFT = "left"
    REMOVED = "removed"
    ANNOUNCED = "announced"
    ANNOUNCED_URGENTLY = "announced_urgently"
    ANNOUNCEMENT_PLANNED = "announcement_planned"
    ANNOUNCEMENT_STOPPED = "announcement_stopped"
    ANNOUNCEMENT_CORRECTED = "announcement_corrected"
    ANNOUNCEMENT_TAKEN_BACK = "announcement_taken_back"
    ANNOUNCEMENT_AGREED = "announcement_agreed"
    ANNOUNCEMENT_DECLINED = "announcement_declined"
    ANNOUNCING_SET = "announcing_set"
    CALL_SHOWN = "call_shown"
    CALL_TAKEN = "call_taken"
    CALL_RETURNED = "call_returned"
    CALL_CLOSED = "call_closed"
    GROUP_LINKED = "group_linked"
    GROUP_UNLINKED = "group_unlinked"
    BREACH_TOLD = "breach_told"
    ASKS_CHANGED = "asks_changed"
    WORDS_CHANGED = "words_changed"
    EVENTS_CHANGED = "events_changed"
    PULSE_TALKED = "pulse_talked"
    PROMISED = "promised"
    SKILLS_CHANGED = "skills_changed"
    DIALOGS_CHANGED = "dialogs_changed"
    STORY_READ = "story_read"


CONCERNS_ALL: Final = frozenset(
    {
        What.ANNOUNCED,
        What.ANNOUNCED_URGENTLY,
        What.GROUP_LINKED,
        What.GROUP_UNLINKED,
        What.BREACH_TOLD,
        What.ASKS_CHANGED,
        What.PROMISED,
        What.SKILLS_CHANGED,
        What.DIALOGS_CHANGED,
        What.WORDS_CHANGED,
        What.EVENTS_CHANGED,
        What.PULSE_TALKED,
    }
)
"""What concerns everybody in the house."""


async def note(
    desk: Desk, what: What, *, house_id: int | None = None, about: int | None = None, role: str | None = None
) -> None:
    """The person at the desk did this, in their house or another; in the transaction of the turn that does it."""
    await record(
        desk.work,
        desk.ids,
        desk.now,
        what,
        house_id=desk.house_id if house_id is None else house_id,
        actor=desk.person.id if desk.person is not None else None,
        about=about,
        role=role,
    )


async def record(
    work: UnitOfWork,
    ids: Ids,
    now: datetime,
    what: What,
    *,
    house_id: int,
    actor: int | None = None,
    about: int | None = None,
    role: str | None = None,
) -> None:
    """The same, away from any desk. Without an actor it was whoever runs Hearth, by the command line."""
    detail = {} if role is None else {"role": role}
    deed = Deed(
        id=ids.new(),
        house_id=house_id,
        at=now,
        kind=what.value,
        actor_id=actor,
        about_id=about,
        detail=json.dumps(detail),
    )
    await work.trail.append(deed)


async def trail_any(desk: Desk) -> Value:
    """Whether anything was done that this person may read about."""
    return bool(await _page(desk))


async def trail_words(desk: Desk) -> Value:
    """A page of it, newest first, in words, a line each: all of it for staff, for others what concerns them."""
    lines = await _page(desk)
    people = await _known(desk, lines)
    return a_line_each([_sentence(desk, line, people) for line in lines])


async def trail_earlier(desk: Desk) -> Value:
    """Where the page before this one begins; none when there is none."""
    lines = await _page(desk)
    return lines[-1].number if len(lines) == _PAGE and lines[-1].number > 1 else None


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("trail_any", MEMBERS, trail_any)
    registry.fact("trail_words", MEMBERS, trail_words)
    registry.fact("trail_earlier", MEMBERS, trail_earlier)


async def _page(desk: Desk) -> Sequence[Line]:
    given = desk.answers.get("before")
    before = given if isinstance(given, int) and given > 0 else _FROM_THE_END
    if Role.STAFF in desk.standing.roles:
        return await desk.work.trail.page(desk.house_id, before=before, limit=_PAGE)
    return await desk.work.trail.concerning(desk.house_id, desk.me.id, CONCERNS_ALL, before=before, limit=_PAGE)


async def _known(desk: Desk, lines: Iterable[Line]) -> dict[bytes, str]:
    """The names behind pseudonyms, of those who are still known; a deleted person is nobody's name any more."""
    if not lines:
        return {}
    ids = await desk.work.memberships.ever_of(desk.house_id)
    behind = await desk.work.trail.pseudonyms(desk.house_id, ids)
    people = await desk.people(behind.values())
    return {pseudonym: people[each].name for pseudonym, each in behind.items() if each in people}


def _sentence(desk: Desk, line: Line, people: dict[bytes, str]) -> Text:
    gone = desk.phrase("trail_gone")
    role = json.loads(line.detail).get("role")
    values: dict[str, Value] = {
        "who": desk.phrase("trail_by_command") if line.actor_hash is None else people.get(line.actor_hash, gone),
        "whom": gone if line.about_hash is None else people.get(line.about_hash, gone),
        "role": desk.phrase(f"trail_role_{role}") if role in set(Role) else "",
    }
    what = desk.phrase(f"trail_{line.kind}", **values)
    there = line.at.astimezone(desk.reader.zone)
    return desk.phrase("trail_line", day=there.date(), time=there.time(), what=what)
