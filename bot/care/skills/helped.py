"""What helped lately: how far each skill brought a rating down on average, as one picture and in words.

Only they see it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from babel.numbers import format_decimal

from bot.care.skills.practice import ratings
from bot.care.skills.seen import Done, summed
from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Picture, Text, Value
from storage.repositories.practices import Practice

WEEKS: Final = 8
PICTURE: Final = "helped"

_MOST: Final = 8
"""More bars are not read on a phone."""


def what_helped(practices: Iterable[Practice], since: datetime) -> list[Done]:
    """What was rated before and after since then, a skill at most once, the largest mean drop first."""
    rated = [each for each in practices if each.finished_at >= since and ratings(each) is not None]
    return sorted(summed(rated), key=lambda one: (-(one.drop or 0), -one.times, one.skill))


async def helped_any(desk: Desk) -> Value:
    """Whether anything was rated in the last weeks."""
    return bool(await _lately(desk))


async def helped_picture(desk: Desk) -> Value:
    """The figures to draw, with every word already in the reader's language: they travel in the outbox."""
    rows: list[dict[str, object]] = []
    for one, skill in await _lately(desk):
        drop = one.drop or 0
        arrow = "↓" if drop > 0 else "↑" if drop < 0 else "="
        said = f"{arrow} {number(desk, abs(drop))}  ({one.times}×)"
        rows.append({"label": desk.render(skill), "value": drop, "said": said})
    title, note = desk.phrase("helped_title"), desk.phrase("helped_note", weeks=WEEKS)
    return Picture(PICTURE, {"title": desk.render(title), "note": desk.render(note), "rows": rows})


async def helped_words(desk: Desk) -> Value:
    """The same in words, a line a skill."""
    return a_line_each([line(desk, one, title) for one, title in await _lately(desk)])


def line(desk: Desk, one: Done, title: Text) -> Text:
    """What a skill did to the rating, in words."""
    drop = one.drop or 0
    way = "down" if drop > 0 else "up" if drop < 0 else "same"
    return desk.phrase(f"helped_{way}", title=title, times=one.times, drop=number(desk, abs(drop)))


def number(desk: Desk, value: float) -> str:
    """3.5, or 3 where there is nothing behind the point, as the reader's language writes it."""
    return str(format_decimal(round(value, 1), locale=desk.reader.locale))


def register(registry: Registry) -> None:
    """Adds what this part tells."""
    registry.fact("helped_any", MEMBERS, helped_any)
    registry.fact("helped_picture", MEMBERS, helped_picture)
    registry.fact("helped_words", MEMBERS, helped_words)


async def _lately(desk: Desk) -> list[tuple[Done, Text]]:
    """Each with its title; what the house no longer has is left out."""
    titles = {skill.dialog: Text(skill.title) for skill in desk.library.skills}
    found = what_helped(await desk.work.practices.of(desk.me.id), desk.now - timedelta(weeks=WEEKS))
    return [(one, titles[one.skill]) for one in found if one.skill in titles][:_MOST]
