"""Group chats of a house: linked by staff, deaf but for taps, a place where calls for help stand and can be taken."""

from collections.abc import Sequence

import pytest

from bot.sandbox.phone import Bubble
from storage.repositories.groups import Group
from tests.acceptance.alerts.test_rota import presses_sos
from tests.support.house import House
from tests.support.somebody import Somebody

TITLE = "Maple mentors"


async def made(house: House, *people: Somebody) -> int:
    """A group, by the first of them, who adds the bot to it; its chat id."""
    chat = await house.phones.group(TITLE, [each.id for each in people])
    await house.at_rest()
    return chat


async def linked(house: House, *people: Somebody) -> int:
    """A mentors' group, linked by the first of these people."""
    chat = await made(house, *people)
    await people[0].taps("Mentors: calls for help", "Yes, only they")
    await people[0].sees(f"“{TITLE}” belongs to Maple House now.")
    await house.at_rest()
    return chat


async def said_in(house: House, chat: int) -> Sequence[Bubble]:
    """What the bot says in a group, as it stands now."""
    await house.at_rest()
    return [each for each in (await house.phones.chat(chat)).messages if each.from_bot]


async def groups_of(house: House) -> Sequence[Group]:
    async with house.app.database.read() as work:
        [only] = await work.houses.all()
        return await work.groups.of_house(only.id)


async def all_read(house: House) -> None:
    for person in house.everybody:
        await person.has_read_everything()


