"""The homes a call reaches: each that the person belonged to when it opened. It is one call all the same."""

from collections.abc import Iterable

from bot.care.alerts.rules import plan_from_json
from bot.conversation.desk import Desk
from bot.conversation.standings import standings_in
from storage.repositories.alerts import Alert


async def mine(desk: Desk) -> tuple[int, ...]:
    """The homes of the person at the desk, the one the conversation is about first.

    Who only has a role over a network belongs to none of its houses: their call opens where they are.
    """
    places = (await desk.work.memberships.places_of({desk.me.id}, desk.now)).get(desk.me.id, ())
    others = [each.house_id for each in places if each.is_home and each.house_id != desk.house_id]
    return (desk.house_id, *others)


def of(alert: Alert) -> tuple[int, ...]:
    """Those a call reaches, as they were frozen with its plan; first the one it was opened in."""
    also = {house for step in plan_from_json(alert.plan) for house in step.houses}
    return (alert.house_id, *sorted(also - {alert.house_id}))


async def shared(desk: Desk, alert: Alert, people: Iterable[int]) -> dict[int, int]:
    """In which of a call's homes each of these people is somebody now; who is in none of them is missing."""
    wanted, found = list(people), dict[int, int]()
    for house_id in of(alert):
        for person_id, standing in (await standings_in(desk, house_id, wanted)).items():
            if standing.joined:
                found.setdefault(person_id, house_id)
    return found


async def of_each(desk: Desk, alert: Alert, people: Iterable[int]) -> dict[int, int]:
    """In which of a call's homes each of these is asked: the one it was opened in, for who is in none of them."""
    wanted = list(people)
    found = await shared(desk, alert, wanted) if len(of(alert)) > 1 else {}
    return {each: found.get(each, alert.house_id) for each in wanted}


async def here(desk: Desk, alert: Alert) -> int:
    """The one in which the person at the desk has to do with the call: the book of that house tells of it."""
    return (await shared(desk, alert, [desk.me.id])).get(desk.me.id, alert.house_id)
