"""Before a dialog sees what somebody wrote, it is judged: is somebody in danger? And what that opens.

The judging is handed in (see bot/care/screening); here is what the conversation makes of it. A node that asks for
hard words by design is answered first and asked about then, and never alarms. What staff compose is not judged.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from bot.conversation.desk import Desk
from bot.conversation.inbound import Edited, Given
from bot.conversation.reading import open_at
from dialogs.inputs import MediaSent, TextSent
from dialogs.model import AskNode
from dialogs.values import Plain
from storage.repositories.house_words import HouseWord

CRISIS, SOMEONE_NOW, HELP_NOW = "crisis", "someone_now", "help_now"
"""The dialogs that are opened."""

REST_TIMER: Final = "someone_now_rest"
"""While it runs, nobody is asked again because of mere gloom."""

_REST: Final = timedelta(hours=12)
_UNHEARD: Final = frozenset({"voice", "video_note"})
_COMPOSING: Final = frozenset(
    {"announce", "announce_look", "announcement_change", "events", "house_words", "own_dialogs"}
)
"""Dialogs in which staff write to others: their words are not about themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What words may mean: which kind of danger, whether people are asked at once, and what silence would mean."""

    kind: str
    rule: str
    """Which rule spoke: a name of ours, that holds nothing of the message."""
    words: str
    """The words it spoke about, so that it can be explained to whoever may see them."""
    crisis: bool
    danger: bool
    """Whether "Do you want someone now?", left unanswered, becomes an alert."""

    @property
    def grounds(self) -> Mapping[str, Plain]:
        """What a call that it opens is told."""
        return {"kind": self.kind, "rule": self.rule, "words": self.words}


Screening: TypeAlias = Callable[[str, str, Sequence[HouseWord]], Judgement | None]
"""Judges words, given the language of whoever wrote them and what words mean in their house; None: ordinary."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The dialog that a judgement opens. `answered_first`: the open question gets its answer before it is parked."""

    dialog: str
    parameters: Mapping[str, Plain]
    answered_first: bool = False


def unscreened(words: str, language: str, house: Sequence[HouseWord]) -> Judgement | None:
    """Judges nothing: for conversations in which nobody is."""
    del words, language, house
    return None


def words_of(given: Given) -> str:
    """What was written, in a message, under a picture, or instead of what stood there before."""
    match given:
        case MediaSent(caption=words, options=options):
            return "\n".join((words, *options))
        case TextSent(text=words) | Edited(text=words):
            return words
        case _:
            return ""


def unheard(desk: Desk, given: Given) -> Opening | None:
    """What a voice opens that nobody reads: what is said in it can't be screened, so the question is asked.

    None where it is something to look at, or where a question about danger is open already.
    """
    place = desk.progress.place if not desk.idle else None
    asked = place is not None and place.dialog in {CRISIS, SOMEONE_NOW}
    if not isinstance(given, MediaSent) or given.kind not in _UNHEARD or asked or not desk.standing.joined:
        return None
    return Opening(dialog=SOMEONE_NOW, parameters={"danger": False, "unheard": True})


async def opening(desk: Desk, judgement: Judgement) -> Opening | None:
    """What a judgement opens for the person at the desk; None when there is nothing more to do."""
    place = desk.progress.place if not desk.idle else None
    if place is not None and place.dialog in _COMPOSING:
        return None
    if not desk.standing.joined:
        return Opening(dialog=HELP_NOW, parameters={}) if judgement.crisis else None
    match open_at(desk):
        case (_, AskNode(expects="hard_words")):
            hard_words = True
        case _:
            hard_words = False
    if judgement.crisis and not hard_words:
        return Opening(dialog=CRISIS, parameters=judgement.grounds)
    if place is not None and place.dialog in {CRISIS, SOMEONE_NOW}:
        return None
    if await desk.work.alerts.open_for(desk.me.id):
        return None  # people are asked already
    danger = judgement.danger or judgement.crisis
    if not danger:
        if any(timer.kind == REST_TIMER for timer in await desk.work.timers.of([desk.me.id])):
            return None
        desk.timer(REST_TIMER, desk.me.id, fence=0, due_at=desk.now + _REST)
    return Opening(
        dialog=SOMEONE_NOW, parameters={**judgement.grounds, "danger": danger}, answered_first=place is not None
    )
