"""How somebody here did it: told, read by two first, shown, thanked for, taken back."""

from tests.support.house import House
from tests.support.somebody import Somebody

YES, NO = "Yes, it can be shown", "Something should change"


async def tells(teller: Somebody, *, signed: str) -> None:
    """A story about a craving, in words."""
    await teller.writes("/tell")
    await teller.taps("🌊 A craving")
    await teller.sees("What happened?")
    await teller.writes("Payday, and my hands were shaking.")
    await teller.reads("And what did you do")
    await teller.writes("I called somebody, and we walked.")
    await teller.reads("What came of it?")
    await teller.writes("An hour later it was gone.")
    await teller.reads("Whose story shall it be")
    await teller.taps(signed)
    await teller.sees("This is how it will look", "Payday", "we walked", "An hour later")
    await teller.reads("Shall I hand it to two people to read?")
    await teller.taps("Yes, hand it on")
    await teller.sees("I've handed it on")


async def reads_first(*readers: Somebody) -> None:
    for reader in readers:
        await reader.reads("Would you read something first?", "Payday")
        await reader.taps(YES)
        await reader.sees("Thank you for reading it first.")


async def asks_for_one(reader: Somebody) -> None:
    await reader.writes("/stories")
    await reader.taps("🌊 A craving")


async def test_a_story_is_read_by_two_of_whom_one_is_a_mentor_before_it_is_shown(house: House) -> None:
    ana, ben, cleo, maria = await house.people(
        "Ana the participant", "Ben the participant", "Cleo the participant", "Maria the mentor"
    )
    await tells(ana, signed="A.")
    await reads_first(ben, cleo)
    await asks_for_one(cleo)
    await cleo.reads("Nobody here has told one about this yet")  # two peers, and no mentor among them
    await reads_first(maria)
    await ana.reads("What you told can be seen now.")
    await asks_for_one(cleo)
    story = await cleo.reads("How somebody did it", "Payday", "A.")
    assert "Ana" not in story.text
    await cleo.reads("Would you like to see another one?")


