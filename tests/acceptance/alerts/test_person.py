"""What the one who asks reads while they wait: each change in words, and only what is known."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def test_they_see_whose_phone_it_has_reached_and_who_cannot_be(house: House) -> None:
    ana, maria, _tom = await house.people("Ana the participant", "Maria the mentor", "Tom the mentor")
    await _tom.blocks_the_bot()
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await ana.sees("🔔 I've asked Maria", "On their phone by now: Maria")


async def test_a_phone_that_turns_out_to_be_gone_is_told_and_the_next_are_asked_at_once(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await house.phones.deactivate(maria.id)  # nobody has told the bot yet
    await ana.presses("🆘 SOS")
    await sam.reads("Ana is asking")
    await ana.reads("I'm asking Sam too")
    await ana.sees("Can't be reached: Maria")
    await ana.has_read_everything()


async def test_it_is_worse_makes_it_a_crisis_and_asks_staff_as_well(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await ana.taps("It's worse")
    await ana.reads("I've passed that on, and I'm asking more people.", "call 911 first")
    await maria.reads("🚨 Ana needs somebody right now.")
    await sam.reads("🚨 Ana needs somebody right now.")
    await ana.taps("It's worse")
    await ana.has_read_everything()
    await maria.reads("🚨 Ana says it is getting worse.")
    await sam.reads("🚨 Ana says it is getting worse.")


async def test_when_it_gets_worse_whoever_is_on_it_is_told_and_others_stay_near(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await ana.taps("It's worse")
    await ana.reads("I've passed that on")
    await maria.reads("🚨 Ana may need more help now.")
    await sam.reads("🚨 Maria is on it for Ana, and it is urgent.")
    await maria.has_read_everything()


async def test_what_is_going_on_can_be_said_in_a_voice_note(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await ana.sends("voice")
    await ana.reads("Thank you. I've passed it on.")
    assert "voice" in (await maria.reads("💬 Ana:")).raw
    await house.later(minutes=3)
    await sam.reads("Ana is asking")
    assert "voice" in (await sam.reads("💬 Ana:")).raw
    await ana.has_read_everything()


async def test_consent_taken_back_while_the_call_is_open_takes_the_words_along(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await ana.sends("voice")
    await ana.has_read_everything()
    await maria.reads("💬 Ana:")
    await ana.writes("/consents")
    await ana.taps("☑ Pass on my words in a call")
    await house.later(minutes=3)
    await sam.reads("Ana is asking")
    await house.calm()
    assert not [bubble for bubble in (await sam.chat()).said if "voice" in bubble.raw]
    await ana.has_read_everything()


async def test_whom_not_to_ask_counts_for_the_steps_to_come(house: House) -> None:
    ana, maria, sam, lea = await house.people(
        "Ana the participant", "Maria the mentor", "Sam of staff", "Lea of staff"
    )
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await ana.taps("Whom not to ask")
    await ana.taps("Somebody is never asked", "Sam")
    await house.later(minutes=3)
    await lea.reads("Ana is asking")
    for each in (ana, sam):
        await each.has_read_everything()
    assert not any("Ana is asking" in bubble.text for bubble in (await sam.chat()).said)


async def leaves_out(house: House, ana: Somebody, name: str) -> None:
    """Ana wants somebody never asked, while her call is open."""
    await ana.writes("/my_people")
    await ana.taps("Somebody is never asked", name)
    await ana.sees("I won't ask them when you call.")
    await house.at_rest()
    await ana.has_read_everything()


async def test_whom_not_to_ask_said_late_takes_the_card_back_and_they_hear_no_more_of_it(house: House) -> None:
    ana, maria, tom = await house.people("Ana the participant", "Maria the mentor", "Tom the mentor")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    for mentor in (maria, tom):
        await mentor.reads("Ana is asking")
    await leaves_out(house, ana, "Tom")
    assert not any("Ana is asking" in bubble.text for bubble in (await tom.chat()).said if not bubble.deleted)
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await ana.sends("voice")
    await ana.has_read_everything()
    await maria.reads("💬 Ana:")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await maria.taps("I'm with them", "It's over")
    for each in (ana, maria, tom):
        await each.has_read_everything()
    assert not any("Maria is on it" in bubble.text for bubble in (await tom.chat()).said)
    assert not any("voice" in bubble.raw for bubble in (await tom.chat()).said)


async def test_whom_not_to_ask_who_was_the_only_one_asked_keeps_nobody_waiting(house: House) -> None:
    ana, _maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await _maria.reads("Ana is asking")
    await leaves_out(house, ana, "Maria")
    await sam.reads("Ana is asking")
    for each in (ana, _maria):
        await each.has_read_everything()


async def test_whom_not_to_ask_who_has_the_call_has_it_no_more(house: House) -> None:
    ana, maria, tom = await house.people("Ana the participant", "Maria the mentor", "Tom the mentor")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await tom.taps("I'm on it")
    await maria.reads("Tom is on it")
    await ana.reads("Tom is on it.")
    await leaves_out(house, ana, "Tom")
    await maria.reads("Ana still needs somebody")
    await tom.writes("I am coming, Ana")
    await house.at_rest()
    assert not any("I am coming" in bubble.text for bubble in (await ana.chat()).said)
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    for each in (ana, maria, tom):
        await each.has_read_everything()


async def test_who_has_left_the_house_gets_no_letter_with_a_voice_in_it(house: House) -> None:
    ana, maria, tom = await house.people("Ana the participant", "Maria the mentor", "Tom the mentor")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    for mentor in (maria, tom):
        await mentor.reads("Ana is asking")
    async with house.app.database.write() as work:
        known, [only] = await work.people.find_many([tom.id]), await work.houses.all()
        await work.memberships.end_grant(known[tom.id].id, only.id, "mentor", house.app.clock.now())
        await work.commit()
    async with house.app.database.read() as work:
        before = await work.outbox.counts_by_state()
    await ana.sends("voice")
    await ana.has_read_everything()
    await maria.reads("💬 Ana:")
    async with house.app.database.read() as work:
        after = await work.outbox.counts_by_state()
    assert after.get("withheld", 0) == before.get("withheld", 0)  # it was not even written
    assert not any("voice" in bubble.raw for bubble in (await tom.chat()).said)


async def test_a_responder_asks_the_next_before_the_minutes_are_over(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await maria.taps("Ask the next")
    await sam.reads("Ana is asking")
    await ana.reads("I'm asking Sam too")
    await sam.taps("Ask the next")
    await sam.reads("Everybody in the plan is asked already.")


async def over(house: House) -> tuple[Somebody, Somebody, Somebody]:
    """Ana's call, taken and closed by Maria."""
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.taps("I'm on it")
    await house.later(minutes=2)
    await maria.taps("I'm with them")
    await house.later(minutes=20)
    await maria.taps("It's over")
    await ana.has_read_everything()
    return ana, maria, sam