async def test_a_call_stands_in_the_mentors_group_and_is_taken_from_there(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    chat = await linked(house, sam, maria)
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    assert not await said_in(house, chat)  # whoever is on call is asked first
    await house.later(minutes=3)
    [card] = await said_in(house, chat)
    assert card.text.startswith("🔔 Ana in Maple House is asking for somebody.")
    assert "12 Example Street" not in card.text
    assert card.notified
    await house.phones.tap(maria.id, card.id, "I'm on it", chat=chat)
    await ana.reads("Maria is on it.")
    await sam.reads("Maria is on it")
    [card] = await said_in(house, chat)
    assert card.text == "🔔 Maria is on it for Ana. Thank you."
    assert card.buttons == ()
    await maria.taps("I'm with them", "It's over")
    [card] = await said_in(house, chat)
    assert card.text == "🔔 It's over for Ana. Thank you."
    await all_read(house)
    await ana.writes("/who_saw")
    await ana.reads("the mentors' group")
    await ana.writes("/who_sees")
    await ana.reads("in the mentors' group, your first name")


async def test_a_call_that_gets_worse_stands_in_the_group_at_once(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    chat = await linked(house, sam, maria)
    await presses_sos(house, ana)
    await maria.reads("Ana is asking")
    assert not await said_in(house, chat)
    await ana.taps("It's worse")
    await sam.reads("Ana")
    [card] = await said_in(house, chat)
    assert card.text.startswith("🚨 Ana in Maple House needs somebody right now.")
    await all_read(house)


async def test_of_two_who_tap_there_at_once_one_has_it_and_a_second_tap_changes_nothing(house: House) -> None:
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    chat = await linked(house, sam, maria, tom)
    await presses_sos(house, ana)
    await house.later(minutes=3)
    [card] = await said_in(house, chat)
    for person in (maria, tom, maria):
        await house.phones.tap(person.id, card.id, "I'm on it", chat=chat)
    await house.at_rest()
    async with house.app.database.read() as work:
        [alert] = await work.alerts.open_all()
        events = [each.kind for each in await work.alert_trail.events_of(alert.id)]
    assert events.count("take") == 1
    await all_read(house)


async def test_a_tap_by_whoever_may_not_is_answered_with_silence(house: House) -> None:
    ana, ben, maria, sam = await house.people(
        "Ana the participant", "Ben the participant", "Maria the mentor", "Sam of staff"
    )
    stranger = await house.stranger("Joe")
    chat = await linked(house, sam, maria, ben, ana, stranger)
    await presses_sos(house, ana)
    await house.later(minutes=3)
    await all_read(house)
    [card] = await said_in(house, chat)
    for person in (stranger, ben, ana):
        await house.phones.tap(person.id, card.id, "I'm on it", chat=chat)
        await house.at_rest()
        assert not await person.unread()
    assert await said_in(house, chat) == [card]
    async with house.app.database.read() as work:
        [alert] = await work.alerts.open_all()
    assert alert.state == "open"


async def test_whom_the_person_never_wants_asked_reads_nothing_in_the_group_either(house: House) -> None:
    ana, maria, tom, sam = await house.people(
        "Ana the participant", "Maria the mentor", "Tom the mentor", "Sam of staff"
    )
    chat = await linked(house, sam, maria, tom)
    await ana.writes("/my_people")
    await ana.taps("Somebody is never asked", "Tom")
    await house.at_rest()
    await presses_sos(house, ana)
    await house.later(minutes=3)
    assert not await said_in(house, chat)
    await all_read(house)


async def test_only_staff_are_asked_what_a_group_is_for_and_nothing_else_is_heard(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    chat = await made(house, ana, maria, sam)
    assert not await ana.unread()
    for person, text in ((ana, "/link"), (maria, "/link"), (sam, "hello, anybody?"), (sam, "/invite"), (ana, "/sos")):
        await house.phones.send(person.id, text, chat=chat)
        await house.at_rest()
        assert not await person.unread()
    await house.phones.send(sam.id, "/link", chat=chat)
    await sam.reads(f"I am in the group “{TITLE}” now.")
    await sam.taps("Neither")
    await sam.sees("All right, I write nothing in that group.")
    assert not await groups_of(house)
    assert not await said_in(house, chat)


async def test_a_group_that_is_upgraded_is_followed_and_one_that_throws_us_out_is_let_go(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    chat = await linked(house, sam, maria)
    moved = await house.phones.migrate(chat)
    await house.at_rest()
    assert [each.chat_id for each in await groups_of(house)] == [moved]
    await presses_sos(house, ana)
    await house.later(minutes=3)
    assert len(await said_in(house, moved)) == 1
    await house.phones.kick_bot(moved)
    await house.at_rest()
    assert not await groups_of(house)
    await all_read(house)


async def test_staff_let_a_group_go(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    chat = await linked(house, sam)
    await sam.writes("/groups")
    await sam.taps(f"{TITLE}: calls for help", "Yes, let it go")
    await sam.sees("Done. I write nothing more there.")
    await sam.writes("/groups")
    await sam.reads("No group belongs to Maple House yet.")
    await presses_sos(house, ana)
    await house.later(minutes=5)
    assert not await said_in(house, chat)
    await sam.writes("/trail")
    await sam.reads("Sam linked a group chat to the house", "Sam let a group chat go")
    await all_read(house)


@pytest.mark.parametrize("place", ["the group of another house", "a group that nobody linked"])
async def test_a_card_copied_elsewhere_does_nothing(house: House, place: str) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    chat = await linked(house, sam, maria)
    await presses_sos(house, ana)
    await house.later(minutes=3)
    await all_read(house)
    [card] = await said_in(house, chat)
    other = await house.phones.group("Elsewhere", [maria.id])
    if place == "the group of another house":
        await oak_links(house, other)
    tap = maria_taps(maria, other, card)
    await house.phones.inject(tap)
    await house.at_rest()
    async with house.app.database.read() as work:
        [alert] = await work.alerts.open_all()
    assert alert.state == "open"
    assert not await maria.unread()


async def oak_links(house: House, chat: int) -> None:
    """Another house, and its group."""
    from tests.support.membership import let_in  # noqa: PLC0415

    await let_in(house.app, "Oak House", "America/New_York", {})
    async with house.app.database.write() as work:
        oak = await work.houses.by_name("Oak House")
        assert oak is not None
        await work.groups.add(
            Group(
                id=7,
                house_id=oak.id,
                purpose="mentors",
                chat_id=chat,
                title="Elsewhere",
                locale="en",
                linked_at=house.now,
            )
        )
        await work.commit()


def maria_taps(maria: Somebody, chat: int, card: Bubble) -> dict[str, object]:
    """An update as Telegram would send it, with a button of a card that stands elsewhere."""
    data = card.raw["inline_keyboard"][0][0]["callback_data"]
    return {
        "callback_query": {
            "id": "77",
            "from": {"id": maria.id, "is_bot": False, "first_name": "Maria"},
            "message": {"message_id": 1, "date": 0, "chat": {"id": chat, "type": "group", "title": "Elsewhere"}},
            "chat_instance": "1",
            "data": data,
        }
    }
