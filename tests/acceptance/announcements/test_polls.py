"""A question with answers to choose from: asked by the bot itself, counted without names, closed when it is over."""

from tests.acceptance.announcements.test_in_group import in_the_group, linked, the_file
from tests.acceptance.announcements.test_stories import speaks_spanish, writes
from tests.acceptance.test_groups import said_in
from tests.support.house import House
from tests.support.somebody import Somebody

FIVE = (
    "Ana the participant",
    "Ben the participant",
    "Eva the participant",
    "Joe the participant",
    "Maria the mentor",
)


async def asks(author: Somebody, question: str, *options: str, several: bool = False) -> None:
    """With Telegram's own poll, up to the preview."""
    await author.writes("/announce")
    await author.reads("What would you like to tell everyone in Maple House?")
    await author.sends_a_poll(question, *options, several=several)
    await author.reads("This is how it will look:", question)


async def chooses(somebody: Somebody, *options: str) -> None:
    """One tap each; every tap is seen on the card."""
    for option in options:
        await somebody.taps(option)
        await somebody.sees("You can still change your mind.")


async def test_a_poll_from_telegrams_menu_is_asked_by_the_bot_and_counted_from_five_answers_on(house: House) -> None:
    *readers, sam = await house.people(*FIVE, "Sam of staff")
    await asks(sam, "What shall we cook on Sunday?", "Soup", "Rice and beans")
    await sam.sees("▫️ Soup\n▫️ Rice and beans", "They choose from these answers. Nobody is shown who chose what.")
    await sam.taps("Send to 5")
    for each in readers:
        card = await each.reads("📣 Sam, Maple House", "What shall we cook on Sunday?", "Tap one. Nobody is shown")
        assert card.labels == ("Soup", "Rice and beans", "✏️ Answer Sam")
    for each in readers[:4]:
        await chooses(each, "Soup")
        card = await each.sees("From five answers on, you see what was chosen.")
        assert "✓ Soup" in card.labels
    await house.later(seconds=3)
    early = await sam.reads("📣 Got it: 5 of 5", "Answered: 4. From five answers on")
    assert "Soup" not in early.text
    await chooses(readers[4], "Rice and beans")
    await readers[4].sees("▫️ Soup: 4\n▫️ Rice and beans: 1\n👥 Answered: 5")
    await house.later(seconds=3)
    await sam.sees("▫️ Soup: 4\n▫️ Rice and beans: 1\n👥 Answered: 5")
    await readers[0].taps("🔄 How does it stand?")
    await readers[0].sees("▫️ Soup: 4")


async def test_whoever_changes_their_mind_is_counted_once_and_may_take_their_answer_back(house: House) -> None:
    *readers, sam = await house.people(*FIVE, "Sam of staff")
    ana = readers[0]
    await asks(sam, "When shall we meet?", "Monday", "Friday")
    await sam.taps("Send to 5")
    for each in readers:
        await chooses(each, "Monday")
    await ana.taps("Friday")
    card = await ana.sees("▫️ Monday: 4\n▫️ Friday: 1\n👥 Answered: 5")
    assert card.labels[:2] == ("Monday", "✓ Friday")
    await ana.taps("✓ Friday")
    card = await ana.sees("Tap one. Nobody is shown who chose what.")
    assert "Monday: " not in card.text
    await house.later(seconds=3)
    await sam.sees("👥 Answered: 4. From five answers on")


async def test_answers_typed_one_a_line_and_several_of_them(house: House) -> None:
    *readers, sam = await house.people(*FIVE, "Sam of staff")
    await writes(sam, "Who can help on Saturday, and with what?")
    await sam.taps("⚙️ More", "👍 Ask for an answer", "📊 Answers of my own")
    await sam.sees("What can they choose from?")
    await sam.writes("Only one")
    await sam.sees("I need two to twelve different answers")
    await sam.writes("- The garden\n- The kitchen\n\n- The gutters on the north side of the house")
    await sam.taps("Yes, all that fit")
    await sam.sees("▫️ The garden\n▫️ The kitchen\n▫️ The gutters", "They can choose more than one.")
    await sam.taps("Send to 5")
    for each in readers:
        card = await each.reads("▫️ The gutters on the north side of the house", "Tap all that fit.")
        assert card.labels[:2] == ("The garden", "The kitchen")
        await chooses(each, "The garden", "The kitchen")
    await readers[0].taps("✓ The garden")
    told = await readers[0].sees("▫️ The garden: 4\n▫️ The kitchen: 5\n▫️ The gutters", "👥 Answered: 5")
    assert told.text.count("The gutters") == 1
    await sam.has_read_everything()


