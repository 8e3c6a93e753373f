"""Thirty houses run together: one announcement to all of them, each at its own time, and nobody gets it twice."""

from collections import Counter

from bot.house.networks import make_network
from bot.ids import RandomIds
from bot.policy import Role
from tests.acceptance.alerts.test_network import RIVER, joins_the_network
from tests.support.house import NAME, ZONE, House
from tests.support.membership import Newcomer, let_in
from tests.support.somebody import Somebody

HOUSES = 30


async def thirty_houses(house: House) -> list[Somebody]:
    """Maple House with thirty people; twenty-nine more, in two zones, with one who never opened the bot's chat."""
    people = await house.crowd(HOUSES)
    names = [NAME, *(f"House {number}" for number in range(1, HOUSES))]
    for number, (name, person) in enumerate(zip(names[1:], people[1:], strict=True)):
        zone = "America/Los_Angeles" if number % 2 else ZONE
        await let_in(house.app, name, zone, {person.id + 5_000: Newcomer(name=f"Lou{number}", role=Role.STAFF)})
    ids, now = RandomIds(house.app.clock.now), house.app.clock.now()
    async with house.app.database.write() as work:
        await make_network(work, ids, now, name=RIVER, houses=names)
        known = await work.people.find_many([each.id for each in people])
        places = {each.name: each for each in await work.houses.all()}
        await work.commit()
    assert len(known) == HOUSES
    assert len(places) == HOUSES
    return people


async def test_the_network_of_thirty_houses_hears_it_once_each(house: House) -> None:
    people = await thirty_houses(house)
    ruth = await joins_the_network(house, Role.STAFF, "Ruth")
    await ruth.has_read_everything()
    await ruth.writes("/announce")
    await house.at_rest()
    await ruth.taps(NAME)
    await ruth.sees("What would you like to tell everyone in Maple House?")
    await ruth.writes("The picnic of all our houses is on Sunday.")
    await ruth.sees("This is how it will look:")
    await ruth.taps("👥 To whom", "Several houses", "All of them")
    preview = await ruth.sees("This is how it will look:", "in ")
    send = next(label for label in preview.labels if label.startswith("Send to"))
    await ruth.taps(send)
    await house.later(seconds=5)
    for each in people:
        [heard] = await each.unread()
        assert "The picnic of all our houses" in heard.text
        await each.has_read_everything()
    # In the west it is six in the morning: their houses sleep for another hour.
    waiting = await outcomes(house, "sending")
    assert waiting == Counter(sent=HOUSES, unreachable=HOUSES // 2, waiting=HOUSES // 2 - 1)
    await house.later(hours=1)
    await house.later(seconds=3)
    assert await outcomes(house, "done") == Counter(sent=HOUSES, unreachable=HOUSES - 1)
    await ruth.has_read_everything()


async def outcomes(house: House, state: str) -> Counter[str]:
    """How many people have which outcome; nobody has two."""
    async with house.app.database.read() as work:
        [announcement] = await work.announcements.in_state(state)
        lines = await work.recipients.of(announcement.id)
    assert len({line.person_id for line in lines}) == len(lines)
    return Counter(line.outcome for line in lines)
