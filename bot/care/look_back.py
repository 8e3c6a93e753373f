"""A look back at somebody's week: what they practised, what helped most, and their own words. Only they see it.

What was written on a hard day, and words that may mean danger, had their answer in their hour. Nobody meets them
again unasked.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from babel.dates import format_date

from bot.care.checkin_times import day_begins, today
from bot.care.checkins import Answers, is_hard
from bot.care.plans import good_things_since
from bot.care.screening.judging import judge
from bot.care.skills.helped import number, what_helped
from bot.care.skills.seen import Done, summed
from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Text, Value

DAYS: Final = 7

_SHOWN: Final = 1_500
"""Characters of somebody's own lines, the newest of them: a message has an end."""


def kept_notes(checkins: Iterable[tuple[date, Answers]], language: str) -> list[tuple[date, str]]:
    """What was written with these check-ins, in their order, and may be met again."""
    return [
        (day, answers.note)
        for day, answers in checkins
        if answers.note is not None and not is_hard(answers) and judge(answers.note, language, ()) is None
    ]


def newest(lines: Sequence[str], most: int = _SHOWN) -> Sequence[str]:
    """As many of the last lines as fit into so many characters, in their order; the last one always."""
    first, length = len(lines), 0
    for line in reversed(lines):
        length += len(line) + 1
        if length > most and first < len(lines):
            break
        first -= 1
    return lines[first:]


async def look_back(desk: Desk) -> Value:
    """The last seven days in words; none when there is nothing to look back at.

    What is being written in a check-in under way is not among it: nobody needs to hear at once what they just said.
    """
    since = day_begins(desk, today(desk) - timedelta(days=DAYS - 1))
    lines = [*await _practised(desk, since), *await _own_words(desk, since)]
    return a_line_each(lines) if lines else None


async def look_back_any(desk: Desk) -> Value:
    """Whether there is anything to look back at."""
    return await look_back(desk) is not None


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("look_back", MEMBERS, look_back)
    registry.fact("look_back_any", MEMBERS, look_back_any)


async def _practised(desk: Desk, since: datetime) -> list[Text]:
    titles = {skill.dialog: Text(skill.title) for skill in desk.library.skills}
    week = [
        each
        for each in await desk.work.practices.of(desk.me.id)
        if each.finished_at >= since and each.skill in titles
    ]
    if not week:
        return []
    often: list[Done] = sorted(summed(week), key=lambda one: (-one.times, one.skill))
    named = tuple(desk.phrase("look_back_skill", title=titles[one.skill], times=one.times) for one in often)
    lines = [desk.phrase("look_back_practised", skills=named)]
    best = next(iter(what_helped(week, since)), None)
    if best is not None and best.drop is not None and best.drop > 0:
        drop = number(desk, best.drop)
        lines.append(desk.phrase("look_back_most", title=titles[best.skill], drop=drop))
    return lines


async def _own_words(desk: Desk, since: datetime) -> list[Text]:
    lines: list[Text] = []
    if good := await good_things_since(desk, since):
        lines.append(desk.phrase("look_back_good", things="\n".join(newest([f"· {each}" for each in good]))))
    kept = await desk.work.checkins.of(desk.me.id, since)
    checkins = [(each.day, Answers.from_json(each.answers)) for each in kept]
    locale = desk.reader.locale
    if notes := kept_notes(checkins, locale):
        written = [f"· {format_date(day, format='EEE', locale=locale)}: {note}" for day, note in notes]
        lines.append(desk.phrase("look_back_notes", notes="\n".join(newest(written))))
    return lines
