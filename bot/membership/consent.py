"""What people agreed to: one purpose at a time, in a version, taken back as easily as it was given.

Asked where data leaves: at the fact that would tell it, and at the postman, just before a letter goes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.conversation.arguments import words, yes_or_no
from bot.conversation.desk import Desk
from bot.conversation.registry import FactFunction, Registry
from bot.policy import MEMBERS
from dialogs.values import Text, Value
from storage.database import Database
from storage.repositories.consents import Consent
from storage.unit_of_work import UnitOfWork


class Purpose(StrEnum):
    """What for. What nobody was asked about, they did not agree to."""

    CHECKINS = "checkins"
    """Their check-in answers are kept, for themselves."""
    WORRY = "worry"
    """A mentor may hear that they may be having a hard time."""
    SOS_WORDS = "sos_words"
    """Words they add to a call are read by those who are asked."""


VERSION = 1
"""Of the words people were first asked with."""

VERSIONS: Final[Mapping[Purpose, int]] = dict.fromkeys(Purpose, VERSION)
"""Of the words each purpose is asked with now. When their meaning changes it rises: an earlier yes counts no more,
and whoever said it is asked again when they next open the menu."""

_TOLD_TO_OTHERS: Final = frozenset({Purpose.WORRY, Purpose.SOS_WORDS})
_SHOWN: Final = 12
"""Lines of a history; the export has all of it."""


async def agreed(work: UnitOfWork, person_ids: Iterable[int], purpose: Purpose) -> set[int]:
    """Those among these people whose last word on a purpose is yes, to the words as they are now.

    Nobody whose data is restricted is among them, where the purpose is that somebody else hears of it.
    """
    current = await work.consents.current(person_ids, purpose)
    said_yes = {person for person, said in current.items() if said.given and said.version == VERSIONS[purpose]}
    if said_yes and purpose in _TOLD_TO_OTHERS:
        said_yes -= await work.people.restricted(said_yes)
    return said_yes


@dataclass(frozen=True, slots=True)
class AtTheDoorstep:
    """Asked by the postman, of each letter about a person, just before it goes."""

    database: Database

    async def agrees(self, person_id: int, purpose: str) -> bool:
        """Whether what needs their yes has it at this moment; what needs none always goes."""
        if purpose not in set(Purpose):
            return True
        async with self.database.read() as work:
            return person_id in await agreed(work, [person_id], Purpose(purpose))


async def consent(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Records a yes or a no. Raises ValueError for a purpose that is not among them."""
    purpose = Purpose(words(arguments, "purpose"))
    await desk.work.consents.record(
        Consent(
            id=desk.ids.new(),
            person_id=desk.me.id,
            purpose=purpose,
            version=VERSIONS[purpose],
            given=yes_or_no(arguments, "given"),
            at=desk.now,
        )
    )


async def consents_reworded(desk: Desk) -> Value:
    """Whether they agreed to something whose words have changed since."""
    for purpose in Purpose:
        said = (await desk.work.consents.current([desk.me.id], purpose)).get(desk.me.id)
        if said is not None and said.given and said.version < VERSIONS[purpose]:
            return True
    return False


async def consent_history(desk: Desk) -> Value:
    """Every yes and no, a line each with its day, newest first."""
    history = [said for said in await desk.work.consents.of(desk.me.id) if said.purpose in set(Purpose)]
    lines = []
    for said in reversed(history[-_SHOWN:]):
        day = format_date(
            said.at.astimezone(ZoneInfo(desk.me.zone)).date(), format="medium", locale=desk.reader.locale
        )
        answer = desk.phrase("consent_yes" if said.given else "consent_no")
        lines.append(desk.phrase("consent_line", day=day, what=purpose_name(desk, said.purpose), answer=answer))
    return "\n".join(desk.render(line) for line in lines)


def purpose_name(desk: Desk, purpose: str) -> Text:
    """What somebody agreed to, in a few words."""
    return desk.phrase(f"purpose_{purpose}")


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for purpose in Purpose:
        registry.fact(f"agreed_{purpose}", MEMBERS, _agreed_to(purpose))
    registry.fact("consents_reworded", MEMBERS, consents_reworded)
    registry.fact("consent_history", MEMBERS, consent_history)
    registry.action("consent", MEMBERS, consent)


def _agreed_to(purpose: Purpose) -> FactFunction:
    async def tell(desk: Desk) -> Value:
        return desk.me.id in await agreed(desk.work, {desk.me.id}, purpose)

    return tell
