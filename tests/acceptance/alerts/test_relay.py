"""“I'm on it” opens a way to write: words pass through the bot, and no number changes hands."""

import pytest

from tests.support.house import House
from tests.support.somebody import Somebody


async def maria_is_on_it(ana: Somebody, maria: Somebody) -> None:
    """Ana pressed SOS, and Maria has taken it; both know that they can write now."""
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await maria.taps("I'm on it")
    await maria.sees("What you write here goes to Ana")
    await ana.reads("Maria is on it. Write to Maria right here")


async def test_the_two_write_to_each_other_by_first_name_alone(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await ana.writes("I'm on the back steps")
    await ana.reads("Passed on to Maria.")
    said = await maria.reads("💬 Ana:", "I'm on the back steps")
    assert str(ana.id) not in str(said.raw.get("entities", "")) + said.text
    await maria.writes("Stay there, two minutes")
    await maria.reads("Passed on to Ana.")
    await ana.reads("💬 Maria:", "Stay there, two minutes")


async def test_nothing_is_passed_on_before_somebody_is_on_it(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await maria.reads("Ana is asking")
    await maria.writes("who is it?")
    await maria.reads("Please tap one of the buttons.")


async def test_a_mistake_is_mended_in_the_copy_and_a_message_is_taken_back_on_both_sides(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await ana.writes("I'm on the back stepps")
    await ana.reads("Passed on")
    await maria.reads("💬 Ana:", "I'm on the back stepps")
    await ana.edits("I'm on the back stepps", "I'm on the back steps")
    await maria.sees("💬 Ana:", "I'm on the back steps")
    await ana.taps("Take it back")
    await ana.sees("I've taken it back")
    await house.calm()
    assert not any("back steps" in bubble.text for bubble in (await maria.chat()).said if not bubble.deleted)
    assert not any("back steps" in bubble.text for bubble in (await ana.chat()).messages if not bubble.deleted)
    await maria.has_read_everything()


@pytest.mark.parametrize("kind", ["photo", "video", "voice", "document"])
async def test_what_stands_under_a_photo_is_mended_too(house: House, kind: str) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await ana.sends(kind, "wher I am")
    await ana.reads("Passed on")
    await maria.reads("💬 Ana:", "wher I am")
    await ana.edits("wher I am", "where I am")
    mended = await maria.sees("💬 Ana:", "where I am")
    assert kind in mended.raw
    assert not mended.text


async def test_it_outlives_a_restart(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await house.restarts()
    await ana.writes("are you there?")
    await ana.reads("Passed on")
    await maria.reads("💬 Ana:", "are you there?")
    await house.restarts()
    await maria.writes("yes")
    await maria.reads("Passed on")
    await ana.reads("💬 Maria:", "yes")


async def test_commands_the_menu_and_sos_go_on_working_in_it(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await ana.writes("hello")
    await ana.reads("Passed on")
    await maria.reads("💬 Ana:", "hello")
    await ana.writes("/checkin")
    await ana.reads("How are you right now?")
    await ana.writes("can't tap right now")  # no question waits for words, and Maria reads
    await ana.reads("Passed on to Maria.")
    await maria.reads("💬 Ana:", "can't tap right now")
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await ana.writes("still here")
    await ana.reads("Passed on")
    await maria.reads("💬 Ana:", "still here")
    await maria.has_read_everything()


async def test_the_mentor_who_was_composing_does_not_write_to_the_whole_house(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await sam.writes("/announce")
    await sam.has_read_everything()
    await ana.presses("🆘 SOS")
    await ana.has_read_everything()
    await sam.taps("I'm on it")
    await ana.reads("Sam is on it.")
    await sam.writes("On my way")
    await sam.reads("Passed on to Ana.")
    await ana.reads("💬 Sam:", "On my way")


async def test_either_can_end_it_and_begin_it_again(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await ana.writes("thank you")
    await ana.reads("Passed on")
    await maria.reads("thank you")
    await ana.taps("Stop writing")
    await ana.sees("Maria reads no more of what you write")
    await maria.reads("Ana doesn't read along here any more")
    await maria.writes("are you all right?")
    await maria.reads("Nobody is at the other end any more")
    await maria.taps("💬 Write to Ana")
    await maria.sees("What you write here goes to Ana")
    await maria.writes("are you all right?")
    await maria.reads("Passed on")
    await ana.reads("💬 Maria:", "are you all right?")


async def test_when_the_call_is_over_both_know_and_nothing_more_is_passed_on(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await maria.taps("I'm with them")
    await ana.reads("Maria is with you now.")
    await maria.taps("It's over")
    await ana.reads("This call is over", "Maria doesn't read along here any more")
    await ana.writes("one more thing")
    await ana.reads("Your call is over by now, so I haven't passed that on.")
    await maria.has_read_everything()
    await maria.taps("Go on", "No need", "I'm all right")
    await maria.writes("Is it raining?")
    await maria.reads("I'm here, Maria.")


async def test_who_takes_over_reads_on_and_not_what_was_written_before(house: House) -> None:
    ana, maria, joe = await house.people("Ana the participant", "Maria the mentor", "Joe the mentor")
    await joe.has_read_everything()
    await maria_is_on_it(ana, maria)
    await ana.writes("only for Maria")
    await ana.reads("Passed on to Maria.")
    await maria.reads("only for Maria")
    await maria.taps("I can't after all")
    await ana.reads("It's not certain that Maria can be there")
    await joe.reads("Ana still needs somebody")
    await joe.taps("I'm on it")
    await ana.reads("Joe is on it.")
    await ana.writes("hello Joe")
    await ana.reads("Passed on to Joe.")
    await joe.reads("💬 Ana:", "hello Joe")
    await maria.writes("did Joe come?")
    await maria.reads("Nobody is at the other end any more")
    for each in (maria, joe):
        await each.has_read_everything()
    assert not any("only for Maria" in bubble.text for bubble in (await joe.chat()).said)


async def test_words_of_danger_make_the_call_more_urgent_and_open_no_second_conversation(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await maria_is_on_it(ana, maria)
    await ana.writes("I took all my pills")
    await maria.reads("💬 Ana:", "I took all my pills")
    await maria.reads("🚨 Ana may need more help now")
    await ana.reads("Passed on to Maria.")
    await sam.reads("🚨 Maria is on it for Ana, and it is urgent.", "12 Example Street")
    await maria.writes("did you want to kill yourself?")  # a mentor who asks is not in danger
    await maria.reads("Passed on to Ana.")
    await ana.reads("💬 Maria:", "did you want to kill yourself?")
    await maria.has_read_everything()
    await ana.has_read_everything()


async def test_a_photo_a_voice_and_a_video_note_are_passed_on_as_they_are(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await ana.sends("photo", "where I am")
    await ana.reads("Passed on")
    assert "photo" in (await maria.reads("💬 Ana:", "where I am")).raw
    await maria.sends("voice")
    await maria.reads("Passed on")
    assert "voice" in (await ana.reads("💬 Maria:")).raw
    await ana.sends("video_note")
    await ana.reads("Passed on")
    await maria.reads("💬 Ana:")
    assert "video_note" in (await maria.reads("")).raw
    await ana.taps("Take it back", "The one before too")
    await ana.sees("I've taken it back")
    await house.calm()
    assert not [bubble for bubble in (await maria.chat()).said if bubble.raw.keys() & {"photo", "video_note"}]
    await ana.sends("sticker")
    await ana.reads("I can't take that kind here")
    await ana.has_read_everything()


async def test_text_of_4096_characters_arrives_whole(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    words = "long " * 819 + "."
    await ana.writes(words)
    await ana.reads("Passed on")
    await maria.reads("💬 Ana:")
    assert (await maria.reads("long long")).text == words


async def test_two_calls_of_one_mentor_are_kept_apart(house: House) -> None:
    ana, ben, maria = await house.people("Ana the participant", "Ben the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await ben.presses("🆘 SOS")
    await ben.has_read_everything()
    await maria.reads("Ben is asking")
    await maria.taps("I'm on it")
    await ben.reads("Maria is on it.")
    await maria.writes("Ben, I'm here")
    await maria.reads("Passed on to Ben.")
    await ben.reads("Ben, I'm here")
    await ana.writes("and me?")
    await ana.reads("Passed on")
    await maria.reads("💬 Ana:", "and me?")
    await maria.taps("💬 Write to Ana")
    await maria.writes("you too")
    await maria.reads("Passed on to Ana.")
    await ana.reads("you too")


async def test_what_was_written_is_kept_two_days_and_who_read_it_is_known(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await ana.writes("a secret of mine")
    await ana.reads("Passed on")
    await maria.reads("a secret of mine")
    await ana.writes("/who_saw")
    await ana.reads("Maria: what you wrote to each other in a call")
    async with house.app.database.read() as work:
        assert [row["alert_id"] for row in (await work.belongings.of(await person_id(house, ana)))["relayed"]]
    await maria.taps("It's over")
    await ana.has_read_everything()
    await house.later(days=2, hours=1)
    await house.tidies()
    async with house.app.database.read() as work:
        assert "relayed" not in await work.belongings.of(await person_id(house, ana))
    for each in (ana, maria):
        await each.has_read_everything()


async def test_what_cannot_come_is_told_to_whoever_wrote_it(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await maria_is_on_it(ana, maria)
    await house.phones.deactivate(maria.id)  # nobody has told the bot yet
    await ana.writes("are you there?")
    await ana.reads("Passed on to Maria.")
    await ana.reads("I couldn't bring that to Maria's phone.")


async def person_id(house: House, who: Somebody) -> int:
    async with house.app.database.read() as work:
        return (await work.people.find_many({who.id}))[who.id].id


async def test_who_sees_tells_that_what_two_write_to_each_other_is_seen_by_the_two(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/who_sees")
    table = await ana.reads("What you write with whoever is on it\n→ the two of you, nobody else.")
    assert "your other home" not in table.text
    await ana.taps("No, thank you")
    await ana.has_read_everything()
