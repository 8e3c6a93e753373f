"""A story is shown to whoever wants one, as a card: they can say that it helped, and its teller hears it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from bot import policy
from bot.care.skills.practice import ratings
from bot.care.skills.seen import done
from bot.community.stories.inviting import tell_now
from bot.community.stories.rules import TRIGGERS, next_to_show
from bot.community.stories.telling_them import tell_teller
from bot.community.stories.words import about, message_of, sisters, teller
from bot.conversation import cards
from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Appearance, CardKind, NotAllowedError, Registry
from bot.delivery.promises import Kind
from bot.policy import MEMBERS
from dialogs.messages import Message
from dialogs.values import Value
from storage.repositories.stories import Says, Story, StoryKind, Voice

CARD: Final = "story"


async def story_there(desk: Desk) -> Value:
    """Whether there is one about `about` that the person did not tell themselves."""
    return await _next(desk, "story", (str(desk.answers.get("about")),)) is not None


async def after_skill(desk: Desk) -> Value:
    """What is worth offering after the skill in `skill`: a story, a tip, to tell a story or a tip; or nothing.

    To tell one's own is asked only where it helped: a tip the second time, a story when the skill has become theirs.
    """
    skill = str(desk.answers.get("skill"))
    if await _unseen(desk, "story", await _triggers(desk, skill)) is not None:
        return "story"
    if await _unseen(desk, "tip", (skill,)) is not None:
        return "tip"
    mine = [practice for practice in await desk.work.practices.of(desk.me.id) if practice.skill == skill]
    rated = ratings(mine[-1]) if mine else None
    told = {(story.kind, story.about) for story in await desk.work.stories.of(desk.me.id)}
    if rated is None or rated[1] >= rated[0]:
        return None
    new = not any(kind == "story" for kind, _ in told) and await tell_now(desk)
    if new and any(one.skill == skill and one.theirs for one in await done(desk)):
        return "tell_story"
    return "tell_tip" if len(mine) > 1 and ("tip", skill) not in told else None


async def show_story(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Shows one about this: the one the person has not seen that helped most; then the one seen longest ago."""
    await _show(desk, await _next(desk, "story", (words(arguments, "about"),)))


async def show_after_skill(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Shows a story, or a tip, that fits a skill."""
    skill, kind = words(arguments, "skill"), words(arguments, "kind")
    if kind == "tip":
        await _show(desk, await _next(desk, "tip", (skill,)))
    else:
        await _show(desk, await _next(desk, "story", await _triggers(desk, skill)))


async def helped(desk: Desk, row: int) -> None:
    """Somebody says that it helped: the teller hears it, once a person."""
    story = await desk.work.stories.get(row)
    if story is None:
        raise NotAllowedError("the story is gone")
    if await _voice(desk, story, "helped"):
        await tell_teller(desk, story, f"{story.kind}_helped")


async def look(desk: Desk, row: int, viewer: int) -> Appearance | None:
    """The story as its readers see it: in its house, and, where it was told to the network, in the sister houses."""
    story = await desk.work.stories.get(row)
    if story is None or story.state != "shown":
        return None
    message = message_of(story)
    person = (await desk.people([story.person_id])).get(story.person_id)
    thanked = any(
        voice.person_id == viewer and voice.says == "helped" for voice in await desk.work.stories.voices(row)
    )
    values: dict[str, Value] = {
        "teller": teller(desk, story, person),
        "about": about(desk, story),
        "words": message.text,
    }
    face = f"{story.kind}_thanked" if thanked or viewer == story.person_id else story.kind
    return Appearance(face, values, shows=Message(files=message.files) if message.files else None)


async def house_of(desk: Desk, row: int) -> int | None:
    """The house in which it was told."""
    story = await desk.work.stories.get(row)
    return None if story is None else story.house_id


async def shared_with(desk: Desk, row: int) -> Sequence[int]:
    """The other houses that may see it: those that are in its house's network now, if it was told to the network."""
    story = await desk.work.stories.get(row)
    return (await sisters(desk, story.house_id))[1] if story is not None and story.reach == "network" else ()


KIND: Final = CardKind(
    name=CARD,
    who=policy.MEMBERS,
    house=house_of,
    look=look,
    presses={"story_helped": helped},
    also=shared_with,
)


def register(registry: Registry) -> None:
    """Adds what this part tells and does."""
    registry.fact("story_there", MEMBERS, story_there)
    registry.fact("after_skill", MEMBERS, after_skill)
    registry.action("show_story", MEMBERS, show_story)
    registry.action("show_after_skill", MEMBERS, show_after_skill)
    registry.card(KIND)


async def _triggers(desk: Desk, skill: str) -> tuple[str, ...]:
    script = desk.library.scripts.get(skill)
    helps = script.dialog.helps_with if script is not None else ()
    return tuple(each for each in helps if each in TRIGGERS)


async def _others(desk: Desk, kind: StoryKind, abouts: tuple[str, ...]) -> list[Story]:
    """Those that may be shown: not one's own, and nobody's who wants what is theirs kept and not used."""
    _, others = await sisters(desk, desk.house_id)
    found = await desk.work.stories.shown(desk.house_id, kind, abouts, sisters=others)
    stories = [each for each in found if each.person_id != desk.me.id]
    restricted = await desk.work.people.restricted({each.person_id for each in stories}) if stories else set()
    return [each for each in stories if each.person_id not in restricted]


async def _next(desk: Desk, kind: StoryKind, abouts: tuple[str, ...]) -> Story | None:
    stories = await _others(desk, kind, abouts)
    helped_by: Counter[int] = Counter()
    for story in stories:
        helped_by[story.id] = sum(voice.says == "helped" for voice in await desk.work.stories.voices(story.id))
    return next_to_show(stories, await desk.work.stories.voices_of(desk.me.id), helped_by)


async def _unseen(desk: Desk, kind: StoryKind, abouts: tuple[str, ...]) -> Story | None:
    seen = {voice.story_id for voice in await desk.work.stories.voices_of(desk.me.id) if voice.says == "seen"}
    return next((each for each in await _others(desk, kind, abouts) if each.id not in seen), None)


async def _show(desk: Desk, story: Story | None) -> None:
    if story is None:
        return  # it was taken back in this very moment; the dialog goes on
    await _voice(desk, story, "seen")
    await cards.show(desk, KIND, story.id, [desk.me.id], Kind.REPLY, purpose="story", about=story.person_id)


async def _voice(desk: Desk, story: Story, says: Says) -> bool:
    return await desk.work.stories.say(
        Voice(id=desk.ids.new(), story_id=story.id, person_id=desk.me.id, says=says, at=desk.now)
    )
