"""The broken boiler, the storm at three in the morning, the wrong date, two languages, the second yes."""

from tests.support.house import House
from tests.support.somebody import Somebody


async def writes(author: Somebody, words: str) -> None:
    """Up to the preview."""
    await author.writes("/announce")
    await author.reads("What would you like to tell everyone in Maple House?")
    await author.writes(words)
    await author.reads("This is how it will look:")


async def speaks_spanish(house: House, *people: Somebody) -> None:
    """They chose it long ago."""
    async with house.app.database.write() as work:
        known = await work.people.find_many([each.id for each in people])
        for person in known.values():
            await work.people.set_locale(person.id, "es")
        await work.commit()


async def lets_announce(house: House, sam: Somebody, who: str) -> None:
    """Staff settle on who may write to everyone."""
    await sam.writes("/announcing")
    await sam.reads("Announcing in Maple House", "staff write to everyone")
    await sam.taps("Who may", who)
    await sam.taps("Leave it so")
    await house.at_rest()


async def test_the_broken_boiler_is_told_and_answered_in_one_tap_each(house: House) -> None:
    ana, ben, maria, sam = await house.people(
        "Ana the participant", "Ben the participant", "Maria the mentor", "Sam of staff"
    )
    await writes(sam, "The boiler is broken. Who can shower at the gym tonight?")
    await sam.taps("⚙️ More", "👍 Ask for an answer", "Yes · no")
    await sam.sees("They can tap yes or no")
    await sam.taps("Send to 3")
    for each in (ana, ben, maria):
        await each.reads("📣 Sam, Maple House", "The boiler is broken.")
    await ana.taps("Yes")
    await ana.sees("The boiler is broken.", "✓ You said: Yes")
    await ben.taps("No")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 3 of 3", "Yes: 1", "No: 1")
    await ben.taps("Yes")
    await ben.sees("✓ You said: Yes")
    await house.later(seconds=3)
    await sam.sees("📣 Got it: 3 of 3", "Yes: 2")
    await sam.taps("🔔 Remind the others")
    await maria.reads("You have not answered this yet", "The boiler is broken.")
    await maria.taps("No")
    await house.later(seconds=3)
    await sam.sees("Yes: 2", "No: 1")


async def test_an_answer_in_words_goes_to_the_author_alone_and_back(house: House) -> None:
    ana, ben, sam = await house.people("Ana the participant", "Ben the participant", "Sam of staff")
    await writes(sam, "Who can cook on Friday?")
    await sam.taps("Send to 2")
    for each in (ana, ben):
        await each.reads("Who can cook on Friday?")
    await ana.taps("✏️ Answer Sam")
    await ana.sees("What would you like to tell Sam?")
    await ana.writes("I can, if somebody shops.")
    await ana.sees("Sam has it.")
    letter = await sam.reads("✉️ Ana, about “Who can cook on Friday?”", "if somebody shops")
    assert str(ana.id) not in str(letter.raw)
    await sam.taps("✏️ Answer Ana")
    await sam.sees("What would you like to tell Ana?")
    await sam.writes("I'll shop.")
    await ana.reads("✉️ Sam, about", "I'll shop.")
    await sam.sees("Ana has it.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 2 of 2")