async def test_who_has_not_answered_is_reminded_and_the_file_names_nobodys_choice(house: House) -> None:
    *readers, sam = await house.people(*FIVE, "Sam of staff")
    await asks(sam, "Which film tonight?", "The old one", "The new one")
    await sam.taps("Send to 5")
    for each in readers:
        await each.reads("Which film tonight?")
    for each in readers[:4]:
        await chooses(each, "The old one")
    await house.later(seconds=3)
    await sam.taps("🔔 Remind the others")
    maria = readers[4]
    again = await maria.reads("You have not answered this yet", "Which film tonight?")
    assert again.labels[:2] == ("The old one", "The new one")
    await readers[0].has_read_everything()
    rows = await report(house, sam)
    assert sorted(row.split(",")[3] for row in rows[1:6]) == ["", *["answered"] * 4]
    assert "Answered: 4. From five answers on" in rows[6]
    await chooses(maria, "The new one")
    rows = await report(house, sam)
    assert [row.split(",")[3] for row in rows[1:6]] == ["answered"] * 5
    assert rows[6:] == ["The old one,,,4", "The new one,,,1"]
    for each in readers[:4]:
        assert not any("You have not answered" in bubble.text for bubble in (await each.chat()).said)


async def report(house: House, author: Somebody) -> list[str]:
    """The lines of the list."""
    await author.taps("📄 As a list")
    file = (await author.reads("Everybody, line by line.")).raw["document"]["file_id"]
    return (await the_file(house, file)).splitlines()


async def test_whoever_reads_spanish_chooses_in_spanish_and_is_counted_with_the_others(house: House) -> None:
    *readers, sam = await house.people(*FIVE, "Sam of staff")
    await speaks_spanish(house, *readers[:2])
    await asks(sam, "What shall we cook?", "Soup", "Rice")
    await sam.taps("⚙️ More", "🌐 In another language", "Español")
    await sam.sees("Write it in that language")
    await sam.writes("¿Qué cocinamos?")
    await sam.sees("And the answers, in that language", "Soup\nRice")
    await sam.writes("Sopa")
    await sam.sees("I need a line for each of these")
    await sam.writes("Sopa\nArroz")
    await sam.sees("This is how it will look:", "Also in: Español")
    await sam.taps("Send to 5")
    for each in readers[:2]:
        card = await each.reads("¿Qué cocinamos?", "Toca una.")
        assert card.labels[:3] == ("Sopa", "Arroz", "Como se escribió")
        await each.taps("Sopa")
        await each.sees("Todavía puedes cambiar de opinión.")
    for each in readers[2:]:
        await chooses(each, "Soup")
    await readers[4].sees("▫️ Soup: 5\n▫️ Rice: 0")
    await readers[0].taps("🔄 ¿Cómo va?")
    await readers[0].sees("▫️ Sopa: 5\n▫️ Arroz: 0")
    await sam.has_read_everything()


