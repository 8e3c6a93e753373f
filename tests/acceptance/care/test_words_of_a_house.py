"""Some words mean danger in one house alone, and some only sound like it: staff can say so, within bounds."""

from dataclasses import replace

from bot.care.house_words import MOST
from tests.support.house import House
from tests.support.somebody import Somebody


async def adds(sam: Somebody, how: str, word: str) -> None:
    """Sam of staff writes down a word of the house."""
    await sam.writes("/words")
    await sam.taps(how, "Yes, write the word")
    await sam.writes(word)
    await sam.reads("Words of Maple House", word)
    await sam.taps("That's all")
    await sam.has_read_everything()


async def test_a_word_of_the_house_is_asked_about_and_silence_brings_people(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.writes("I'm going to the old bridge")
    await ana.has_read_everything()
    assert "Do you want someone now?" not in (await ana.last()).text
    await adds(sam, "Ask about a word", "the old bridge")
    await ana.writes("I'm going to the OLD bridge")
    await ana.reads("Do you want someone now?")
    await house.later(minutes=2)
    await maria.reads("🚨 Ana needs somebody right now.", "“the OLD bridge” (house.ask)")
    await maria.taps("I'm on it", "It's over")
    for each in (ana, maria, sam):
        await each.has_read_everything()
    await ana.writes("/trail")
    await ana.sees("Sam changed the words I ask about in the house")


async def test_what_is_only_how_they_talk_is_not_asked_about_until_it_is_taken_off(house: House) -> None:
    ana, sam = await house.people("Ana the participant", "Sam of staff")
    await adds(sam, "A word is only how we talk", "hate myself")
    await ana.writes("I hate myself")
    await ana.has_read_everything()
    assert "Do you want someone now?" not in (await ana.last()).text
    await sam.writes("/words")
    await sam.taps("Take a word off", "hate myself", "That's all")
    await sam.has_read_everything()
    await ana.writes("I hate myself")
    await ana.reads("Do you want someone now?")


async def test_words_of_present_danger_cannot_be_switched_off(house: House) -> None:
    ana, maria, sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await sam.writes("/words")
    await sam.taps("A word is only how we talk", "Yes, write the word")
    await sam.writes("kill myself")
    await sam.reads("That says danger as it stands, so I always hear it.")
    await sam.has_read_everything()
    assert await maria.unread() == []
    await ana.writes("I want to kill myself")
    await ana.reads("I've asked Maria and Sam.")
    await ana.has_read_everything()
    await maria.reads("🚨 Ana needs somebody right now.")
    await maria.taps("I'm on it", "It's over")
    for each in (ana, maria, sam):
        await each.has_read_everything()


async def test_a_word_of_one_house_means_nothing_in_another_and_nothing_to_a_stranger(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    zoe = await house.stranger("Zoe")
    await adds(sam, "Ask about a word", "the old bridge")
    await zoe.writes("the old bridge")
    await zoe.reads("👋 Hi, this is Hearth.")


async def test_a_word_that_is_there_or_is_none_is_not_taken(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    await adds(sam, "Ask about a word", "the old bridge")
    await sam.writes("/words")
    await sam.taps("Ask about a word", "Yes, write the word")
    await sam.writes("so")
    await sam.reads("I need one word of three letters or more")
    await sam.writes("The old BRIDGE!")
    await sam.reads("I have that word already.")
    await sam.has_read_everything()


async def test_only_staff_read_and_change_them(house: House) -> None:
    maria, _sam = await house.people("Maria the mentor", "Sam of staff")
    await maria.writes("/words")
    await maria.reads("This part is for others in the house.")


async def test_a_house_has_fifty_words_at_most(house: House) -> None:
    [sam] = await house.people("Sam of staff")
    await adds(sam, "Ask about a word", "the old bridge")
    async with house.app.database.write() as work:
        [there] = await work.house_words.of_house((await work.houses.all())[0].id)
        for number in range(1, MOST):
            await work.house_words.add(replace(there, id=there.id + number, words=f"stone number {number}"))
        await work.commit()
    await sam.writes("/words")
    await sam.taps("A word is only how we talk")
    await sam.sees("There are fifty words already")
    await sam.taps("Take a word off", "the old bridge", "A word is only how we talk", "Yes, write the word")
    await sam.writes("dead tired")
    await sam.reads("Only how you talk: dead tired")
    await sam.has_read_everything()
