"""Stories are their teller's: they go with them, or at their word, and what was said to them goes along."""

from dataclasses import replace

from storage.database import Database
from storage.repositories.houses import House
from storage.repositories.people import Person
from storage.repositories.stories import Story, Voice
from tests.storage.support import NOW, join, letter_to, maple, new_id, somebody


def told_by(person: Person, house: House) -> Story:
    return Story(
        id=new_id(),
        person_id=person.id,
        house_id=house.id,
        kind="story",
        about="craving",
        signed="letter",
        state="asked",
        told_at=NOW,
        words=b'{"text": "we walked", "files": [["voice", "abc"]]}',
    )


def said_by(person: Person, story: Story) -> Voice:
    return Voice(id=new_id(), story_id=story.id, person_id=person.id, says="helped", at=NOW)


async def test_a_story_is_found_when_it_may_be_shown_and_not_before(db: Database) -> None:
    ada, house = somebody(77, "Ada"), maple()
    await join(db, ada)
    story = told_by(ada, house)
    async with db.write() as work:
        await work.houses.add(house)
        await work.stories.add(story)
        assert await work.stories.get(story.id) == story
        assert await work.stories.shown(house.id, "story", ["craving"]) == []
        assert await work.stories.show(story.id, NOW)
        assert not await work.stories.show(story.id, NOW)
        shown = replace(story, state="shown", shown_at=NOW)
        assert await work.stories.shown(house.id, "story", ["craving", "sleep"]) == [shown]
        assert await work.stories.shown(house.id, "tip", ["craving"]) == []
        assert await work.stories.shown(house.id, "story", ["sleep"]) == []
        assert await work.stories.of(ada.id) == [shown]


async def test_a_sister_house_is_shown_what_was_told_to_the_network_and_nothing_else(db: Database) -> None:
    ada, home, oak = somebody(77, "Ada"), maple(), replace(maple(), id=new_id(), name="Oak House")
    await join(db, ada)
    ours = replace(told_by(ada, home), state="shown", shown_at=NOW)
    all_ours = replace(ours, id=new_id(), reach="network")
    async with db.write() as work:
        for house in (home, oak):
            await work.houses.add(house)
        for story in (ours, all_ours):
            await work.stories.add(story)
        shown = work.stories.shown
        assert await shown(home.id, "story", ["craving"], sisters=[oak.id]) == [ours, all_ours]
        assert await shown(oak.id, "story", ["craving"], sisters=[home.id]) == [all_ours]
        assert await shown(oak.id, "story", ["sleep"], sisters=[home.id]) == []
        assert await shown(oak.id, "story", ["craving"]) == []


async def test_the_same_is_said_once_and_goes_with_the_story(db: Database) -> None:
    ada, ben, house = somebody(77, "Ada"), somebody(78, "Ben"), maple()
    await join(db, ada, ben)
    story = told_by(ada, house)
    async with db.write() as work:
        await work.houses.add(house)
        await work.stories.add(story)
        voice = said_by(ben, story)
        assert await work.stories.say(voice)
        assert not await work.stories.say(said_by(ben, story))
        assert await work.stories.voices(story.id) == await work.stories.voices_of(ben.id) == [voice]
        assert await work.stories.remove(story.id)
        assert not await work.stories.remove(story.id)
        assert await work.stories.voices_of(ben.id) == []


async def test_a_story_goes_with_its_teller(db: Database) -> None:
    ada, ben, house = somebody(77, "Ada"), somebody(78, "Ben"), maple()
    await join(db, ada, ben)
    story = told_by(ada, house)
    async with db.write() as work:
        await work.houses.add(house)
        await work.stories.add(story)
        await work.stories.say(said_by(ben, story))
        await work.people.delete(ada.id)
        await work.commit()
    async with db.read() as work:
        assert await work.stories.get(story.id) is None
        assert await work.stories.voices_of(ben.id) == []


async def test_letters_that_show_a_card_are_found_and_forgotten(db: Database) -> None:
    ada = somebody(77, "Ada")
    await join(db, ada)
    async with db.write() as work:
        await work.outbox.add_many([letter_to(ada.id, card="story:1"), letter_to(ada.id, card="story.shown:1")])
        await work.outbox.add_many([letter_to(ada.id, card="story:2"), letter_to(ada.id)])
        found = await work.outbox.of_cards(["story:1", "story.shown:1"])
        assert [each.card for each in found] == ["story:1", "story.shown:1"]
        assert await work.outbox.forget_cards(["story:1", "story.shown:1"]) == 2
        assert await work.outbox.of_cards(["story:1", "story.shown:1"]) == []
        assert len(await work.outbox.of_cards(["story:2"])) == 1
