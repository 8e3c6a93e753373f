"""The house's book: people who joined long before the story begins."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.app import App
from bot.ids import Ids, RandomIds
from bot.membership.consent import VERSION, Purpose
from bot.policy import Role
from storage.repositories.consents import Consent
from storage.repositories.houses import House
from storage.repositories.memberships import Grant, Membership
from storage.repositories.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """Who somebody is in the house."""

    name: str
    role: Role
    locale: str = "en"


def role_of(word: str) -> Role:
    """The role behind “participant”, “mentor”, “staff”."""
    return Role(word)


async def let_in(
    app: App, house_name: str, zone: str, people: Mapping[int, Newcomer], *, ids: Ids | None = None
) -> None:
    """Writes people, by Telegram id, into a house that is made on first use. Participants agreed to everything.

    Who fills many houses while the clock stands still hands in one maker of `ids` for all of them: two might draw the
    same machine's number, and then make the same ids.
    """
    now = app.clock.now()
    ids = ids or RandomIds(app.clock.now)
    async with app.database.write() as work:
        house = await work.houses.by_name(house_name)
        if house is None:
            house = House(
                id=ids.new(),
                name=house_name,
                country="US",
                zone=zone,
                created_at=now,
                address="12 Example Street",
                phone="+1 555 0100",
                naloxone="the red box by the kitchen door",
            )
            await work.houses.add(house)
        for telegram_id, who in people.items():
            person = Person(
                id=ids.new(), telegram_id=telegram_id, name=who.name, locale=who.locale, zone=zone, joined_at=now
            )
            await work.people.add(person)
            grant = Grant(id=ids.new(), person_id=person.id, house_id=house.id, role=who.role.value, since=now)
            await work.memberships.grant(grant)
            if who.role is not Role.PARTICIPANT:
                continue
            await work.memberships.add(
                Membership(id=ids.new(), person_id=person.id, house_id=house.id, standing="resident", since=now)
            )
            for purpose in Purpose:
                await work.consents.record(
                    Consent(
                        id=ids.new(), person_id=person.id, purpose=purpose.value, version=VERSION, given=True, at=now
                    )
                )
        await work.commit()
