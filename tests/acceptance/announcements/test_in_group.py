"""An announcement in the house's group chat: once, with it, without buttons; corrected, held and taken back there."""

from bot.sandbox import media
from tests.acceptance.announcements.test_stories import writes
from tests.acceptance.test_groups import TITLE, made, said_in
from tests.support.house import House
from tests.support.somebody import Somebody


async def linked(house: House, *people: Somebody) -> int:
    """A group for the whole house, linked by the first of these people."""
    chat = await made(house, *people)
    await people[0].taps("The whole house")
    await people[0].sees(f"“{TITLE}” belongs to Maple House now.")
    await house.at_rest()
    return chat


async def in_the_group(author: Somebody, answer: str) -> None:
    """The choice, under More."""
    await author.taps("⚙️ More", "💬 Also in the house's group", answer)
    await author.sees("It stands in the house's group chat, too")


async def test_it_stands_in_the_group_once_pinned_and_is_corrected_and_taken_back_there(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    chat = await linked(house, sam, ana)
    await writes(sam, "The picnic is on Monday.")
    await sam.taps("⚙️ More", "👍 Ask for an answer", "Yes · no")
    await in_the_group(sam, "Yes, and pin it")
    await sam.taps("Send to 1")
    await ana.reads("The picnic is on Monday.")
    [said] = await said_in(house, chat)
    assert said.text == "📣 Sam, Maple House\n\nThe picnic is on Monday."
    assert said.buttons == ()
    assert (await house.phones.chat(chat)).pinned == (said.id,)
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1", "📌 It stands in the group chat of Maple House, pinned.")
    await sam.taps("✏️ Correct it")
    await sam.sees("How should it read?")
    await sam.writes("The picnic is on Sunday.")
    await sam.taps("Yes, tell them")
    await sam.sees("It is being changed everywhere.")
    await house.later(seconds=3)
    await ana.reads("This has changed", "The picnic is on Sunday.")
    first, again = await said_in(house, chat)
    assert first.text == "📣 Sam, Maple House\n\nThe picnic is on Sunday."
    assert "This has changed" in again.text
    await house.later(seconds=3)
    await sam.taps("↩️ Take it back", "Yes, take it back")
    await house.later(seconds=10)
    assert all(each.deleted for each in await said_in(house, chat))
    await sam.sees("Taken back from 1 of 1", "It is gone from the group chat of Maple House.")


async def test_what_waits_for_the_morning_does_not_come_while_it_is_paused(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    chat = await linked(house, sam, ana)
    await house.at("03:00")
    for each in (ana, sam):
        await each.has_read_everything()
    await writes(sam, "Soup tonight at six.")
    await in_the_group(sam, "Yes, put it there")
    await sam.taps("Send to 1")
    await house.later(minutes=5)
    assert not await said_in(house, chat)
    await sam.taps("⏸ Pause")
    await house.at("07:30")
    assert not await said_in(house, chat)
    await sam.taps("▶️ Go on")
    await house.later(seconds=5)
    assert len(await said_in(house, chat)) == 1
    await ana.reads("Soup tonight at six.")


async def test_what_is_for_some_stays_out_of_the_group_and_without_one_nothing_is_offered(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await writes(sam, "The rota is on the wall.")
    await sam.taps("⚙️ More")
    assert "💬 Also in the house's group" not in str((await sam.sees("What else?")).buttons)
    await sam.taps("Back", "Leave it")
    chat = await linked(house, sam, ana, maria)
    await writes(sam, "The rota is on the wall.")
    await in_the_group(sam, "Yes, put it there")
    await sam.taps("👥 To whom", "By role", "Mentors", "✓ That's right", "Send to 1")
    await maria.reads("The rota is on the wall.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1")
    assert not await said_in(house, chat)
    assert not await ana.unread()


async def test_its_author_reads_what_became_of_it_in_the_group_on_the_card_and_in_the_file(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    chat = await linked(house, sam, ana)
    await house.phones.fault("403", method="pinChatMessage", chat_id=chat)
    await writes(sam, "Soup tonight at six.")
    await in_the_group(sam, "Yes, and pin it")
    await sam.taps("Send to 1")
    await ana.reads("Soup tonight at six.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1", "It stands in the group chat of Maple House. I was not allowed to pin it.")

    await house.phones.fault("400_chat_not_found", method="sendMessage", chat_id=chat)
    await writes(sam, "Soup tonight at seven.")
    await in_the_group(sam, "Yes, put it there")
    await sam.taps("Send to 1")
    await ana.reads("Soup tonight at seven.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1", "Telegram did not let me write to the group chat of Maple House.")
    await sam.taps("📄 As a list")
    file = (await sam.reads("Everybody, line by line.")).raw["document"]["file_id"]
    rows = (await the_file(house, file)).splitlines()
    assert [row.split(",")[0] for row in rows] == ["Name", "Ana", "Group chat of Maple House"]
    assert "Telegram did not let me write" in rows[-1]
    await house.phones.lift_faults()


async def test_when_telegram_does_not_say_whether_it_stands_there_its_author_reads_just_that(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    chat = await linked(house, sam, ana)
    await house.phones.fault("502", method="sendMessage", chat_id=chat, count=1)
    await writes(sam, "Soup tonight at six.")
    await in_the_group(sam, "Yes, put it there")
    await sam.taps("Send to 1")
    await ana.reads("Soup tonight at six.")
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1", "It may stand in the group chat of Maple House; Telegram did not say.")
    assert not await said_in(house, chat)


async def the_file(house: House, file_id: str) -> str:
    """What stands in a document that the bot sent."""
    return media.data(house.sandbox.exchange.world.files[file_id]).decode("utf-8-sig")