async def test_in_the_group_stand_the_question_and_its_answers_and_no_button(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    chat = await linked(house, sam, ana)
    await asks(sam, "What shall we cook?", "Soup", "Rice")
    await sam.sees("Counts are shown from five answers on, and fewer than five people get this.")
    await in_the_group(sam, "Yes, put it there")
    await sam.taps("Send to 1")
    await ana.reads("What shall we cook?")
    [said] = await said_in(house, chat)
    assert said.text.startswith("📣 Sam, Maple House\n\nWhat shall we cook?\n\n▫️ Soup\n▫️ Rice\n\n")
    assert "Please answer in your own chat with me." in said.text
    assert said.buttons == ()
    await sam.has_read_everything()


async def test_a_poll_that_is_closed_shows_everybody_what_came_of_it_and_takes_no_answer(house: House) -> None:
    *readers, sam = await house.people(*FIVE, "Sam of staff")
    ana, maria = readers[0], readers[4]
    await asks(sam, "Which film tonight?", "The old one", "The new one")
    await sam.taps("Send to 5")
    for each in readers:
        await each.reads("Which film tonight?")
        await chooses(each, "The old one")
    await maria.taps("✓ The old one")
    open_still = await maria.sees("Tap one.")
    await maria.taps("The new one")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 5 of 5")
    await sam.taps("🏁 Close the poll")
    await house.later(seconds=5)
    for each in readers:
        closed = await each.sees("🏁 This poll is closed.", "▫️ The old one: 4\n▫️ The new one: 1")
        assert closed.labels == ("✏️ Answer Sam",)
    await maria.taps_once_more(open_still, "The old one")
    await house.later(seconds=3)
    card = await sam.sees("▫️ The old one: 4\n▫️ The new one: 1")
    assert "🏁 Close the poll" not in card.labels
    assert not await ana.unread()


async def test_a_poll_that_is_closed_with_four_answers_keeps_them_to_itself(house: House) -> None:
    *readers, sam = await house.people(*FIVE, "Sam of staff")
    await asks(sam, "Which film tonight?", "The old one", "The new one")
    await sam.taps("Send to 5")
    for each in readers:
        await each.reads("Which film tonight?")
    for each in readers[:4]:
        await chooses(each, "The old one")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 5 of 5", "Answered: 4.")
    await sam.taps("🏁 Close the poll")
    await house.later(seconds=5)
    for each in readers:
        closed = await each.sees("🏁 This poll is closed.", "Of fewer than five, nobody is shown what was chosen.")
        assert "▫️ The old one\n▫️ The new one" in closed.text
    await sam.sees("Answered: 4. Of fewer than five, nobody is shown")


async def test_danger_in_a_poll_is_heard_like_danger_in_any_words(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.sends_a_poll("What now?", "I want to kill myself", "Nothing")
    await ana.reads("I'm glad you wrote that.")
    await maria.reads("🚨 Ana needs somebody right now.")
    for each in (ana, maria):
        await each.has_read_everything()


async def test_a_poll_that_was_taken_back_is_gone_and_its_old_buttons_do_nothing(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await asks(sam, "Which film tonight?", "The old one", "The new one")
    await sam.taps("Send to 1")
    card = await ana.reads("Which film tonight?")
    await house.later(seconds=3)
    await sam.taps("↩️ Take it back", "Yes, take it back")
    await house.later(seconds=5)
    await sam.sees("📣 Taken back from 1 of 1")
    assert not any("Which film" in bubble.text for bubble in (await ana.chat()).said)
    await ana.taps_once_more(card, "The old one")
    await house.later(seconds=3)
    assert "Answered: 0" in " ".join(await report(house, sam))
    await ana.reads("This was taken back by whoever wrote it.")


async def test_a_draft_keeps_the_answers_and_so_does_a_template(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await asks(sam, "Which film tonight?", "The old one", "The new one")
    await sam.taps("⚙️ More", "📋 Keep as a template")
    await sam.sees("What shall the template be called?")
    await sam.writes("Film night")
    await sam.sees("This is how it will look:", "▫️ The old one")
    await sam.taps("Keep it as a draft")
    for label in ("✏️ Which film tonight?", "📋 Film night"):
        await sam.writes("/announce")
        await sam.taps("📋 A draft or a template", label)
        await sam.sees("▫️ The old one\n▫️ The new one", "They choose from these answers.")
    await sam.taps("Send to 1")
    card = await ana.reads("Which film tonight?")
    assert card.labels[:2] == ("The old one", "The new one")
    await sam.has_read_everything()


async def test_a_poll_where_none_is_asked_for_is_answered_kindly(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await ana.writes("/company")
    await ana.sends_a_poll("Shall I stay?", "Yes", "No")
    await ana.sees("I can only read words here.")
    await ana.has_read_everything()
