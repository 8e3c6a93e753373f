"""What people write is a net: danger brings people, doubt is asked about, and a joke stays a joke."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def people_come_to(ana: Somebody, *helpers: Somebody) -> None:
    """Those asked see that they are needed at once, and the first of them goes there and ends it."""
    for helper in helpers:
        await helper.reads("🚨 Ana needs somebody right now.", "Maple House, 12 Example Street")
    first, *others = helpers
    await first.taps("I'm on it")
    await ana.reads(f"{first.name} is on it.")
    for other in others:
        await other.reads(f"{first.name} is on it, you can rest.")
    await first.taps("I'm with them")
    await ana.reads(f"{first.name} is with you now.")
    await first.taps("It's over")
    await ana.reads("This call is over.")


async def test_a_crisis_in_the_middle_of_a_skill_brings_mentors_and_staff_and_keeps_the_skill(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.writes("/skills")
    await ana.taps("Slow breathing", "7")
    await ana.sees("We'll breathe slowly")
    await ana.writes("this is useless, I want to kill myself")
    await ana.reads("I've asked Maria and Sam.")
    await ana.reads("I'm glad you wrote that.", "I'm asking Maria and Sam right now.", "988")
    await people_come_to(ana, maria, sam)
    await ana.taps("I'll just wait")
    await ana.sees("Back to: Slow breathing", "We'll breathe slowly")


async def test_somebody_who_does_not_wake_up_brings_the_whole_house_with_the_number_first(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await ana.writes("Ben's friend isnt waking up!!")
    await ana.reads("🚑 Call 911 now", "give naloxone", "I've asked Ben and Maria.")
    await ana.reads("Call 911 now, or have somebody call.", "Lay them on their side")
    await ben.reads(
        "🚑 Ana needs help at once, or somebody beside them.", "12 Example Street", "take the naloxone along"
    )
    await maria.reads("🚑 Ana needs help at once")
    await ben.taps("I'm on it")
    await ana.reads("Ben is on it.")
    await maria.reads("Ben is on it, you can rest.")
    await house.later(minutes=1)
    await ben.taps("I'm with them")
    await ana.reads("Ben is with you now.")
    await ben.taps("It's over")
    await ana.reads("This call is over.")


async def test_i_am_ok_does_not_close_a_crisis_somebody_who_looked_does(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.writes("me quiero matar")
    await ana.reads("I've asked Maria.")
    await ana.reads("I'm glad you wrote that.")
    await maria.reads("🚨 Ana needs somebody right now.")
    await ana.taps("I'm OK now")
    await ana.reads("Somebody will still look in on you")
    await maria.reads("Ana says they are OK now.", "close the call then")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await maria.taps("It's over")
    await ana.reads("This call is over.")


async def test_a_joke_that_was_a_joke_pages_nobody(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    for said in ("this homework is killing me", "I could kill for a coffee", "me muero de risa"):
        await ana.writes(said)
        await ana.has_read_everything()
    await ana.writes("kms lol")
    await ana.reads("That sounded like a lot, Ana. Do you want someone now?")
    await ana.taps("I'm all right")
    await ana.sees("I'm glad you told me.")
    await house.later(minutes=5)
    assert await maria.unread() == []


async def test_words_that_may_be_a_farewell_left_unanswered_bring_people_after_two_minutes(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.writes("goodbye everyone, you were good to me")
    await ana.reads("Do you want someone now?")
    await house.later(minutes=1)
    assert await maria.unread() == []
    await house.later(minutes=1)
    await ana.reads("I've asked Maria and Sam.")
    await ana.reads("I haven't heard from you", "I've asked Maria and Sam to look in on you.")
    await people_come_to(ana, maria, sam)


async def test_mere_gloom_left_unanswered_brings_nobody_and_is_not_asked_again_that_day(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.writes("I hate myself")
    await ana.reads("Do you want someone now?")
    await house.later(minutes=2)
    await ana.reads("I'm here whenever you like.")
    await ana.writes("I'm such a failure")
    await ana.has_read_everything()
    assert "Do you want someone now?" not in (await ana.last()).text
    assert await maria.unread() == []


async def test_yes_to_somebody_now_asks_as_sos_does(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.writes("I can't do this anymore")
    await ana.reads("Do you want someone now?")
    await ana.taps("🆘 Yes, I want somebody")
    await ana.reads("I've asked Maria")
    await ana.has_read_everything()
    await maria.reads("🔔 Ana is asking for somebody, now.")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await maria.taps("It's over")
    await ana.reads("This call is over.")


async def test_hard_words_in_an_sos_line_are_passed_on_and_ask_nobody_twice(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("🔔 Ana is asking for somebody, now.")
    await ana.writes("I want to die")
    await ana.reads("Thank you. I've passed it on.")
    await maria.sees("“I want to die”")
    await maria.taps("I'm on it", "It's over")
    await ana.has_read_everything()


async def test_hard_words_where_they_were_asked_for_are_kept_and_asked_about(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.writes("/now")
    await ana.taps("✏️ My own words")
    await ana.writes("I want to die")
    await ana.reads("Do you want someone now?")
    await ana.taps("I'm all right")
    await ana.sees("Back to: What's going on?", "Three to choose from")
    assert await maria.unread() == []


async def test_an_open_call_that_turns_out_more_urgent_asks_whom_that_asks(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await maria.reads("🔔 Ana is asking for somebody, now.")
    await ana.taps("I'll just wait")
    await ana.has_read_everything()
    await ana.writes("I took all my pills")
    await ana.reads("Call 911 now, or have somebody call.")
    await ana.has_read_everything()
    await maria.reads("🚑 Ana needs help at once")
    await sam.reads("🚑 Ana needs help at once")
    await sam.taps("I'm on it")
    await ana.reads("Sam is on it.")
    await maria.reads("Sam is on it, you can rest.")
    await sam.taps("It's over")
    await ana.reads("This call is over.")


async def test_what_was_changed_afterwards_is_read_too(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    written = (await house.phones.send(ana.id, "good morning")).message
    assert written is not None
    await ana.has_read_everything()
    await house.phones.edit(ana.id, written.id, "good night")
    await ana.has_read_everything()
    await house.phones.edit(ana.id, written.id, "I'm going to kill myself")
    await ana.reads("I've asked Maria.")
    await ana.reads("I'm glad you wrote that.")
    await maria.reads("🚨 Ana needs somebody right now.")
    await maria.taps("I'm on it", "It's over")
    await ana.has_read_everything()


async def test_staff_composing_an_announcement_are_not_taken_at_their_words(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await sam.writes("/announce")
    await sam.writes("Talk about suicide with somebody. If you want to die, press SOS.")
    await sam.has_read_everything()
    assert await ana.unread() == []


async def test_a_stranger_in_danger_gets_numbers(house: House) -> None:
    zoe = await house.stranger("Zoe")
    await zoe.writes("I'm going to kill myself")
    await zoe.reads("People who answer right now:", "988")