async def test_that_it_helped_reaches_whoever_told_it_once(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await tells(ana, signed="Ana")
    await reads_first(maria, ben)
    await ana.reads("What you told can be seen now.")
    await asks_for_one(ben)
    story = await ben.reads("How somebody did it", "Ana")
    await ben.reads("another one")
    await ben.taps("💚 This helped me")
    await ana.reads("Somebody here says that what you told helped them.")
    await ben.taps_once_more(story, "💚 This helped me")
    await house.at_rest()


async def test_what_should_change_is_kept_nowhere_and_its_teller_hears_it_kindly(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await tells(ana, signed="Somebody here")
    await ben.has_read_everything()
    await maria.reads("Would you read something first?", "Payday", "Somebody here")
    await maria.taps(NO)
    await maria.reads("Thank you for reading it first.")
    await ana.reads("something in it should change", "Nothing of it is kept.")
    await house.at_rest()
    assert not [bubble for bubble in (await ben.chat()).said if "Payday" in bubble.text]
    await ana.writes("/my_stories")
    await ana.reads("You have told nothing here yet.")


async def test_the_reader_is_shown_what_to_look_at(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await ana.writes("/tell")
    await ana.taps("🌊 A craving")
    await ana.sees("What happened?")
    await ana.writes("Ben and I were behind the station with 2 pills.")
    await ana.reads("And what did you do")
    await ana.writes("I called 555 0100 123.")
    await ana.reads("What came of it?")
    await ana.writes("It passed.")
    await ana.taps("Somebody here", "Yes, hand it on")
    await ana.has_read_everything()
    card = await maria.reads("Please look at:")
    for sign in ("somebody else's name? “Ben”", "“behind the”", "“2 pills”", "“555 0100 123”"):
        assert sign in card.text
    await ben.has_read_everything()


async def test_a_voice_is_heard_first_shown_and_taken_back_everywhere(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await ana.writes("/tell")
    await ana.taps("🌙 Not sleeping")
    await ana.sees("What happened?")
    await ana.sends("voice")
    await ana.taps("That's all of it", "Ana")
    await ana.sees("This is how it will look")
    await ana.taps("Yes, hand it on")
    for reader in (maria, ben):
        await reader.reads("Would you read something first?", "what I can't hear or see")
        assert [bubble for bubble in (await reader.chat()).said if "voice" in bubble.raw]
        await reader.taps(YES)
        await reader.has_read_everything()
    await ana.reads("What you told can be seen now.")
    await ben.writes("/stories")
    await ben.taps("🌙 Not sleeping")
    await ben.reads("How somebody did it", "Ana")
    await ben.has_read_everything()
    await ana.writes("/my_stories")
    await ana.taps("🌳 🌙 Not sleeping", "Yes, take it back")
    await ana.sees("It is gone.")
    await house.at_rest()
    for reader in (ben, maria):
        said = (await reader.chat()).said
        assert not [bubble for bubble in said if "voice" in bubble.raw or "How somebody did it" in bubble.text]
    await ben.writes("/stories")
    await ben.taps("🌙 Not sleeping")
    await ben.reads("Nobody here has told one about this yet")
    await ana.has_read_everything()


async def test_after_two_days_only_words_can_be_changed_and_the_teller_is_told(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await tells(ana, signed="Ana")
    await reads_first(maria, ben)
    await asks_for_one(ben)
    await ben.reads("How somebody did it", "Payday")
    await ben.reads("another one")
    await house.later(hours=60)
    for each in (ana, ben, maria):
        await each.has_read_everything()
    await ana.writes("/my_stories")
    await ana.taps("🌳 🌊 A craving", "Yes, take it back")
    await ana.sees("To be honest: somebody read it more than two days ago.")
    await ben.sees("Whoever told this has taken it back.")
    await house.at_rest()
    assert not [bubble for bubble in (await ben.chat()).said if "Payday" in bubble.text]
    await ana.has_read_everything()


async def test_with_too_few_people_it_is_said_before_anything_is_told(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/tell")
    await ana.reads("there are too few people here for that right now")


async def test_what_nobody_read_goes_to_the_others_some_days_later(house: House) -> None:
    ana, *others = await house.people(
        "Ana the participant",
        "Ben the participant",
        "Cleo the participant",
        "Dan the participant",
        "Eva the participant",
        "Maria the mentor",
    )
    await tells(ana, signed="Ana")
    await house.at_rest()
    asked = [each for each in others if [1 for bubble in await each.unread() if "Would you read" in bubble.text]]
    assert len(asked) == 4
    await house.later(days=3, minutes=1)
    for each in others:
        await each.reads("Would you read something first?")
        await each.has_read_everything()
    await ana.has_read_everything()


async def test_whoever_leaves_the_house_takes_their_story_along(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await tells(ana, signed="Ana")
    await reads_first(maria, ben)
    await asks_for_one(ben)
    await ben.reads("How somebody did it")
    await ben.reads("another one")
    await ana.has_read_everything()
    await ana.writes("/delete")
    await ana.taps("I want that", "Yes, delete everything")
    await house.at_rest()
    await ana.has_read_everything()
    assert not [bubble for bubble in (await ben.chat()).said if "Payday" in bubble.text]


async def test_a_tip_is_one_line_and_goes_the_same_way(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    for _ in range(2):
        await practises(ana)
    await ana.sees("What made it work for you?")
    await ana.writes("I name them out loud, like a tour guide.")
    await ana.taps("A.")
    await ana.sees("I've handed it on.")
    for reader in (ben, maria):
        await reader.reads("Somebody left a tip for the house.", "tour guide")
        await reader.taps(YES)
        await reader.has_read_everything()
    await ana.reads("What you told can be seen now.")
    await practises(ben)
    await ben.taps("Yes, show me")
    await ben.reads("A tip from the house", "tour guide", "A.")
    await ben.taps("💚 This helped me")
    await ana.reads("your tip helped them")
    await ana.has_read_everything()


async def practises(somebody: Somebody) -> None:
    """Five, four, three, two, one; from six to two."""
    await somebody.writes("/skills")
    await somebody.taps("5-4-3-2-1, back to here", "6", "I'd like to stop here", "2")
    await somebody.has_read_everything()
