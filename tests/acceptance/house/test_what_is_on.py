"""What is on today: staff write it down once, and whoever looks for company finds it beside the people."""

from tests.support.house import House


async def test_somebody_lonely_reads_what_is_on_and_who_is_up_for_company(house: House) -> None:
    ana, ben, sam = await house.people("Ana the participant", "Ben the participant", "Sam of staff")
    await ana.writes("/today")
    await ana.reads("Nobody has written down anything for today.")
    await sam.writes("/events")
    await sam.taps("Something every week")
    await sam.writes("Cooking together, kitchen")
    await sam.taps("Wednesday", "Friday", "That's it")
    await sam.writes("6 pm")
    await sam.reads("What is on in Maple House", "PM · Cooking together, kitchen (Wed and Fri)")
    await sam.taps("Something on one day")
    await sam.writes("Film night")
    await sam.taps("Thu, Mar 4", "No fixed time")
    await sam.sees("· Film night (Thu, Mar 4)")
    await sam.taps("That's all")
    # Wednesday
    await ben.writes("/company")
    await ben.taps("🙋 I'm up for company", "A meal", "That's it")
    await ana.writes("/checkin")
    await ana.taps("😐", "2", "7", "Lonely", "Go on", "Nothing today", "🫂 Who's up for company?")
    on = await ana.sees("🗓 Today in Maple House", "PM · Cooking together, kitchen")
    assert "Film night" not in (on.text or "")
    await ana.sees("These people of Maple House said that they're up for company.")
    # Thursday, and the week after: what was on once is over, what is on every week comes again.
    await house.later(days=1)
    await ana.writes("/today")
    on = await ana.reads("· Film night")
    assert "Cooking" not in (on.text or "")
    await house.later(days=7)
    await ana.writes("/today")
    await ana.reads("Nobody has written down anything for today.")
    await house.later(days=1)
    await ana.writes("/today")
    await ana.reads("PM · Cooking together")
    # Staff take it off again, and everybody can read that they did.
    await sam.writes("/events")
    await sam.taps("Take something off", "Cooking together, kitchen", "That's all")
    await ana.writes("/today")
    await ana.reads("Nobody has written down anything for today.")
    await ana.writes("/trail")
    await ana.sees("Sam changed what is on in the house")


async def test_it_is_read_in_ones_own_language_with_its_own_times(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await sam.writes("/events")
    await sam.taps("Something every week")
    await sam.writes("Cartas en la sala")
    await sam.taps("Wednesday", "That's it")
    await sam.writes("19:30")
    await sam.taps("That's all")
    await ana.writes("/language")
    await ana.taps("Español")
    await ana.writes("/today")
    await ana.reads("🗓 Hoy en Maple House", "19:30 · Cartas en la sala")
