"""An announcement in the making: one at a time under its author's hands, the others kept as drafts and templates."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Unpack, get_args

from bot.conversation.arguments import message, words, yes_or_no
from bot.conversation.desk import Desk
from bot.conversation.registry import NotAllowedError
from bot.house.announcements import polls
from bot.house.announcements.audience import houses_of, reached_by
from bot.house.announcements.rules import ANSWERS, LASTS, Aim, Asks, InGroup, Repeats, Stage, at_house, toggled
from bot.house.announcements.versions import Versions
from bot.policy import Role
from bot.schedule.typed_times import read_time
from dialogs.messages import Message
from dialogs.values import Value
from storage.problems import Conflict
from storage.repositories.announcements import Announcement, AnnouncementChanges

READY: Final = ("water_off", "visitors", "drill", "storm", "meeting", "repair")
"""What Hearth brings along, each a phrase `ready_…`; a house keeps its own beside them."""

_STANDINGS: Final = frozenset({"resident", "outpatient", "alumni"})
_SOON: Final = timedelta(minutes=1)


async def under_hand(desk: Desk) -> Announcement | None:
    """What the person at the desk is composing for the house this conversation is about."""
    for each in await desk.work.announcements.of_house_in(desk.house_id, {Stage.COMPOSING}):
        if each.author_id == desk.me.id:
            return each
    return None


async def mine(desk: Desk) -> Announcement:
    """The same. Raises Conflict when it is not there any more: it was sent, or left."""
    found = await under_hand(desk)
    if found is None:
        raise Conflict("nothing is being composed")
    return found


async def change(desk: Desk, announcement: Announcement, **changes: Unpack[AnnouncementChanges]) -> None:
    """Changes it. Raises Conflict when somebody else did since it was read."""
    if not await desk.work.announcements.move(announcement, **changes):
        raise Conflict("the announcement was changed in the meantime")


def aim_of(announcement: Announcement) -> Aim:
    """Whom it is for."""
    return Aim.from_json(announcement.audience, announcement.house_id)


# actions


async def begin(desk: Desk, _: Mapping[str, Value]) -> None:
    """Clears the table: what was left half done stays as a draft."""
    left = await under_hand(desk)
    if left is not None:
        await change(desk, left, state=Stage.DRAFT)


async def compose_words(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """What it says, in the language its author reads."""
    await _say(desk, desk.reader.locale, message(arguments, "words"))


async def compose_version(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """What it says in another language."""
    locale = words(arguments, "locale")
    if locale not in desk.library.catalogues.locales:
        raise ValueError(f"nobody reads {locale}")
    await _say(desk, locale, message(arguments, "words"))


async def _say(desk: Desk, locale: str, said: Message) -> None:
    """The words of a version. A poll brings its options along; under words alone, those there were stay."""
    found = await under_hand(desk)
    if found is None:
        await _compose(desk, Versions(original=locale, messages={locale: said}))
    else:
        before = Versions.from_bytes(found.letter)
        there = before.messages.get(locale, Message())
        words = replace(said, options=there.options, several=there.several)
        versions = before.with_version(locale, words)
        if said.options:
            versions = polls.asking(versions, locale, said.options, several=said.several)
        asks = "poll" if versions.first.options else found.asks
        await change(desk, found, letter=versions.to_bytes(), asks=asks)


async def _compose(desk: Desk, versions: Versions) -> None:
    """Something new is under hand, for the house this conversation is about."""
    announcement = Announcement(
        id=desk.ids.new(),
        house_id=desk.house_id,
        author_id=desk.me.id,
        letter=versions.to_bytes(),
        state=Stage.COMPOSING,
        audience=Aim(houses=(desk.house_id,)).to_json(),
        asks=_asked_by(versions),
        created_at=desk.now,
    )
    await desk.work.announcements.add(announcement)


def _asked_by(versions: Versions) -> Asks:
    """What words ask by themselves."""
    return "poll" if versions.first.options else "nothing"


async def compose_from(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Goes on from a draft of one's own, or begins from a template; see `ready_options`."""
    kind, _, name = words(arguments, "ready").partition(".")
    await begin(desk, arguments)
    if kind == "ready" and name in READY:
        messages = {
            locale: Message(text=desk.library.catalogues.translate(desk.library.phrases[f"ready_{name}"], locale))
            for locale in desk.library.catalogues.locales
        }
        kept = Versions(original=desk.reader.locale, messages=messages)
    else:
        found = await desk.work.announcements.get(int(name)) if name.isdecimal() else None
        if found is None or found.house_id != desk.house_id:
            raise NotAllowedError("no draft of this house")
        if kind == "draft":
            if found.author_id != desk.me.id or found.state != Stage.DRAFT:
                raise NotAllowedError("somebody else's draft")
            await change(desk, found, state=Stage.COMPOSING)
            return
        if found.state != Stage.TEMPLATE:
            raise NotAllowedError("not a template")
        kept = Versions.from_bytes(found.letter)
    await _compose(desk, kept)