async def test_after_it_the_mentor_says_what_helped_is_asked_how_they_are_and_takes_a_break(house: House) -> None:
    ana, maria, _sam = await over(house)
    await maria.sees("Thank you for being there for Ana. What helped?")
    await maria.taps("Just being there", "Go on", "Yes, please")
    await maria.sees("And how are you?")
    await maria.taps("It was a lot", "A break until tomorrow")
    await maria.sees("I ask others until tomorrow morning.")
    await house.at("10:00")
    await ana.reads("Hi Ana, I said I'd look in. How are things now?")
    await ana.taps("Better", "No, thank you")
    await ana.has_read_everything()


async def test_the_person_is_asked_again_at_a_time_they_choose(house: House) -> None:
    ana, maria, _sam = await over(house)
    await maria.has_read_everything()
    await ana.taps("🕰 Ask me later how I am", "In three hours")
    await house.later(hours=3)
    await ana.reads("How are things now?")
    await ana.taps("Much the same", "No, thank you")
    await ana.has_read_everything()


async def test_how_it_went_is_there_for_those_who_were_part_of_it_and_nobody_else(house: House) -> None:
    ana, maria, sam = await over(house)
    await ana.taps("How it went")
    course = (await ana.sees("🕰 How it went")).text.replace("\u202f", " ")  # the space before AM
    assert course.endswith(
        "9:00 AM: Ana asked for somebody\n9:00 AM: asked: Maria\n9:00 AM: on the phone of Maria\n"
        "9:00 AM: Maria: I'm on it\n9:02 AM: Maria: I'm with them\n9:22 AM: it's over"
    )
    await maria.writes("/alerts")
    await maria.reads("Calls of the last fourteen days that you were asked in.")
    await maria.taps("Ana, Mar 3, 2027, 9:00\u202fAM")
    await maria.sees("Maria: I'm on it")
    await sam.writes("/alerts")
    await sam.reads("Nobody in Maple House is asking for people right now.")
    assert "Ana" not in (await sam.last()).text
    for each in (ana, maria):
        await each.has_read_everything()
