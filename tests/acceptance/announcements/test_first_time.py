"""Somebody of staff who has never seen it: a few taps to the first announcement, and lists to leaf through."""

from datetime import timedelta

from bot.house.announcements.rules import Aim
from bot.house.announcements.versions import Versions
from bot.ids import RandomIds
from dialogs.messages import Message
from storage.repositories.announcements import Announcement
from tests.acceptance.announcements.test_stories import writes
from tests.support.house import House
from tests.support.somebody import Somebody

MANY = 20
MOST_TAPS = 6


async def test_a_first_announcement_takes_at_most_six_taps_and_the_words_themselves(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    taps = ["/announce"]  # picked from Telegram's own list of commands
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone in Maple House?")
    await sam.writes("Soup tonight at six.")
    await sam.reads("This is how it will look:", "Soup tonight at six.")
    assert not await ana.unread()  # nothing goes before it was looked at
    taps.append("Send to 1")
    await sam.taps(taps[-1])
    await ana.reads("Soup tonight at six.")
    assert len(taps) <= MOST_TAPS
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1")


async def test_with_everything_that_is_often_wanted_it_still_takes_six(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    taps = ["/announce"]
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone")
    await sam.writes("Who can cook on Friday?")
    await sam.reads("This is how it will look:")
    for label in ("⚙️ More", "👍 Ask for an answer", "Yes · no", "Send to 1"):
        await sam.taps(label)
        taps.append(label)
    await ana.reads("Who can cook on Friday?")
    assert len(taps) <= MOST_TAPS
    await house.later(seconds=3)
    await sam.reads("📣 Got it: 1 of 1")


async def test_drafts_and_templates_are_leafed_through_and_the_first_day_has_what_hearth_brings(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone")
    await sam.taps("📋 A draft or a template")
    first_day = await sam.sees("Which one?")
    assert "🌩 Storm" in first_day.labels
    assert not any("More ▸" in label for label in first_day.labels)
    await sam.taps("Leave it")

    await kept(house, sam, "draft")
    await sam.writes("/announce")
    await sam.sees("What would you like to tell everyone")
    await sam.taps("📋 A draft or a template")
    assert {f"✏️ Number {number}." for number in range(MANY)} <= await every_page(house, sam, "Which one?")
    await sam.taps("Leave it")
    await sam.has_read_everything()


async def test_what_was_sent_is_leafed_through_and_before_there_is_any_it_says_so(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    await sam.writes("/announcements")
    await sam.reads("You have not announced anything yet.", "/announce writes to the house.")

    await kept(house, sam, "done")
    await sam.writes("/announcements")
    assert {f"📣 Number {number}." for number in range(MANY)} <= await every_page(
        house, sam, "Which one would you like"
    )
    await sam.taps("That's all")
    await sam.has_read_everything()


async def test_who_could_get_it_is_leafed_through_and_without_anybody_it_says_so(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    await sam.writes("/announce")
    await sam.reads("What would you like to tell everyone")
    await sam.writes("Soup tonight.")
    await sam.reads("There is nobody whom this would reach.")
    await sam.taps("Leave it")

    crowd = await house.crowd(MANY)
    await writes(sam, "Soup tonight.")
    await sam.taps("👥 To whom", "Certain people")
    assert {each.name for each in crowd} <= await every_page(house, sam, "Tap whoever should get it.")
    await sam.taps("✓ That's right", "Leave it")
    await sam.has_read_everything()


async def test_earlier_questions_are_leafed_through_and_before_there_is_any_it_says_so(house: House) -> None:
    _ana, sam = await house.people("Ana the participant", "Sam of staff")
    await writes(sam, "Soup tonight.")
    await sam.taps("👥 To whom", "Who hasn't answered")
    await sam.sees("None of your announcements has asked for an answer yet.")
    await sam.taps("All right", "✓ That's right", "Leave it")

    await kept(house, sam, "done", asks="yes_no")
    await writes(sam, "Soup tonight.")
    await sam.taps("👥 To whom", "Who hasn't answered")
    assert {f"✏️ Number {number}." for number in range(MANY)} <= await every_page(
        house, sam, "To those who have not answered"
    )
    await sam.taps("None of these", "✓ That's right", "Leave it")
    await sam.has_read_everything()


async def every_page(house: House, somebody: Somebody, words: str) -> set[str]:
    """The labels of every page of a list, leafed through once."""
    labels: set[str] = set()
    while True:
        shown = (await somebody.sees(words)).labels
        if set(shown) <= labels:
            return labels
        labels |= set(shown)
        await somebody.taps(next(label for label in shown if label.startswith("More ▸")))
        await house.at_rest()


async def kept(house: House, author: Somebody, state: str, *, asks: str = "nothing") -> None:
    """So many announcements of theirs stand like this, made minutes apart."""
    async with house.app.database.write() as work:
        ids, now = RandomIds(house.app.clock.now), house.app.clock.now()
        [place] = await work.houses.all()
        person = (await work.people.find_many([author.id]))[author.id]
        for number in range(MANY):
            versions = Versions(original="en", messages={"en": Message(text=f"Number {number}.")})
            await work.announcements.add(
                Announcement(
                    id=ids.new(),
                    house_id=place.id,
                    author_id=person.id,
                    letter=versions.to_bytes(),
                    state=state,
                    audience=Aim(houses=(place.id,)).to_json(),
                    asks=asks,
                    created_at=now - timedelta(minutes=MANY - number),
                )
            )
        await work.commit()
