"""How stories are put into words: what they are about, who tells them, and who is in the house."""

from collections.abc import Sequence

import orjson

from bot.community.stories.rules import signature
from bot.conversation.desk import Desk
from bot.policy import Role
from dialogs import messages
from dialogs.messages import Message
from dialogs.values import Text, Value
from storage.repositories.networks import Network
from storage.repositories.people import Person
from storage.repositories.stories import Reach, Story


def message_of(story: Story) -> Message:
    """What was told."""
    return messages.from_plain(orjson.loads(story.words))


def about(desk: Desk, story: Story) -> Text:
    """What it is about: a trigger, or the skill of a tip."""
    script = desk.library.scripts.get(story.about)
    return Text(script.dialog.title) if script is not None else desk.phrase(f"about_{story.about}")


async def about_words(desk: Desk) -> Value:
    """What `about` stands for, in a few words."""
    return desk.phrase(f"about_{desk.answers.get('about')}")


def signed_by(desk: Desk, name: str, reach: Reach) -> Text | str:
    """The name, or a word for somebody who gives none. Which house they are of is not told to others."""
    return name or desk.phrase("somebody_here" if reach == "house" else "somebody_in_network")


def teller(desk: Desk, story: Story, person: Person | None) -> Text | str:
    """How the teller wants to be called."""
    return signed_by(desk, signature(story.signed, person.name if person is not None else ""), story.reach)


async def told_to(desk: Desk, story: Story) -> Text:
    """For whom it was told, as it stands now: a house may have left its network since."""
    network, _ = await sisters(desk, story.house_id) if story.reach == "network" else (None, ())
    return desk.phrase(
        "story_for_house" if network is None else "story_for_network", network="" if network is None else network.name
    )


async def sisters(desk: Desk, house_id: int) -> tuple[Network | None, Sequence[int]]:
    """The network of a house, and its other houses; none where it stands alone."""
    network = await desk.work.networks.of_house(house_id)
    houses = await desk.work.networks.houses_of(network.id) if network is not None else []
    others = [each for each in houses if each != house_id]
    return (network, others) if others else (None, ())


async def house_mentors(desk: Desk, house_id: int) -> set[int]:
    """The mentors of a house."""
    return set(await desk.work.memberships.with_role(house_id, Role.MENTOR, desk.now))


async def house_people(desk: Desk, house_id: int) -> set[int]:
    """Those who live by the house's experience: its participants and mentors, wherever they sleep."""
    participants = await desk.work.memberships.with_role(house_id, Role.PARTICIPANT, desk.now)
    return set(participants) | await house_mentors(desk, house_id)
