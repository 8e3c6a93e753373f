"""What somebody told is theirs: they see it, and take it back, at any time, everywhere."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.community.stories import removing
from bot.community.stories.removing import remove
from bot.community.stories.words import about, message_of, teller, told_to
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import NotAllowedError, Registry
from bot.policy import MEMBERS
from dialogs.messages import Message
from dialogs.values import Option, Value
from storage.repositories.stories import Story

_OLD: Final = timedelta(hours=48)


async def my_stories(desk: Desk) -> Value:
    """What the person told, newest first."""
    return tuple(
        Option(key=str(story.id), label=desk.phrase(f"my_{story.kind}_{story.state}", about=about(desk, story)))
        for story in reversed(await desk.work.stories.of(desk.me.id))
    )


async def my_story(desk: Desk) -> Value:
    """The one in `story`, as it was told."""
    story = await _mine(desk, desk.answers.get("story"))
    return message_of(story) if story is not None else Message()


async def my_story_signed(desk: Desk) -> Value:
    """How the person is called in it."""
    story = await _mine(desk, desk.answers.get("story"))
    return teller(desk, story, desk.me) if story is not None else desk.phrase("somebody_here")


async def my_story_readers(desk: Desk) -> Value:
    """For whom it was told."""
    story = await _mine(desk, desk.answers.get("story"))
    return await told_to(desk, story) if story is not None else desk.phrase("story_for_house")


async def my_story_read_long_ago(desk: Desk) -> Value:
    """Whether somebody read it longer ago than Telegram lets a message be deleted."""
    story = await _mine(desk, desk.answers.get("story"))
    voices = await desk.work.stories.voices(story.id) if story is not None else []
    return any(voice.person_id != desk.me.id and desk.now - voice.at > _OLD for voice in voices)


async def take_back_story(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """It is theirs: it goes. Raises NotAllowedError for somebody else's."""
    story = await _mine(desk, words(arguments, "story"))
    if story is None:
        raise NotAllowedError("not a story of theirs")
    await remove(desk, story)


async def left(desk: Desk, person_id: int, house_id: int) -> None:
    """Whoever leaves a house can't take anything back there any more: it goes with them."""
    for story in await desk.work.stories.of(person_id):
        if story.house_id == house_id:
            await remove(desk, story)


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    registry.fact("my_stories", MEMBERS, my_stories)
    registry.fact("my_story", MEMBERS, my_story)
    registry.fact("my_story_signed", MEMBERS, my_story_signed)
    registry.fact("my_story_readers", MEMBERS, my_story_readers)
    registry.fact("my_story_read_long_ago", MEMBERS, my_story_read_long_ago)
    registry.action("take_back_story", MEMBERS, take_back_story)
    registry.when_left(left)
    removing.register(registry)


async def _mine(desk: Desk, given: object) -> Story | None:
    if not isinstance(given, str) or not given.isdecimal():
        return None
    story = await desk.work.stories.get(int(given))
    return story if story is not None and story.person_id == desk.me.id else None