async def compose_aim(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Whom it is for: `what` names what is chosen by (everyone, houses, roles, standings, locales, person,
    unanswered), `which` those chosen; a person or a house is added, or taken out again.
    """
    found = await mine(desk)
    aim = await _aimed(desk, aim_of(found), words(arguments, "what"), arguments.get("which"))
    await change(desk, found, audience=aim.to_json())


async def _aimed(desk: Desk, aim: Aim, what: str, which: Value) -> Aim:
    chosen = tuple(str(each) for each in which) if isinstance(which, tuple) else (str(which),)
    match what:
        case "everyone":
            return Aim(houses=(desk.house_id,), group=aim.group)
        case "house":
            house_id = int(chosen[0])
            if house_id not in await houses_of(desk):
                raise NotAllowedError("not a house they announce to")
            houses = toggled(aim.houses, house_id)
            return _with(aim, houses=houses or aim.houses)
        case "all_houses":
            return _with(aim, houses=tuple(await houses_of(desk)))
        case "roles" if set(chosen) <= set(Role):
            return _with(aim, roles=chosen)
        case "standings" if set(chosen) <= _STANDINGS:
            return _with(aim, standings=chosen)
        case "locales" if set(chosen) <= set(desk.library.catalogues.locales):
            return _with(aim, locales=chosen)
        case "person":
            everyone = await reached_by(desk, Aim(houses=aim.houses), desk.me.id)
            if int(chosen[0]) not in everyone.people:
                raise NotAllowedError("nobody of these houses")
            return _with(aim, people=toggled(aim.people, int(chosen[0])))
        case "unanswered":
            earlier = await desk.work.announcements.get(int(chosen[0]))
            if earlier is None or earlier.house_id != desk.house_id:
                raise NotAllowedError("another house's announcement")
            return _with(aim, unanswered=earlier.id)
        case _:
            raise ValueError(f"nothing is chosen by {what}: {chosen}")


def _with(aim: Aim, **changes: object) -> Aim:
    fields = {name: getattr(aim, name) for name in aim.__slots__} | changes
    return Aim(**fields)


async def compose_when(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """When it goes: `day` (2027-03-04), `time` as typed (18:00, 18.00), `repeats`. One that has passed means now."""
    found = await mine(desk)
    at = read_time(words(arguments, "time"))
    repeats = words(arguments, "repeats")
    if at is None or repeats not in get_args(Repeats):
        raise ValueError("a plan needs a time of day, and how it comes again")
    day = date.fromisoformat(words(arguments, "day"))
    local = f"{day.isoformat()}T{at}"
    if repeats == "never" and at_house(local, (await desk.house()).zone) < desk.now + _SOON:
        await change(desk, found, planned_for=None, repeats="never")
        return
    await change(desk, found, planned_for=local, repeats=repeats)


async def compose_now(desk: Desk, _: Mapping[str, Value]) -> None:
    """It goes at once, after all."""
    await change(desk, await mine(desk), planned_for=None, repeats="never")


async def compose_urgent(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Whether it rings in quiet hours and in the middle of things."""
    await change(desk, await mine(desk), urgent=yes_or_no(arguments, "urgent"))


async def compose_asks(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """What can be answered in one tap. Options there were are gone."""
    asks = words(arguments, "asks")
    if asks not in ANSWERS or asks in polls.ASKS:
        raise ValueError(f"nothing asks {asks}")
    found = await mine(desk)
    versions = Versions.from_bytes(found.letter)
    bare = polls.asking(versions, versions.original, (), several=False)
    await change(desk, found, asks=asks, letter=bare.to_bytes())


async def compose_group(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Whether it stands in the group chats of its houses too, pinned or not."""
    group = words(arguments, "group")
    if group not in get_args(InGroup):
        raise ValueError(f"nothing stands in a group as {group}")
    found = await mine(desk)
    await change(desk, found, audience=_with(aim_of(found), group=group).to_json())


async def compose_lasts(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """For how many minutes it is worth sending."""
    minutes = int(words(arguments, "minutes"))
    if minutes not in LASTS:
        raise ValueError("this was not offered")
    await change(desk, await mine(desk), lasts_minutes=minutes)


async def keep_draft(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """It stays for later."""
    await begin(desk, arguments)


async def keep_template(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """A copy of its words stays for the house, under a name."""
    found = await mine(desk)
    versions = Versions.from_bytes(found.letter)
    kept = Versions(original=versions.original, messages=versions.messages, name=words(arguments, "name"))
    announcement = Announcement(
        id=desk.ids.new(),
        house_id=desk.house_id,
        author_id=desk.me.id,
        letter=kept.to_bytes(),
        state=Stage.TEMPLATE,
        created_at=desk.now,
    )
    await desk.work.announcements.add(announcement)


async def drop(desk: Desk, _: Mapping[str, Value]) -> None:
    """It is thrown away."""
    found = await under_hand(desk)
    if found is not None:
        await desk.work.announcements.remove(found.id, Stage.COMPOSING)
