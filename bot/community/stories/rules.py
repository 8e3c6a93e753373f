"""Stories, as rules: who reads one first, when it may be shown, and which is shown next. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from dialogs.messages import Message
from storage.repositories.stories import Signed, Story, Voice

TRIGGERS: Final = (
    "craving", "stress", "anxiety", "anger", "loneliness", "mood", "boredom", "sleep", "pressure", "conflict",
)  # fmt: skip
"""What a story can be about: the same that “What's going on?” asks, and that skills help with."""

NEEDED: Final = 2
"""So many of the house say yes before anybody else sees it, at least one of them a mentor. (issue 7)"""

MENTORS_ASKED, PEERS_ASKED = 3, 3
"""Asked at first; more than one of each, because people sleep, and not everybody, because it is still private."""


def joined(parts: Iterable[Message | None]) -> Message:
    """What was told in several steps, as one: the words under one another, the files in their order."""
    told = [part for part in parts if part is not None]
    return Message(
        text="\n\n".join(part.text.strip() for part in told if part.text.strip()),
        files=tuple(file for part in told for file in part.files),
    )


def tells(message: Message) -> bool:
    """Whether somebody could follow it: it has words, or a voice. A photo alone says nothing of how it was done."""
    return bool({"text", "voice", "video_note", "video"} & set(message.media))


def first_readers(story: int, mentors: Collection[int], members: Collection[int], teller: int) -> tuple[int, ...]:
    """Whom to ask, the teller aside: some mentors and some others, in turns that the story's number decides."""
    able = sorted(set(mentors) - {teller})
    others = sorted(set(members) - set(able) - {teller})
    return (*_turned(able, story)[:MENTORS_ASKED], *_turned(others, story)[:PEERS_ASKED])


def enough_readers(mentors: Collection[int], members: Collection[int], teller: int) -> bool:
    """Whether there is a mentor and somebody else who could say yes."""
    able = set(mentors) - {teller}
    return bool(able) and len(able | (set(members) - {teller})) >= NEEDED


def agreed(voices: Iterable[Voice], mentors: Collection[int]) -> bool:
    """Whether it may be shown: enough said yes, a mentor among them."""
    yes = {voice.person_id for voice in voices if voice.says == "yes"}
    return len(yes) >= NEEDED and bool(yes & set(mentors))


def next_to_show(stories: Sequence[Story], mine: Iterable[Voice], helped: Mapping[int, int]) -> Story | None:
    """The one that this person has not seen, of those the one that helped most; then the one seen longest ago."""
    seen = {voice.story_id: place for place, voice in enumerate(mine) if voice.says == "seen"}
    return min(stories, key=lambda story: (seen.get(story.id, -1), -helped.get(story.id, 0), story.id), default=None)


def signature(signed: Signed, name: str) -> str:
    """How the teller wants to be called; empty: not at all."""
    match signed:
        case "name":
            return name
        case "letter":
            return f"{name[:1]}." if name else ""
        case "nobody":
            return ""


def _turned(people: Sequence[int], by: int) -> Sequence[int]:
    start = by % len(people) if people else 0
    return [*people[start:], *people[:start]]