async def test_the_storm_at_three_in_the_morning_rings_and_the_soup_waits_until_seven(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await house.at("03:00")
    for each in (ana, sam):
        await each.has_read_everything()
    await writes(sam, "Soup tonight at six.")
    await sam.taps("Send to 1")
    await house.later(minutes=5)
    assert await ana.unread() == []
    await writes(sam, "A storm is coming. Close the windows.")
    await sam.taps("⚙️ More", "❗️ It is urgent")
    await sam.sees("Is somebody worse off if it waits until morning?")
    await sam.taps("Yes, it is urgent", "Yes, wake them")
    await sam.sees("Urgent: it rings at once")
    await sam.taps("Send to 1")
    await ana.reads("A storm is coming")
    await house.at("07:00")
    await ana.reads("Soup tonight at six.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1")
    await sam.has_read_everything()
    await ana.has_read_everything()


async def test_the_wrong_date_is_corrected_wherever_it_was_sent_and_told_again(house: House) -> None:
    ana, ben, sam = await house.people("Ana the participant", "Ben the participant", "Sam of staff")
    await writes(sam, "The picnic is on Monday.")
    await sam.taps("Send to 2")
    first = await ana.reads("The picnic is on Monday.")
    await ben.reads("The picnic is on Monday.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 2 of 2")
    await sam.taps("✏️ Correct it")
    await sam.sees("How should it read?")
    await sam.writes("The picnic is on Sunday.")
    await sam.taps("Yes, tell them")
    await sam.sees("It is being changed everywhere.")
    await house.later(seconds=3)
    for each in (ana, ben):
        await each.reads("This has changed", "The picnic is on Sunday.")
    said = (await ana.chat()).said
    assert next(bubble.text for bubble in said if bubble.id == first.id).endswith("The picnic is on Sunday.")
    assert not any("Monday" in bubble.text for bubble in said)


async def test_what_should_not_have_been_said_vanishes_from_every_chat(house: House) -> None:
    ana, ben, sam = await house.people("Ana the participant", "Ben the participant", "Sam of staff")
    await writes(sam, "Not for everybody after all.")
    await sam.taps("Send to 2")
    for each in (ana, ben):
        await each.reads("Not for everybody")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 2 of 2")
    await sam.taps("↩️ Take it back", "Yes, take it back")
    await house.later(seconds=5)
    for each in (ana, ben):
        assert not any("Not for everybody" in bubble.text for bubble in (await each.chat()).said)
    await sam.sees("📣 Taken back from 2 of 2")


async def test_whoever_reads_spanish_gets_spanish_with_the_original_one_tap_away(house: House) -> None:
    ana, luz, sam = await house.people("Ana the participant", "Luz the participant", "Sam of staff")
    await speaks_spanish(house, luz)
    await writes(sam, "Visitors today at four.")
    await sam.taps("⚙️ More", "🌐 In another language", "Español")
    await sam.sees("Write it in that language")
    await sam.writes("Hoy vienen visitas a las cuatro.")
    await sam.reads("Also in: Español")
    await sam.taps("Send to 2")
    await ana.reads("Visitors today at four.")
    await luz.reads("📣 Sam, Maple House", "Hoy vienen visitas a las cuatro.")
    await luz.taps("Como se escribió")
    await luz.reads("Visitors today at four.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 2 of 2")


async def test_a_mentor_announces_once_staff_allow_it_and_one_of_staff_says_yes(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await maria.writes("/announce")
    await maria.reads("In Maple House, others write to everyone.")
    await lets_announce(house, sam, "Staff, officers and mentors")
    await maria.has_read_everything()
    await writes(maria, "Walk to the river at five?")
    await maria.taps("Send to 2")
    await maria.sees("I've asked staff to look at it.")
    await maria.reads("It waits for somebody of staff to say yes.")
    await sam.reads("📣 Maria, Maple House", "Walk to the river", "Maria would like to send this")
    assert await ana.unread() == []
    await sam.taps("Yes, send it")
    await ana.reads("📣 Maria, Maple House", "Walk to the river at five?")
    await maria.reads("📣 On its way")
    await house.later(seconds=3)
    await maria.sees("📣 Got it: 2 of 2")
    await sam.has_read_everything()


async def test_a_no_is_told_to_the_author_with_a_name_to_talk_to(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await lets_announce(house, sam, "Staff, officers and mentors")
    await maria.has_read_everything()
    await writes(maria, "Party at midnight!")
    await maria.taps("Send to 2")
    await maria.reads("It waits for somebody of staff to say yes.")
    await sam.taps("No, not like this")
    await maria.reads("Sam looked at your announcement, and it was not sent like this.")
    await house.later(minutes=5)
    assert await ana.unread() == []
    await sam.has_read_everything()


async def test_it_is_paused_goes_on_and_is_stopped_and_everybody_has_one_outcome(house: House) -> None:
    ana, ben, sam = await house.people("Ana the participant", "Ben the participant", "Sam of staff")
    await opens_a_skill(ana)
    await writes(sam, "Soup tonight.")
    await sam.taps("Send to 2")
    await ben.reads("Soup tonight.")
    await sam.reads("📣 On its way")
    await sam.taps("⏸ Pause")
    await sam.sees("📣 Paused: 1 of 2 have it")
    await ana.writes("/menu")
    await ana.has_read_everything()
    await house.later(minutes=3)
    assert await ana.unread() == []
    await sam.taps("▶️ Go on")
    await house.later(minutes=1)
    await ana.reads("Soup tonight.")
    await opens_a_skill(ana)
    await writes(sam, "And bread.")
    await sam.taps("Send to 2")
    await ben.reads("And bread.")
    await sam.reads("📣 On its way")
    await sam.taps("⏹ Stop")
    await house.later(minutes=3)
    await sam.sees("📣 Stopped: 1 of 2 have it", "Ana: you stopped before it was sent")
    await ana.writes("/menu")
    await ana.has_read_everything()
    await house.later(minutes=3)
    assert not any("And bread." in bubble.text for bubble in (await ana.chat()).said)
    async with house.app.database.read() as work:
        [announcement] = await work.announcements.in_state("stopped")
        assert await work.recipients.tally(announcement.id) == {"sent": 1, "withheld": 1}


async def test_it_goes_on_a_day_at_the_houses_own_time_and_another_is_called_off_before(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await writes(sam, "House meeting in an hour.")
    label = await the_day_label(sam)
    await sam.taps("🕰 When", "On a day", label, "5 pm", "Just this once")
    await sam.sees("5:00")
    await sam.taps("Send to 1")
    await sam.reads("House meeting in an hour.", "5:00")
    await house.later(hours=1)
    assert await ana.unread() == []
    await house.later(days=1)
    await house.at("17:00")
    await house.at("17:00")
    await ana.reads("House meeting in an hour.")
    await ana.has_read_everything()
    await sam.has_read_everything()
    await writes(sam, "And cake.")
    label = await the_day_label(sam)
    await sam.taps("🕰 When", "On a day", label, "5 pm", "Just this once", "Send to 1")
    await sam.reads("And cake.", "5:00")
    await sam.taps("Not after all")
    await sam.sees("It was not sent.")
    await house.later(days=3)
    await sam.has_read_everything()
    assert not any("cake" in bubble.text for bubble in (await ana.chat()).said)
    await ana.has_read_everything()


async def the_day_label(sam: Somebody) -> str:
    """The button of the day after tomorrow."""
    await sam.taps("🕰 When", "On a day")
    bubble = await sam.sees("On which day?")
    await sam.taps("No, now")
    return bubble.labels[2]


async def test_it_comes_again_each_week_and_each_time_is_a_record_of_its_own(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await writes(sam, "Chores are on the board.")
    label = await the_day_label(sam)
    await sam.taps("🕰 When", "On a day", label, "8 am", "Every week")
    await sam.sees("Every week at 8:00")
    await sam.taps("Send to 1")
    await sam.reads("Every week at 8:00")
    for days in (1, 6):
        await house.later(days=days)
        await house.at("08:00")
        await ana.reads("Chores are on the board.")
        await house.later(seconds=3)
        await sam.has_read_everything()
        await ana.has_read_everything()
    async with house.app.database.read() as work:
        assert len(await work.announcements.in_state("done")) == 2
        assert len(await work.announcements.in_state("planned")) == 1


async def test_whoever_is_in_the_middle_of_a_skill_gets_it_when_that_is_over(house: House) -> None:
    ana, ben, sam = await house.people("Ana the participant", "Ben the participant", "Sam of staff")
    await opens_a_skill(ana)
    await writes(sam, "Soup tonight.")
    await sam.taps("Send to 2")
    await ben.reads("Soup tonight.")
    await house.later(seconds=5)
    assert not any("Soup" in bubble.text for bubble in await ana.unread())
    await ana.writes("/menu")
    await ana.has_read_everything()
    await house.later(minutes=2)
    await ana.sees("Soup tonight.")
    await sam.has_read_everything()
    await ana.has_read_everything()


async def opens_a_skill(ana: Somebody) -> None:
    """Into the first question of one."""
    await ana.writes("/skills")
    await ana.has_read_everything()
    bubble = (await ana.chat()).last
    await ana.taps(bubble.labels[0])
    await ana.has_read_everything()


async def test_certain_people_get_it_and_nobody_else(house: House) -> None:
    ana, ben, sam = await house.people("Ana the participant", "Ben the participant", "Sam of staff")
    await writes(sam, "Your laundry is done.")
    await sam.taps("👥 To whom", "Certain people", "Ana")
    await sam.sees("Tap whoever should get it")
    await sam.taps("✓ That's right")
    await sam.sees("only Ana", "People it goes to: 1.")
    await sam.taps("Send to 1")
    await ana.reads("Your laundry is done.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1")
    assert await ben.unread() == []


async def test_a_reaction_is_counted_and_a_list_comes_as_a_file(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await writes(sam, "=Soup tonight.")
    await sam.taps("Send to 1")
    bubble = await ana.reads("Soup tonight.")
    await house.phones.react(ana.id, bubble.id, "👍")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1", "Reactions: 1")
    await sam.taps("📄 As a list")
    await sam.reads("Everybody, line by line.")


async def test_a_draft_waits_and_a_template_is_there_for_the_next_time(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await writes(sam, "Movie night on Saturday.")
    await sam.taps("⚙️ More", "📋 Keep as a template")
    await sam.sees("What shall the template be called?")
    await sam.writes("Movie")
    await sam.reads("This is how it will look:")
    await sam.taps("Keep it as a draft")
    await sam.sees("It's kept, and nothing was sent.")
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone")
    await sam.taps("📋 A draft or a template")
    bubble = await sam.sees("Which one?")
    assert {"✏️ Movie night on Saturday.", "📋 Movie", "🌩 Storm"} <= set(bubble.labels)
    await sam.taps("📋 Movie")
    await sam.sees("Movie night on Saturday.")
    await sam.taps("Send to 1")
    await ana.reads("Movie night on Saturday.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1")


async def test_a_photo_goes_along_and_so_does_what_can_be_answered(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone")
    await sam.sends("photo", "The new garden.")
    await sam.reads("With it goes:")
    await sam.reads("This is how it will look:", "The new garden.")
    await sam.taps("Send to 1")
    got = await ana.reads("📣 Sam, Maple House", "The new garden.")
    assert "photo" in got.raw
    assert "✏️ Answer Sam" in got.labels
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1")


async def test_more_than_a_dozen_within_an_hour_wait(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    for number in range(12):
        await writes(sam, f"Number {number}.")
        await sam.taps("Send to 1")
        await ana.reads(f"Number {number}.")
    await writes(sam, "And one more.")
    await sam.taps("Send to 1")
    await sam.sees("That would be many within an hour")
    await sam.taps("Leave it")
    await house.later(seconds=3)
    assert await ana.unread() == []
    await sam.has_read_everything()
