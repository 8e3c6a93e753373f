"""Somebody who has moved on keeps what is theirs: the check-ins they chose, their days, the house's picture."""

from bot.ids import RandomIds
from storage.repositories.memberships import Membership
from tests.support.house import House
from tests.support.somebody import Somebody


async def moves_on(house: House, who: Somebody) -> None:
    """They belong to the house as alumni from now on."""
    app = house.app
    now = app.clock.now()
    async with app.database.write() as work:
        person = (await work.people.find_many([who.id]))[who.id]
        [place] = (await work.memberships.places_of([person.id], now))[person.id]
        assert place.membership_id is not None
        await work.memberships.end(place.membership_id, place.house_id, now)
        await work.memberships.add(
            Membership(
                id=RandomIds(app.clock.now).new(),
                person_id=person.id,
                house_id=place.house_id,
                standing="alumni",
                since=now,
            )
        )
        await work.commit()


async def test_check_ins_and_days_go_on_and_the_house_pulse_does_not_count_them(house: House) -> None:
    ana, ben = await house.people("Ana the participant", "Ben the participant")
    await ana.taps("⚙️ Settings", "🕗 Check-in time", "Another time")
    await ana.writes("20:00")
    await ana.reads("Good. I'll ask at that time from now on.")
    await ana.writes("/days")
    await ana.taps("Count my days")
    await ana.writes("10")
    await ana.taps("Just me")
    await moves_on(house, ana)
    # The check-in comes at her time, and ends as it always did.
    await house.at("20:00")
    await ana.reads("Hi Ana, a moment for you?")
    await ana.taps("🙂", "2", "8", "Go on", "Nothing today", "That's enough for today")
    await house.later(days=2)
    await ana.writes("/days")
    await ana.reads("12 days in a row", "12 days in total")
    # What the house is asked is for whoever lives there.
    await ana.writes("/pulse")
    await ana.reads("There is nothing to show yet.")
    await ben.writes("/pulse")
    await ben.reads("how is it to live in Maple House?")
