"""Staff write to everybody, look at it first, and see who heard."""

from collections import Counter

from tests.support.house import House

CROWD = 300


async def test_staff_preview_it_and_see_who_heard(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    [ben] = await house.people("Ben the participant")
    await ben.blocks_the_bot()
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone in Maple House?")
    await sam.writes("Soup tonight at half past six.")
    await sam.reads(
        "📣 Sam, Maple House", "Soup tonight", "People it goes to: 2.", "Blocked Hearth in Telegram (1): Ben"
    )
    await sam.taps("Change the words")
    await sam.writes("Soup tonight at seven.")
    await sam.taps("Send to 2")
    await sam.sees("It's on its way.")
    for each in (ana, maria):
        await each.reads("📣 Sam, Maple House", "Soup tonight at seven.")
    await house.later(seconds=2)
    await sam.reads("📣 Got it: 2 of 3", "Ben: has blocked Hearth in Telegram")


async def test_an_announcement_that_was_left_goes_to_nobody(house: House) -> None:
    _ana, sam = await house.people("Ana the participant", "Sam of staff")
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone")
    await sam.writes("Never mind.")
    await sam.reads("This is how it will look:")
    await sam.taps("Leave it")
    await sam.sees("All right, nothing was sent.")


async def test_three_hundred_people_each_have_one_outcome_through_a_restart(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    crowd = await house.crowd(CROWD)
    stopped, blocked, slow = crowd[:10], crowd[10:20], crowd[20:30]
    async with house.app.database.write() as work:
        known = await work.people.find_many([each.id for each in stopped])
        for person in known.values():
            await work.people.set_stopped(person.id, stopped=True)
        await work.commit()
    for each in blocked:
        house.sandbox.exchange.world.users[each.id].blocked = True
    for each in slow:
        await house.phones.fault("slow", method="sendMessage", chat_id=each.id, delay=0.1, count=1)
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone")
    await sam.writes("Soup tonight.")
    await sam.taps(f"Send to {CROWD - len(stopped)}")
    early = crowd[150]
    await early.reads("Soup tonight.")
    await house.restarts()
    await house.at_rest()
    await house.later(seconds=2)
    await house.later(seconds=2)
    lines = await the_lines_of_the_only_announcement(house)
    assert Counter(lines.values()) | Counter(sent=0) == Counter(
        sent=CROWD - len(stopped) - len(blocked), withheld=len(stopped), blocked=len(blocked)
    )
    for each in crowd:
        heard = len(await each.unread()) + (each is early)
        assert heard == (1 if lines[each.id] == "sent" else 0), each.name
        await each.has_read_everything()
    await sam.reads(f"📣 Got it: 280 of {CROWD}")


async def the_lines_of_the_only_announcement(house: House) -> dict[int, str]:
    """By Telegram id: what became of it for each."""
    async with house.app.database.read() as work:
        [announcement] = await work.announcements.in_state("done")
        lines = await work.recipients.of(announcement.id)
        people = await work.people.get_many(line.person_id for line in lines)
    return {people[line.person_id].telegram_id: line.outcome for line in lines}
