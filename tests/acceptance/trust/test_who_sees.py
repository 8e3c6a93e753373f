"""People see who sees what of them, who saw it, and can have it kept without being used."""

from tests.support.house import House


async def test_each_showing_can_be_read_by_the_one_it_is_about(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await maria.reads("🔔 Ana is asking for somebody")
    await ana.sees("write a line about what's going on")
    await ana.writes("behind the church")
    await maria.sees("“behind the church”")
    await house.at_rest()
    await sam.writes("/alerts")
    await sam.sees("Open calls in Maple House.")
    await ana.has_read_everything()
    await ana.writes("/who_saw")
    shown = await ana.reads("Who saw what of you, the newest first:")
    assert "Mar 3, 2027: Maria: that you asked for somebody, with your name and where you are" in shown.text
    assert "Mar 3, 2027: Maria: your call, with the words you added" in shown.text
    assert "Mar 3, 2027: Sam: that you asked for somebody" in shown.text
    for each in (ana, maria, sam):
        await each.has_read_everything()


async def test_what_did_not_arrive_was_not_shown(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await maria.blocks_the_bot()
    await house.at_rest()
    await ana.presses("🆘 SOS")
    await house.at_rest()
    await ana.has_read_everything()
    await ana.writes("/who_saw")
    shown = await ana.reads("Who saw what of you")
    assert "Maria" not in shown.text
    assert "Sam" in shown.text
    for each in house.everybody:
        await each.has_read_everything()


async def test_the_table_follows_what_was_agreed_to(house: House) -> None:
    ana, _maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.writes("/who_sees")
    await ana.reads("🌤 Your check-ins\n→ only you", "→ people you chose, and mentors (Maria). Never your answers")
    await ana.writes("/consents")
    await ana.taps("☑ Keep my check-ins", "☑ Tell a mentor when it's hard", "That's all")
    await ana.has_read_everything()
    await ana.writes("/who_sees")
    await ana.reads("🌤 Your check-ins\n→ nobody; they are not kept", "That you may be having a hard time\n→ nobody")


async def test_what_is_restricted_is_kept_and_told_to_nobody_until_that_is_lifted(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.writes("/restrict")
    await ana.taps("Yes, don't use it")
    await ana.sees("From now on nothing of it is used.")
    await ana.has_read_everything()
    await ana.presses("🆘 SOS")
    await maria.reads("🔔 Ana is asking for somebody")
    await ana.reads("Shall we breathe together while you wait?")  # words are not asked for, as nobody would get them
    await ana.taps("I'll just wait")
    await ana.writes("/restrict")
    await ana.taps("Yes, use it again")
    await ana.sees("It is used again, as you agreed.")
    await ana.has_read_everything()
    await ana.writes("/who_sees")
    shown = await ana.reads("🆘 Words you add to a call\n→ the people who are asked, and staff")
    assert "nothing of it is used" not in shown.text
    await ana.has_read_everything()


async def test_a_complaint_is_seen_before_it_goes_and_reaches_whom_it_is_for(house: House) -> None:
    ana, sam, kim = await house.people("Ana the participant", "Sam of staff", "Kim of staff")
    await ana.writes("/complain")
    await ana.reads("Sam\nKim\nMaple House: +1 555 0100", "Your state's attorney general", "usa.gov")
    await ana.taps("Write to staff", "Kim")
    await ana.sees("What would you like to say?")
    await ana.writes("Nobody knocks.")
    await ana.sees("This is what they will read", "Nobody knocks.")
    await ana.taps("Send it")
    await kim.reads("✉️ Ana writes to you:", "Nobody knocks.")
    assert not await sam.unread()
    await ana.has_read_everything()
