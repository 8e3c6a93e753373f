"""What the dialogs around announcements may know."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.house.announcements import wording
from bot.house.announcements.audience import Reached, houses_of, may_announce, needs_a_yes, reached_by
from bot.house.announcements.composing import READY, aim_of, under_hand
from bot.house.announcements.rules import AN_HOUR, MOST_AN_HOUR, MOST_URGENT_AN_HOUR, Aim, Stage
from bot.house.announcements.versions import Versions
from dialogs.messages import Message
from dialogs.values import Option, Text, Value
from storage.repositories.announcements import Announcement

_PAGE: Final = 8
"""Buttons of a list shown at once, the one to the next page aside."""

_DAYS: Final = 14
_LATELY: Final = timedelta(days=90)
_SAID: Final = (Stage.SENDING, Stage.PAUSED, Stage.DONE, Stage.STOPPED, Stage.TAKEN_BACK, Stage.PLANNED, Stage.ASKED)


async def may(desk: Desk) -> Value:
    """Whether the person may announce to the house this conversation is about."""
    return may_announce(desk.standing, await desk.work.announcements.rules_of(desk.house_id))


async def ready_options(desk: Desk) -> Value:
    """Drafts of one's own, the house's templates, and those that Hearth brings."""
    options = []
    for each in reversed(await desk.work.announcements.of_house_in(desk.house_id, {Stage.DRAFT})):
        if each.author_id == desk.me.id:
            options.append(Option(f"draft.{each.id}", desk.phrase("draft_line", words=_begins(each))))
    for each in await desk.work.announcements.of_house_in(desk.house_id, {Stage.TEMPLATE}):
        options.append(
            Option(f"template.{each.id}", desk.phrase("template_line", name=Versions.from_bytes(each.letter).name))
        )
    options += [Option(f"ready.{name}", desk.phrase(f"ready_name_{name}")) for name in READY]
    return _paged(desk, "ready", options)


async def shown(desk: Desk) -> Value:
    """What is being composed, as its readers will see it."""
    found = await under_hand(desk)
    if found is None:
        return ""
    versions = Versions.from_bytes(found.letter)
    locale = versions.best(desk.reader.locale)
    letter = await wording.letter_for(desk, found, versions, locale, desk.reader, listed=True)
    return letter.text


async def files(desk: Desk) -> Value:
    """What goes with it that is not words; none when there is nothing."""
    found = await under_hand(desk)
    said = () if found is None else Versions.from_bytes(found.letter).first.files
    return Message(files=said) if said else None


async def with_files(desk: Desk) -> Value:
    """Whether there is."""
    return await files(desk) is not None


async def plan(desk: Desk) -> Value:
    """To whom, not to whom and why, when, and what it asks, a line each."""
    found = await under_hand(desk)
    return "" if found is None else a_line_each(await wording.plan_words(desk, found, await _reached(desk, found)))


async def audience_count(desk: Desk) -> Value:
    """How many people it reaches."""
    found = await under_hand(desk)
    if found is None:
        return len((await reached_by(desk, Aim(houses=(desk.house_id,)), desk.me.id)).those)
    return len((await _reached(desk, found)).those)


async def audience_words(desk: Desk) -> Value:
    """Whom it is for, in words."""
    found = await under_hand(desk)
    aim = Aim(houses=(desk.house_id,)) if found is None else aim_of(found)
    lines = await wording.aim_words(desk, aim)
    return a_line_each(lines) if lines else desk.phrase("aim_everyone", house=(await desk.house(aim.houses[0])).name)


async def aim_houses(desk: Desk) -> Value:
    """The houses to which the person may announce, those chosen ticked."""
    found = await under_hand(desk)
    chosen = () if found is None else aim_of(found).houses
    options = [
        Option(str(each), _ticked(desk, (await desk.house(each)).name, each in chosen))
        for each in await houses_of(desk)
    ]
    return _paged(desk, "which", options)


async def several_houses(desk: Desk) -> Value:
    """Whether there is more than one."""
    return len(await houses_of(desk)) > 1


async def aim_people(desk: Desk) -> Value:
    """Everybody in the houses it goes to, by name, those chosen ticked."""
    found = await under_hand(desk)
    aim = Aim(houses=(desk.house_id,)) if found is None else aim_of(found)
    people = (await reached_by(desk, Aim(houses=aim.houses), desk.me.id)).people.values()
    known = sorted(people, key=lambda each: each.name.casefold())
    options = [Option(str(each.id), _ticked(desk, each.name, each.id in aim.people)) for each in known]
    return _paged(desk, "which", options)


async def aim_earlier(desk: Desk) -> Value:
    """Earlier announcements that asked for an answer which not everybody has given."""
    options = []
    for each in reversed(await desk.work.announcements.of_house(desk.house_id, desk.now - _LATELY)):
        if each.asks != "nothing" and each.state in {Stage.DONE, Stage.STOPPED}:
            options.append(Option(str(each.id), desk.phrase("draft_line", words=_begins(each))))
    return _paged(desk, "which", options)


async def plan_days(desk: Desk) -> Value:
    """The next days at the house."""
    today = desk.now.astimezone(desk.reader.zone).date()
    days = [today + timedelta(days=number) for number in range(_DAYS)]
    return tuple(Option(each.isoformat(), desk.phrase("plan_day", day=each)) for each in days)


async def any_house_group(desk: Desk) -> Value:
    """Whether it could stand in a group chat too: one of its houses has one, and it is for everybody there."""
    found = await under_hand(desk)
    if found is None or aim_of(found).narrowed:
        return False
    return any([await desk.work.groups.of_house(house_id, "house") for house_id in aim_of(found).houses])


async def composing_urgent(desk: Desk) -> Value:
    """Whether what is being composed is urgent."""
    found = await under_hand(desk)
    return found is not None and found.urgent


async def composing_planned(desk: Desk) -> Value:
    """Whether it has a time."""
    found = await under_hand(desk)
    return found is not None and found.planned_for is not None


async def needs_yes(desk: Desk) -> Value:
    """Whether a second person has to agree to it."""
    found = await under_hand(desk)
    return found is not None and await needs_a_yes(desk, found)


async def too_many(desk: Desk) -> Value:
    """Whether the person has announced so much within the hour that this one has to wait."""
    found = await under_hand(desk)
    return found is not None and await too_many_of(desk, urgent=found.urgent)


async def too_many_of(desk: Desk, *, urgent: bool) -> bool:
    """The same, for one that is urgent or not."""
    usual, ringing = await desk.work.announcements.sent_by(desk.me.id, desk.now - AN_HOUR)
    return usual + ringing >= MOST_AN_HOUR or (urgent and ringing >= MOST_URGENT_AN_HOUR)


async def other_languages(desk: Desk) -> Value:
    """The languages it has no version in yet."""
    found = await under_hand(desk)
    there = set() if found is None else set(Versions.from_bytes(found.letter).messages)
    missing = [each for each in desk.library.catalogues.locales if each not in there]
    return tuple(Option(each, desk.phrase(f"in_{each}")) for each in missing)


async def said_lately(desk: Desk) -> Value:
    """The person's own announcements of the last months, newest first, each with how it stands."""
    options = []
    for each in reversed(await desk.work.announcements.of_house(desk.house_id, desk.now - _LATELY)):
        if each.author_id == desk.me.id and each.state in _SAID:
            label = desk.phrase(f"said_{each.state}", words=_begins(each))
            options.append(Option(str(each.id), label))
    return _paged(desk, "which", options)


