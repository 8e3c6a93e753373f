"""Who saw what of a person, when and why: noted when it left, and theirs to read."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.delivery.items import Settled
from bot.delivery.promises import State
from bot.policy import EVERYONE
from dialogs.values import Text, Value
from storage.repositories.showings import Showing
from storage.unit_of_work import UnitOfWork

_LOOKS_BACK: Final = timedelta(days=365)
_GROUP: Final = 0
"""The viewer, where it was shown in a group of the house."""

_SHOWN: Final = 15
"""Lines of an answer; the export has all of them."""

_WHAT: Final[Mapping[str, str]] = {"": "call", "alert": "call", "sos_words": "words"}
"""What a letter of a purpose shows, where its purpose is not the word for it. Without what was no longer agreed to
(an empty purpose), a call is still a call."""


async def settle(work: UnitOfWork, ended: Sequence[Settled], now: datetime) -> None:
    """A letter about somebody that has arrived with somebody else is a showing, whoever wrote it and why."""
    shown = [
        Showing(
            id=each.id,  # the letter's own: however often it is settled, it was shown once
            about_id=each.about_id,
            viewer_id=_GROUP if each.recipient_id is None else each.recipient_id,
            what=_WHAT.get(each.purpose, each.purpose)[:32],
            why=each.kind.value,
            at=now,
        )
        for each in ended
        if each.state in {State.SENT, State.UNSURE}
        and each.about_id is not None
        and (each.recipient_id is not None or each.in_group)
        and each.about_id != each.recipient_id
    ]
    await work.showings.add_many(shown)


async def note(desk: Desk, about_id: int, what: str, why: str) -> None:
    """The person at the desk is being told something about somebody, in a dialog rather than by a letter."""
    await desk.work.showings.add_many(
        [Showing(id=desk.ids.new(), about_id=about_id, viewer_id=desk.me.id, what=what, why=why, at=desk.now)]
    )


async def known(desk: Desk) -> Value:
    """Whether anything is kept of whoever asks."""
    return desk.person is not None


async def shown_any(desk: Desk) -> Value:
    """Whether anything of theirs was ever shown to anybody."""
    return bool(await _showings(desk))


async def shown_lines(desk: Desk) -> Value:
    """Day, who and what, a line each, newest first; of the same on one day, one."""
    showings = await _showings(desk)
    people = await desk.people({each.viewer_id for each in showings})
    zone = ZoneInfo(desk.me.zone)
    lines: dict[tuple[str, int, str], str] = {}
    for each in reversed(showings):
        day = format_date(each.at.astimezone(zone).date(), format="medium", locale=desk.reader.locale)
        viewer = people.get(each.viewer_id)
        who = viewer.name if viewer is not None else desk.phrase("somebody_who_left")
        if each.viewer_id == _GROUP:
            who = desk.phrase("shown_in_group")
        if each.viewer_id == desk.me.id:
            who = desk.phrase("shown_to_yourself")
        line = desk.phrase("shown_line", day=day, who=who, what=_phrase(desk, each.what))
        lines.setdefault((day, each.viewer_id, each.what), desk.render(line))
    kept = list(lines.values())[:_SHOWN]
    return "\n".join([*kept, "…"] if len(lines) > _SHOWN else kept)


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("known", EVERYONE, known)
    registry.fact("shown_any", EVERYONE, shown_any)
    registry.fact("shown_lines", EVERYONE, shown_lines)


async def _showings(desk: Desk) -> list[Showing]:
    return [] if desk.person is None else await desk.work.showings.of(desk.me.id, desk.now - _LOOKS_BACK)


def _phrase(desk: Desk, what: str) -> Text:
    name = f"shown_{what}"
    return desk.phrase(name if name in desk.library.phrases else "shown_something")
