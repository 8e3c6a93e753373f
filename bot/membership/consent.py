"""What people agreed to: one purpose at a time, in a version, taken back as easily as it was given."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.conversation.arguments import words, yes_or_no
from bot.conversation.desk import Desk
from bot.conversation.registry import FactFunction, Registry
from bot.policy import MEMBERS
from dialogs.values import Value
from storage.repositories.consents import Consent
from storage.unit_of_work import UnitOfWork

VERSION = 1
"""Of the words people are asked with. When their meaning changes it rises, and everybody is asked again."""


class Purpose(StrEnum):
    """What for. What nobody was asked about, they did not agree to."""

    CHECKINS = "checkins"
    """Their check-in answers are kept, for themselves."""
    WORRY = "worry"
    """A mentor may hear that they may be having a hard time."""
    SOS_WORDS = "sos_words"
    """Words they add to a call are read by those who are asked."""


async def agreed(work: UnitOfWork, person_ids: Iterable[int], purpose: Purpose) -> set[int]:
    """Those among these people whose last word on a purpose is yes, to the words as they are now."""
    current = await work.consents.current(person_ids, purpose)
    return {person for person, consent in current.items() if consent.given and consent.version == VERSION}


async def consent(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Records a yes or a no. Raises ValueError for a purpose that is not among them."""
    await desk.work.consents.record(
        Consent(
            id=desk.ids.new(),
            person_id=desk.me.id,
            purpose=Purpose(words(arguments, "purpose")),
            version=VERSION,
            given=yes_or_no(arguments, "given"),
            at=desk.now,
        )
    )


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for purpose in Purpose:
        registry.fact(f"agreed_{purpose}", MEMBERS, _agreed_to(purpose))
    registry.action("consent", MEMBERS, consent)


def _agreed_to(purpose: Purpose) -> FactFunction:
    async def tell(desk: Desk) -> Value:
        return desk.me.id in await agreed(desk.work, {desk.me.id}, purpose)

    return tell
