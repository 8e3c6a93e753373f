"""Coming in: by a link, in one's own language, once; and what those read who can't."""

from dataclasses import replace

from bot.ids import RandomIds
from storage.repositories.progress import NewProgress
from tests.support.house import House
from tests.support.somebody import Somebody

THE_QUESTIONS = ("Yes, I am", "Go on", "Yes, keep them", "Yes, tell a mentor", "Yes, they may read it")


async def test_a_link_brings_somebody_in(house: House) -> None:
    ana = await house.stranger("Ana")
    await ana.opens(await house.invite("participant"))
    await ana.taps("Go on · Seguir", *THE_QUESTIONS, "Ana", "09:00 New York", "9 pm")
    await ana.reads("🏡 You're in. Welcome to Maple House.")
    await ana.reads("Hi Ana. What would you like?")
    await house.at_rest()
    chat = await ana.chat()
    assert chat.keyboard == (("🆘 SOS", "☰ Menu"),)
    assert {"sos", "menu", "checkin", "skills"} <= set(chat.commands)


async def test_somebody_joins_in_spanish(house: House) -> None:
    ana = await house.stranger("Ana", language="es-MX")
    await ana.opens(await house.invite("participant"))
    await ana.taps("Español")
    await ana.sees("¿Tienes 18 años o más?")
    await ana.taps("Sí", "Seguir", "Sí, guardarlas", "Sí, avisar", "Sí, la pueden leer", "Ana")
    await ana.taps("09:00 Nueva York", "9 p. m.")
    await ana.reads("Maple House", "🆘 SOS")
    await ana.has_read_everything()
    assert (await ana.chat()).keyboard == (("🆘 SOS", "☰ Menú"),)


async def test_a_link_that_was_used_says_so_kindly(house: House) -> None:
    code = await house.invite("staff")
    sam, joe = await house.stranger("Sam"), await house.stranger("Joe")
    await sam.opens(code)
    await sam.taps("Go on · Seguir", "Yes, I am", "Go on", "Sam", "09:00 New York")
    await sam.reads("You're in. Here is what you can do")
    await sam.reads("Which phone do you have?")
    await joe.opens(code)
    await joe.reads("This invite has already been used.", "988")
    await sam.opens(code)
    await sam.reads("You already belong to Maple House.")
    await sam.reads("Hi Sam.")


async def test_a_link_runs_out_after_seven_days(house: House) -> None:
    code = await house.invite("participant")
    ana = await house.stranger("Ana")
    await house.later(days=7)
    await ana.opens(code)
    await ana.reads("This invite has run out")


async def test_a_code_that_nobody_made_is_nobodys_fault(house: House) -> None:
    ana = await house.stranger("Ana")
    await ana.opens("AAAABBBBCCCCDDDD")
    await ana.reads("I don't know this invite.", "988")


async def test_a_hundred_open_one_link_at_once_and_one_comes_in(house: House) -> None:
    kim = await house.stranger("Kim")
    await kim.opens(await house.invite("mentor"))
    await kim.taps("Go on · Seguir", "Yes, I am", "Go on", "Kim")
    question = await kim.sees("What time is it where you are?")
    crowd = [kim, *await beside(house, kim, 99)]
    await house.phones.inject(*(each.press_of(question, "09:00 New York") for each in crowd))
    await house.at_rest()
    heard = ["\n".join(bubble.text for bubble in (await each.chat()).said) for each in crowd]
    came_in = sum("You're in." in words for words in heard)
    too_late = sum("This invite has already been used." in words for words in heard)
    assert (came_in, too_late) == (1, 99)
    for each in crowd:
        await each.has_read_everything()


async def beside(house: House, first: Somebody, others: int) -> list[Somebody]:
    """Others who opened the same link, and stand where the first one stands."""
    crowd = [await house.stranger(f"Kim{number}") for number in range(others)]
    ids = RandomIds(lambda: house.now)
    async with house.app.database.write() as work:
        model = (await work.people.find_many([first.id]))[first.id]
        [stands] = (await work.progress.load([model.id])).values()
        people = [replace(model, id=ids.new(), telegram_id=each.id, name=each.name) for each in crowd]
        for person in people:
            await work.people.add(person)
        await work.progress.save(
            [
                NewProgress(
                    person_id=person.id,
                    expected=0,
                    turn=stands.turn,
                    state=stands.state,
                    touched_at=house.now,
                    dialog="joining",
                    node="zone",
                    revision=1,
                )
                for person in people
            ]
        )
        await work.commit()
    for each in crowd:
        house.sandbox.exchange.world.chats[each.id].open = True
    return crowd


async def test_a_stranger_is_told_what_this_is_and_whom_to_call(house: House) -> None:
    kim = await house.stranger("Kim")
    await kim.opens()
    await kim.reads("👋 Hi, this is Hearth.", "To join you need an invite", "988")
    await kim.writes("is anybody there?")
    await kim.reads("👋 Hi, this is Hearth.")
    await kim.writes("/announce")
    await kim.reads("This part is for others in the house.")
    commands = (await kim.chat()).commands
    assert {"help_now", "privacy", "start"} <= set(commands)
    assert not {"sos", "menu", "announce"} & set(commands)


async def test_somebody_under_18_is_sent_on_with_numbers_and_not_joined(house: House) -> None:
    kim = await house.stranger("Kim")
    code = await house.invite("participant")
    await kim.opens(code)
    await kim.taps("Go on · Seguir", "Not yet")
    await kim.sees("Hearth is only for adults", "988")
    await kim.writes("/menu")
    await kim.reads("This part is for others in the house.")
    ana = await house.stranger("Ana")
    await ana.opens(code)
    await ana.reads("Which language shall we speak?")
