"""A story goes: from the house's book at once, and out of people's chats as far as Telegram lets a bot reach."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.conversation import cards
from bot.conversation.desk import Desk, reader_of
from bot.conversation.inbound import RowDue
from bot.conversation.registry import Registry
from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand
from bot.delivery.promises import Kind
from dialogs.values import Text
from storage.repositories.letters import Shown
from storage.repositories.stories import Story

STORY, ASK = "story", "story_ask"
TIMER: Final = "story_gone"

YOUNG: Final = timedelta(hours=48) - timedelta(minutes=5)
"""Telegram lets a bot delete a message for 48 hours; a little less, as the letter has its own way to go."""

_ON_ITS_WAY: Final = timedelta(minutes=2)
"""What was being sent at that moment has arrived by then."""

_AT_ONCE: Final = 100  # Telegram's own


def references(row: int) -> Sequence[str]:
    """How the outbox names every letter that shows a story, to whomever."""
    return [name for card in (STORY, ASK) for name in (cards.reference(card, row), cards.shown_with(card, row))]


async def remove(desk: Desk, story: Story) -> None:
    """Nothing of it is kept, and what was sent is taken back."""
    await desk.work.stories.remove(story.id)
    await take_from_chats(desk, story.id)
    desk.timer(TIMER, story.id, fence=0, due_at=desk.now + _ON_ITS_WAY)


async def still_on_its_way(desk: Desk, due: RowDue) -> None:
    """What arrived while it was being taken back goes, too."""
    await take_from_chats(desk, due.row)


async def take_from_chats(desk: Desk, row: int) -> None:
    """Young messages are deleted. Older ones lose their words; a photo or a voice of then, a bot can't reach."""
    found = await desk.work.outbox.of_cards(references(row))
    people = await desk.people({each.recipient_id for each in found})
    by_person: defaultdict[int, dict[int, Shown]] = defaultdict(dict)
    for each in found:
        if each.message_id is not None:
            by_person[each.recipient_id].setdefault(each.message_id, each)
    for person_id, messages in by_person.items():
        person = people.get(person_id)
        if person is None:
            continue
        young = [each.message_id for each in messages.values() if is_young(each.settled_at, desk.now)]
        errands = [
            Errand(letter=Letter(text="-"), takes_back=tuple(filter(None, young[start : start + _AT_ONCE])))
            for start in range(0, len(young), _AT_ONCE)
        ]
        words = desk.render(Text(desk.library.phrases["story_gone"]), reader_of(person))
        errands += [
            Errand(letter=Letter(text=words), edits=each.message_id)
            for each in messages.values()
            if each.message_id not in young and ".shown:" not in each.card
        ]
        for errand in errands:
            desk.send_to(person, errand, Kind.REPLY, purpose="story", stream=f"gone:{row}")
    await desk.work.outbox.forget_cards(references(row))


def is_young(sent: datetime | None, now: datetime) -> bool:
    """Whether a message can still be deleted."""
    return sent is not None and now - sent < YOUNG


def register(registry: Registry) -> None:
    """Adds the second look."""
    registry.timer(TIMER, still_on_its_way)
