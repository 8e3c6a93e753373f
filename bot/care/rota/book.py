"""What is written down about a house's rota, read into the definitions that the rules are asked about."""

from collections.abc import Iterable
from datetime import datetime

from bot.care.rota.rules import Definitions, Override, Rotation, is_quiet
from bot.conversation.desk import Desk
from bot.policy import Role
from storage.repositories.rotas import Rota


async def definitions_of(desk: Desk, house_id: int, since: datetime | None = None) -> Definitions:
    """The rota of a house, with everything that ends after `since` (now, if not given)."""
    house = await desk.house(house_id)
    mentors = await desk.work.memberships.with_role(house_id, Role.MENTOR, desk.now)
    staff = await desk.work.memberships.with_role(house_id, Role.STAFF, desk.now)
    rota = await desk.work.rotas.get(house_id)
    stand_ins = await desk.work.rotas.stand_ins_of(house_id, since or desk.now)
    said = await desk.work.availability.of({*mentors, *staff})
    return Definitions(
        zone=house.zone,
        everybody=tuple(mentors),
        rotation=rotation_of(rota) if rota is not None else None,
        overrides=tuple(
            Override(
                person=each.person_id,
                instead_of=each.instead_of,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
            )
            for each in stand_ins
            if each.state == "agreed"
        ),
        able=frozenset({*mentors, *staff}),
        away={each.person_id: each.away_until for each in said.values() if each.away_until is not None},
    )


def rotation_of(rota: Rota) -> Rotation | None:
    """A rota's turns; None where nobody stands in it any more."""
    if not rota.people:
        return None
    return Rotation(people=rota.people, starts_on=rota.starts_on, days=rota.days, handover=rota.handover)


async def away_at(desk: Desk, people: Iterable[int], at: datetime) -> set[int]:
    """Those among these people who said they are away at this moment."""
    said = await desk.work.availability.of(people)
    return {each.person_id for each in said.values() if each.away_until is not None and at < each.away_until}


async def quiet_at(desk: Desk, people: Iterable[int], at: datetime) -> set[int]:
    """Those among these people in whose quiet hours, on their own clock, this moment lies."""
    said = await desk.work.availability.of(people)
    known = await desk.people(said)
    return {
        person.id
        for person in known.values()
        if (hours := (said[person.id].quiet_from, said[person.id].quiet_until)) != (None, None)
        and is_quiet((hours[0] or 0, hours[1] or 0), person.zone, at)
    }
