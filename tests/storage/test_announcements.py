"""Announcements: one line for everybody they are for, and what became of it."""

from storage.database import Database
from storage.repositories.announcements import Announcement
from storage.repositories.recipients import Arrival, Recipient
from tests.storage.support import MINUTE, NOW, join, maple, new_id, somebody


async def test_an_announcement_reaches_each_person_once_and_counts_whom_it_reached(db: Database) -> None:
    house, people = maple(), [somebody(number) for number in (1, 2, 3)]
    await join(db, *people)
    announcement = Announcement(
        id=new_id(), house_id=house.id, author_id=9, letter=b"Dinner at six", state="draft", created_at=NOW
    )

    def line(person_id: int) -> Recipient:
        return Recipient(id=new_id(), announcement_id=announcement.id, person_id=person_id)

    lines = [line(person.id) for person in people]
    letters = {each.id: new_id() for each in lines[:2]}
    first, second = letters.values()
    async with db.write() as work:
        await work.houses.add(house)
        await work.announcements.add(announcement)
        assert await work.announcements.move(announcement, state="sending", confirmed_at=NOW)
        assert not await work.announcements.move(announcement, state="sending")
        assert await work.recipients.add_many(lines) == {each.id for each in lines}
        assert await work.recipients.add_many([line(people[0].id)]) == set()
        await work.recipients.hand_over(letters)
        assert await work.recipients.unsent(announcement.id, NOW, 10) == [lines[2]]

        await work.recipients.settle_by_outbox(
            [
                Arrival(outbox_id=first, outcome="sent"),
                Arrival(outbox_id=second, outcome="blocked", reason="blocked"),
            ],
            NOW,
        )
        await work.recipients.settle_by_outbox([Arrival(outbox_id=first, outcome="unsure")], NOW)
        assert await work.recipients.tally(announcement.id) == {"sent": 1, "blocked": 1, "waiting": 1}
        assert [each.reason for each in await work.recipients.of(announcement.id)] == [None, "blocked", None]
        await work.commit()
    async with db.read() as work:
        found = await work.announcements.get(announcement.id)
        assert found is not None
        assert (found.letter, found.state, found.confirmed_at) == (b"Dinner at six", "sending", NOW)
        assert await work.announcements.of_house(house.id, NOW) == [found]
        assert await work.announcements.of_house(house.id, NOW + MINUTE) == []
        assert await work.announcements.of_house(5, NOW) == []
        assert await work.announcements.in_state("sending") == [found]
        assert await work.announcements.get(5) is None
