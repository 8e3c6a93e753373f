"""Telling a story, or a tip: what was said in steps becomes one, and is handed to those who read it first."""

from collections.abc import Mapping, Sequence
from typing import Final

import orjson

from bot.community.stories import approving
from bot.community.stories.rules import TRIGGERS, enough_readers, joined, signature, tells
from bot.community.stories.words import about_words, house_mentors, house_people, signed_by, sisters
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs import messages
from dialogs.messages import Message
from dialogs.values import Value
from storage.repositories.stories import Reach, Signed, Story, StoryKind

STEPS: Final = ("happened", "did", "came", "more")
"""The answers that a story is made of, in the order in which it is read."""

_SIGNED: Final[Mapping[str, Signed]] = {"name": "name", "letter": "letter", "nobody": "nobody"}
_REACH: Final[Mapping[object, Reach]] = {"house": "house", "network": "network"}


async def story_can_be_read(desk: Desk) -> Value:
    """Whether the house has a mentor and somebody else who could read it first."""
    mentors, people = await house_mentors(desk, desk.house_id), await house_people(desk, desk.house_id)
    return enough_readers(mentors, people, desk.me.id)


async def story_tells(desk: Desk) -> Value:
    """Whether what was told so far has words, or a voice, in it."""
    return tells(_told(desk))


async def story_told(desk: Desk) -> Value:
    """What was told so far, as its readers will find it."""
    return _told(desk)


async def story_signed(desk: Desk) -> Value:
    """How the teller will be called, as chosen in `signed`."""
    chosen = _SIGNED.get(str(desk.answers.get("signed")), "nobody")
    return signed_by(desk, signature(chosen, desk.me.name), _REACH.get(desk.answers.get("reach"), "house"))


async def story_letter(desk: Desk) -> Value:
    """The first letter of the person's name."""
    return signature("letter", desk.me.name)


async def story_network(desk: Desk) -> Value:
    """The network whose other houses could see it; none where the house stands alone."""
    network, _ = await sisters(desk, desk.house_id)
    return None if network is None else network.name


async def tell_story(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Keeps a story, and asks its first readers. Raises ValueError for one about nothing, or that tells nothing."""
    about = words(arguments, "about")
    if about not in TRIGGERS:
        raise ValueError(f"{about} is not what a story can be about")
    parts = [value for name in STEPS if isinstance(value := arguments.get(name), Message)]
    reach = _REACH.get(arguments.get("reach"), "house")
    await _keep(desk, "story", about, words(arguments, "signed"), joined(parts), reach=reach)


async def tell_tip(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Keeps a tip about a skill, and asks its first readers. Raises ValueError for what is no skill."""
    skill = words(arguments, "skill")
    if skill not in {each.dialog for each in desk.library.skills}:
        raise ValueError(f"{skill} is not a skill")
    await _keep(
        desk, "tip", skill, words(arguments, "signed"), Message(text=words(arguments, "words")), reach="house"
    )


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    registry.fact("story_can_be_read", MEMBERS, story_can_be_read)
    registry.fact("story_tells", MEMBERS, story_tells)
    registry.fact("story_told", MEMBERS, story_told)
    registry.fact("story_signed", MEMBERS, story_signed)
    registry.fact("story_letter", MEMBERS, story_letter)
    registry.fact("story_network", MEMBERS, story_network)
    registry.fact("about_words", MEMBERS, about_words)
    registry.action("tell_story", MEMBERS, tell_story)
    registry.action("tell_tip", MEMBERS, tell_tip)


def _told(desk: Desk) -> Message:
    return joined(_parts(desk))


def _parts(desk: Desk) -> Sequence[Message]:
    return [value for name in STEPS if isinstance(value := desk.answers.get(name), Message)]


async def _keep(desk: Desk, kind: StoryKind, about: str, signed: str, message: Message, *, reach: Reach) -> None:
    if not tells(message):
        raise ValueError("a story has words, or a voice, in it")
    story = Story(
        id=desk.ids.new(),
        person_id=desk.me.id,
        house_id=desk.house_id,
        kind=kind,
        about=about,
        signed=_SIGNED[signed],
        reach=reach,
        state="asked",
        told_at=desk.now,
        words=orjson.dumps(messages.to_plain(message)),
    )
    await desk.work.stories.add(story)
    await approving.ask(desk, story)
