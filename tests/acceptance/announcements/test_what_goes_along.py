"""An album, a video message, a file: in everybody's own chat, in the group, and gone when it is taken back."""

from collections.abc import Sequence

from bot.ids import RandomIds
from bot.policy import Role
from bot.sandbox.phone import Bubble
from storage.repositories.groups import Group
from storage.repositories.memberships import Grant
from tests.acceptance.announcements.test_in_group import in_the_group, linked
from tests.acceptance.test_groups import said_in
from tests.support.house import ZONE, House
from tests.support.membership import Newcomer, let_in
from tests.support.somebody import Somebody


async def begins(author: Somebody) -> None:
    await author.writes("/announce")
    await author.reads("What would you like to tell everyone in Maple House?")


def showing(messages: Sequence[Bubble], kind: str) -> list[Bubble]:
    """The messages that show such a file, and still stand."""
    return [each for each in messages if each.raw.get(kind) and not each.deleted]


async def test_an_album_comes_whole_after_the_words_to_everybody_and_to_the_group_and_goes_whole(
    house: House,
) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    chat = await linked(house, sam, ana)
    await begins(sam)
    for caption in ("The new garden.", "", ""):
        await sam.sends("photo", caption, album="garden")
    await house.later(seconds=3)
    await sam.sees("This is how it will look:", "The new garden.")
    await in_the_group(sam, "Yes, put it there")
    await sam.taps("Send to 1")
    words = await ana.reads("📣 Sam, Maple House", "The new garden.")
    assert "✏️ Answer Sam" in words.labels
    await house.later(seconds=3)
    assert len(showing((await ana.chat()).messages, "photo")) == 3
    there = await said_in(house, chat)
    assert there[0].text == "📣 Sam, Maple House\n\nThe new garden."
    assert len(showing(there, "photo")) == 3
    assert not any(each.buttons for each in there)

    await sam.taps("↩️ Take it back", "Yes, take it back")
    await house.later(seconds=10)
    assert not showing((await ana.chat()).messages, "photo")
    assert all(each.deleted for each in await said_in(house, chat))
    await sam.sees("📣 Taken back from 1 of 1")
    await ana.has_read_everything()
    await sam.has_read_everything()


async def test_a_video_message_comes_below_the_words_that_say_from_whom_it_is(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    chat = await linked(house, sam, ana)
    await begins(sam)
    await sam.sends("video_note")
    await sam.sees("This is how it will look:")
    await in_the_group(sam, "Yes, put it there")
    await sam.taps("Send to 1")
    words = await ana.reads("📣 Sam, Maple House")
    assert "✏️ Answer Sam" in words.labels
    await house.later(seconds=3)
    [note] = showing((await ana.chat()).messages, "video_note")
    assert note.id > words.id
    assert len(showing(await said_in(house, chat), "video_note")) == 1
    await ana.has_read_everything()
    await sam.has_read_everything()


async def test_a_file_bears_the_words_under_it_in_the_group_too(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    chat = await linked(house, sam, ana)
    await begins(sam)
    await sam.sends("document", "The new house rules.")
    await sam.sees("This is how it will look:", "The new house rules.")
    await in_the_group(sam, "Yes, put it there")
    await sam.taps("Send to 1")
    got = await ana.reads("📣 Sam, Maple House", "The new house rules.")
    assert got.raw["document"]
    [there] = await said_in(house, chat)
    assert there.raw["document"]
    assert there.caption == "📣 Sam, Maple House\n\nThe new house rules."
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1", "💬 It stands in the group chat of Maple House.")
    await sam.has_read_everything()


async def test_who_belongs_to_two_houses_gets_it_once_and_each_house_has_it_in_its_group(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    maple = await linked(house, sam, ana)
    await let_in(house.app, "Oak House", ZONE, {ana.id + 5_000: Newcomer(name="Lou", role=Role.PARTICIPANT)})
    oak = await house.phones.group("Oak", [sam.id])
    await house.at_rest()
    await sam.has_read_everything()
    await also_in(house, "Oak House", {ana: Role.PARTICIPANT, sam: Role.STAFF}, oak)
    await sam.writes("/announce")
    await house.at_rest()
    await sam.taps("Maple House")
    await sam.sees("What would you like to tell everyone in Maple House?")
    await sam.writes("The picnic is on Sunday.")
    await sam.sees("This is how it will look:")
    await sam.taps("👥 To whom", "Several houses", "All of them")
    await in_the_group(sam, "Yes, put it there")
    preview = await sam.sees("This is how it will look:", "The picnic is on Sunday.")
    await sam.taps(next(label for label in preview.labels if label.startswith("Send to")))
    await house.later(seconds=5)

    assert len([each for each in await ana.unread() if "The picnic is on Sunday." in each.text]) == 1
    assert [each.text for each in await said_in(house, maple)] == ["📣 Sam, Maple House\n\nThe picnic is on Sunday."]
    assert [each.text for each in await said_in(house, oak)][-1:] == [
        "📣 Sam, Maple House\n\nThe picnic is on Sunday."
    ]
    await sam.sees("It stands in the group chat of Maple House.", "It stands in the group chat of Oak House.")
    for each in (ana, sam):
        await each.has_read_everything()


async def also_in(house: House, name: str, people: dict[Somebody, Role], chat: int) -> None:
    """These people have a role in another house, too, and this is its group."""
    async with house.app.database.write() as work:
        ids, now = RandomIds(house.app.clock.now), house.app.clock.now()
        found = await work.houses.by_name(name)
        assert found is not None
        known = await work.people.find_many([each.id for each in people])
        for somebody, role in people.items():
            person = known[somebody.id]
            await work.memberships.grant(
                Grant(id=ids.new(), person_id=person.id, house_id=found.id, role=role.value, since=now)
            )
        await work.groups.add(
            Group(
                id=ids.new(),
                house_id=found.id,
                purpose="house",
                chat_id=chat,
                title="Oak",
                locale="en",
                linked_at=now,
            )
        )
        await work.commit()
