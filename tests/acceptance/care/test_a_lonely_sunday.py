"""A lonely Sunday: the bot introduces people, not itself. Both have to want it."""

from tests.support.house import House


async def test_a_lonely_sunday(house: House) -> None:
    ana, ben = await house.people("Ana the participant", "Ben the participant")
    await ben.writes("/company")
    await ben.taps("🙋 I'm up for company", "A walk", "A meal", "That's it")
    await ben.sees("It stands until you change it.")
    await house.later(days=4)  # Sunday
    await ana.writes("/checkin")
    await ana.taps("😐", "2", "7", "Lonely", "Go on", "Nothing today")
    # A week is shown after the Sunday check-in, with today in it.
    week = await ana.reads("Sun: mood 3 of 5, craving 2, confidence 7", "Only you see this.")
    assert week.raw["photo"]
    await ana.taps("🫂 Who's up for company?", "Ben: a walk and a meal", "Yes, say hello")
    await ana.sees("I've said hello.")
    card = await ben.reads("Ana says hello, and would like some company today.")
    assert "lonely" not in (card.text or "")
    await ben.taps("I'll say hello")
    await ana.reads("Ben is going to say hello to you.")
    await ben.taps("We talked")


async def test_a_no_is_told_gently_and_nobody_is_asked_twice(house: House) -> None:
    ana, ben = await house.people("Ana the participant", "Ben the participant")
    await ben.writes("/company")
    await ben.taps("🙋 I'm up for company", "A talk", "That's it")
    await ana.writes("/company")
    await ana.taps("Ben: a talk", "Yes, say hello")
    await ben.reads("Ana says hello")
    await ben.taps("I can't right now")
    await ana.reads("Ben can't right now. It isn't about you.")
    await ana.writes("/company")
    await ana.taps("Ben: a talk", "Yes, say hello")
    assert await ben.unread() == []


async def test_nobody_is_shown_who_did_not_say_so_or_took_it_back(house: House) -> None:
    ana, ben = await house.people("Ana the participant", "Ben the participant")
    await ana.writes("/company")
    await ana.reads("Nobody has said yet")
    await ben.writes("/company")
    await ben.taps("🙋 I'm up for company", "A talk", "That's it")
    await ben.writes("/company")
    await ben.taps("🙋 I'm up for company", "That's it")
    await ana.writes("/company")
    await ana.reads("Nobody has said yet")


async def test_words_of_being_alone_bring_an_offer_of_people_and_ring_nobody(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await ben.writes("/company")
    await ben.taps("🙋 I'm up for company", "A walk", "That's it")
    await ben.sees("It stands until you change it.")
    # Nothing is ticked; the line says it. It goes well otherwise, and still nobody asks her to give.
    await ana.writes("/checkin")
    await ana.taps("🙂", "2", "8", "Go on")
    await ana.writes("Good day, but I feel so lonely here")
    await ana.reads("Before you go: something good for you, or somebody to talk to?")
    await ana.taps("🫂 Who's up for company?", "Ben: a walk", "Yes, say hello")
    card = await ben.reads("Ana says hello, and would like some company today.")
    assert "lonely" not in (card.text or "")
    # The same in “What's going on?”; and on the next day a no to it is a no.
    await ana.writes("/now")
    await ana.taps("✏️ My own words")
    await ana.writes("nobody to talk to")
    offered = await ana.reads("Maybe some company would do good.")
    assert "lonely" not in (offered.text or "")
    await ana.taps("Nothing now, thanks")
    await house.later(days=1)
    await ana.writes("/checkin")
    await ana.taps("🙂", "2", "8", "Go on")
    await ana.writes("not lonely today")
    offered = await ana.reads("Before you go")
    assert "🫂 Who's up for company?" not in offered.labels
    assert await maria.unread() == []
