"""Telling people that their data got out: everybody it may concern, in their language, once."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.delivery.letters import Letter
from bot.delivery.outgoing import Errand, Outgoing
from bot.delivery.postman import NOTICE
from bot.delivery.promises import Kind
from bot.ids import Ids
from bot.membership import trail
from bot.membership.trail import What
from storage.repositories.houses import House
from storage.repositories.people import Person
from storage.unit_of_work import UnitOfWork

LASTS: Final = timedelta(days=30)
"""How long it is tried: whoever comes back to Telegram within a month still reads it."""

_AT_ONCE: Final = 500
_GONE: Final = frozenset({"blocked", "deactivated"})


@dataclass(frozen=True, slots=True)
class Affected:
    """Who is to be told: those Telegram lets us write to, and those who must be told another way."""

    reached: tuple[Person, ...]
    unreached: tuple[Person, ...]

    def by_language(self, texts: Mapping[str, str]) -> Counter[str]:
        """How many read it in each language."""
        return Counter(language_of(person, texts) for person in self.reached)


def language_of(person: Person, texts: Mapping[str, str]) -> str:
    """The language a person reads it in: their own if the notice has it, else English."""
    return person.locale if person.locale in texts else "en"


async def affected(work: UnitOfWork, house: House | None) -> Affected:
    """Everybody we know something of; of one house, everybody who ever belonged to it, for that is kept too."""
    ids = await work.people.all_ids() if house is None else sorted(await work.memberships.ever_of(house.id))
    people: list[Person] = []
    for start in range(0, len(ids), _AT_ONCE):
        people += (await work.people.get_many(ids[start : start + _AT_ONCE])).values()
    return Affected(
        reached=tuple(each for each in people if each.reach not in _GONE),
        unreached=tuple(each for each in people if each.reach in _GONE),
    )


async def tell(
    work: UnitOfWork, ids: Ids, now: datetime, people: Affected, texts: Mapping[str, str], *, house: House | None
) -> None:
    """Puts the notice into the outbox for each of them, and a line into the trail of the house, or of each house."""
    letters = [
        Outgoing(
            id=ids.new(),
            kind=Kind.ANNOUNCEMENT,
            errand=Errand(letter=Letter(text=texts[language_of(person, texts)])),
            purpose=NOTICE,
            stream=NOTICE,
            not_before=now,
            created_at=now,
            expires_at=now + LASTS,
            recipient_id=person.id,
        )
        for person in people.reached
    ]
    for start in range(0, len(letters), _AT_ONCE):
        await work.outbox.add_many([letter.stored() for letter in letters[start : start + _AT_ONCE]])
    for each in [house] if house is not None else await work.houses.all():
        await trail.record(work, ids, now, What.BREACH_TOLD, house_id=each.id)