async def said_any(desk: Desk) -> Value:
    """Whether there is one."""
    return bool(await said_lately(desk))


async def versions_of(desk: Desk) -> Value:
    """The languages in which the announcement in `row` was written."""
    row = desk.answers.get("row")
    found = await desk.work.announcements.get(row) if isinstance(row, int) else None
    letters = (
        () if found is None or found.author_id != desk.me.id else tuple(Versions.from_bytes(found.letter).messages)
    )
    return tuple(Option(each, desk.phrase(f"in_{each}")) for each in letters)


async def one_version(desk: Desk) -> Value:
    """The language of the announcement in `row`, if it is the only one; none otherwise."""
    there = await versions_of(desk)
    return there[0].key if isinstance(there, tuple) and len(there) == 1 and isinstance(there[0], Option) else None


async def announcing_words(desk: Desk) -> Value:
    """Who may announce in the house, whether that takes a second yes, and when it sleeps: a line each."""
    rules = await desk.work.announcements.rules_of(desk.house_id)
    lines = [desk.phrase(f"announcing_{rules.who}")]
    if rules.who != "staff":
        lines.append(desk.phrase("announcing_second_yes" if rules.second_yes else "announcing_alone"))
    hours = f"{_clock(rules.quiet_from)}-{_clock(rules.quiet_until)}"
    lines.append(desk.phrase("announcing_quiet", hours=hours))
    return a_line_each(lines)


async def _reached(desk: Desk, found: Announcement) -> Reached:
    return await reached_by(desk, aim_of(found), found.author_id)


def _begins(announcement: Announcement) -> str:
    return wording.beginning(Versions.from_bytes(announcement.letter).first.text)


def _ticked(desk: Desk, name: str, chosen: bool) -> Text:  # noqa: FBT001 - what it ticks by
    return desk.phrase("ticked" if chosen else "unticked", name=name)


def _paged(desk: Desk, answer: str, options: Sequence[Option]) -> tuple[Option, ...]:
    """A page of a long list: the one asked for (`page.2` stands in `answer`), or that of what was tapped last."""
    if len(options) <= _PAGE + 1:
        return tuple(options)
    last = desk.answers.get(answer)
    pages = -(-len(options) // _PAGE)
    page = 0
    if isinstance(last, str) and last.startswith("page."):
        page = int(last.removeprefix("page.")) % pages
    else:
        page = next((number // _PAGE for number, each in enumerate(options) if each.key == last), 0)
    following = Option(f"page.{(page + 1) % pages}", desk.phrase("next_page", page=page + 1, pages=pages))
    return (*options[page * _PAGE : (page + 1) * _PAGE], following)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"
