"""Before others see a story, two of its house read it, one of them a mentor; they are shown what to look at."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from bot import policy
from bot.community.stories.flags import Flag, flags
from bot.community.stories.removing import remove
from bot.community.stories.rules import agreed, first_readers
from bot.community.stories.telling_them import tell_teller
from bot.community.stories.words import about, house_mentors, house_people, message_of, teller, told_to
from bot.conversation import cards
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.conversation.lines import a_line_each
from bot.conversation.registry import Appearance, CardKind, Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from bot.membership import trail
from bot.membership.trail import What
from bot.policy import RESPONDERS
from dialogs.messages import Message
from dialogs.texts import Reader
from dialogs.values import Text, Value
from storage.problems import Conflict
from storage.repositories.stories import Says, Story, Voice

CARD: Final = "story_ask"
TIMER: Final = "story_unread"

_WAITS: Final = timedelta(days=3)
"""Unread for so long, it goes to everybody else who could read it, once."""


async def ask(desk: Desk, story: Story) -> None:
    """Asks its first readers; some days later, everybody else of the house."""
    mentors, people = await house_mentors(desk, story.house_id), await house_people(desk, story.house_id)
    await _show(desk, story, first_readers(story.id, mentors, people, story.person_id))
    desk.timer(TIMER, story.id, fence=0, due_at=desk.now + _WAITS)


async def unread(desk: Desk, due: RowDue) -> None:
    """It still waits: the others of the house are asked too."""
    story = await desk.work.stories.get(due.row)
    if story is None or story.state != "asked":
        return
    asked = {each.recipient_id for each in await desk.work.outbox.of_cards([cards.reference(CARD, story.id)])}
    people = await house_people(desk, story.house_id)
    await _show(desk, story, sorted(people - asked - {story.person_id}))


async def say_yes(desk: Desk, row: int) -> None:
    """Somebody finds it good to be shown. With the last yes that was needed, it is."""
    story = await _say(desk, row, "yes")
    if agreed(await desk.work.stories.voices(row), await house_mentors(desk, story.house_id)):
        if not await desk.work.stories.show(row, desk.now):
            raise Conflict("the story was decided meanwhile")
        await tell_teller(desk, story, "story_is_shown")
        await _refresh_others(desk, row)


async def say_no(desk: Desk, row: int) -> None:
    """Somebody finds that something should change first: nobody else sees it, nothing of it is kept."""
    story = await _say(desk, row, "no")
    await tell_teller(desk, story, f"{story.kind}_should_change")
    await remove(desk, story)
    # The card goes with the story, so the thanks stand on their own.
    thanks = Letter(text=desk.render(Text(desk.library.cards[CARD].faces["read"].say)))
    desk.send(Errand(letter=thanks), Kind.REPLY, purpose="story")


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """What whoever is asked sees."""
    story = await desk.work.stories.get(row)
    if story is None or viewer == story.person_id:
        return None
    said = {voice.says for voice in await desk.work.stories.voices(row) if voice.person_id == viewer}
    if said & {"yes", "no"}:
        return Appearance("read", {})
    if story.state != "asked":
        return Appearance("over", {})
    people = await desk.people([viewer, story.person_id])
    message = message_of(story)
    reader = reader_of(people[viewer]) if viewer in people else desk.reader
    values: dict[str, Value] = {
        "teller": teller(desk, story, people.get(story.person_id)),
        "about": about(desk, story),
        "readers": await told_to(desk, story),
        "words": message.text,
        "flags": await _flagged(desk, story, message, reader),
    }
    return Appearance(story.kind, values, shows=Message(files=message.files) if message.files else None)


async def house_of(desk: Desk, row: int) -> int | None:
    """The house in which it was told."""
    story = await desk.work.stories.get(row)
    return None if story is None else story.house_id


KIND: Final = CardKind(
    name=CARD,
    who=policy.MEMBERS,
    house=house_of,
    look=look,
    presses={"story_yes": say_yes, "story_no": say_no},
)


def register(registry: Registry) -> None:
    """Adds the card, and what happens when nobody reads it."""
    registry.card(KIND)
    registry.timer(TIMER, unread)


async def _show(desk: Desk, story: Story, people: Iterable[int]) -> None:
    await cards.show(desk, KIND, story.id, people, Kind.REPLY, purpose="story", about=story.person_id)


async def _say(desk: Desk, row: int, says: Says) -> Story:
    await desk.work.stories.hold(row)
    story = await desk.work.stories.get(row)
    if story is None or story.state != "asked":
        raise Conflict("the story was decided meanwhile")
    voice = Voice(id=desk.ids.new(), story_id=row, person_id=desk.me.id, says=says, at=desk.now)
    if not await desk.work.stories.say(voice):
        raise Conflict("they have said so before")
    if policy.may(desk.standing, RESPONDERS):
        await trail.note(desk, What.STORY_READ, house_id=story.house_id)
    return story


async def _refresh_others(desk: Desk, row: int) -> None:
    asked = {each.recipient_id for each in await desk.work.outbox.of_cards([cards.reference(CARD, row)])}
    await cards.refresh(desk, KIND, row, asked - {desk.me.id})


async def _flagged(desk: Desk, story: Story, message: Message, reader: Reader) -> str:
    """What to look at, a line a sign; nothing where nothing stands out."""
    others = await house_people(desk, story.house_id) - {story.person_id}
    found = flags(message, [person.name for person in (await desk.people(others)).values()])
    signs = dict.fromkeys(flag.sign for flag in found)
    lines = [desk.phrase(f"flag_{sign}", words=_quoted(sign, found)) for sign in signs]
    if not lines:
        return ""
    return desk.render(desk.phrase("flags", lines=a_line_each(lines)), reader)


def _quoted(sign: str, found: Iterable[Flag]) -> tuple[Text, ...]:
    return tuple(Text("“{words}”", {"words": flag.words}) for flag in found if flag.sign == sign)
