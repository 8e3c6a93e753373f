"""A whole day in one house: people come in, practise, are asked, call, answer, and hear what staff have to say."""

from tests.support.house import House
from tests.support.somebody import Somebody

EVERYBODY = ("sos", "menu")
AS_ADULTS = ("Go on · Seguir", "Yes, I am", "Go on")


async def test_a_day_in_the_house(house_on_either: House) -> None:
    house = house_on_either
    ana, maria, sam, ben = await everybody_joins(house)
    await ana_practises(house, ana)
    await sam_writes_to_everybody(house, sam, (ana, maria), ben)
    await ana_is_asked_in_the_evening(house, ana)
    await maria_comes(house, ana, maria)
    await nobody_comes_for_a_long_time(house, ana, maria, sam)


async def everybody_joins(house: House) -> list[Somebody]:
    """By links, with the menus and commands that are theirs."""
    ana, maria, sam, ben = [await house.stranger(name) for name in ("Ana", "Maria", "Sam", "Ben")]
    for somebody in (ana, ben):
        await somebody.opens(await house.invite("participant"))
        await somebody.taps(*AS_ADULTS, "Yes, keep them", "No, tell nobody", "Yes, they may read it", somebody.name)
        await somebody.taps("09:00 New York", "Another time")
        await somebody.writes("20:00" if somebody is ana else "23:59")
        await somebody.reads("🏡 You're in. Welcome to Maple House.")
        await somebody.reads(f"Hi {somebody.name}. What would you like?")
    for somebody, role, welcome in ((maria, "mentor", "Thank you for being there"), (sam, "staff", "/announce")):
        await somebody.opens(await house.invite(role))
        await somebody.taps(*AS_ADULTS, somebody.name, "09:00 New York")
        await somebody.reads("🏡 You're in.", welcome)
        await somebody.reads("Which phone do you have?")
        await somebody.taps("It rings already")
        await house.later(seconds=15)
        await somebody.reads("This is only a test.")
        await somebody.taps("It rang")
    await house.at_rest()
    for somebody, theirs, others in (
        (ana, ("checkin", "skills", "week"), ("alerts", "announce", "invite")),
        (maria, ("skills", "alerts", "oncall"), ("checkin", "announce", "invite")),
        (sam, ("alerts", "oncall", "announce", "invite"), ("checkin", "week")),
    ):
        chat = await somebody.chat()
        assert chat.keyboard == (("🆘 SOS", "☰ Menu"),)
        assert chat.commands[:2] == EVERYBODY
        assert set(theirs) <= set(chat.commands)
        assert not set(others) & set(chat.commands)
    await house.phones.change(ben.id, language_code="es")
    await ben.writes("/language")
    await ben.taps("Español")
    await ben.sees("Listo. Así te hablo desde ahora.")
    await house.at_rest()
    menu = (await house.phones.calls("setMyCommands"))[-1]["params"]
    assert "Pedir compañía, ahora mismo" in str(menu["commands"])
    return [ana, maria, sam, ben]


async def ana_practises(house: House, ana: Somebody) -> None:
    """The three skills, one after the other."""
    await ana.presses("☰ Menu")
    await ana.taps(
        "🌿 Skills", "Ride the wave", "7", "I'm with you", "Chest", "I feel it", "Stop here", "Going down", "3"
    )
    await ana.sees("You rode it.")
    await ana.presses("☰ Menu")
    await ana.taps("🌿 Skills", "Slow breathing", "6", "I'm ready")
    for words in ("● ● ● ● ● ●", "● ● ● ● ○ ○", "● ● ○ ○ ○ ○", "○ ○ ○ ○ ○ ○"):
        await house.later(seconds=2)
        await ana.sees(words)
    await ana.taps("Stop here", "2")
    await ana.sees("Well done.")
    await ana.presses("☰ Menu")
    await ana.taps("🌿 Skills", "5-4-3-2-1, back to here", "5", "I have five", "I'd like to stop here", "2")
    await ana.sees("Welcome back.")


async def sam_writes_to_everybody(house: House, sam: Somebody, heard: tuple[Somebody, ...], ben: Somebody) -> None:
    """With a preview, and a card that tells whom it did not reach."""
    await ben.blocks_the_bot()
    await sam.presses("☰ Menu")
    await sam.taps("📣 Announce")
    await sam.writes("Soup tonight at half past six.")
    await sam.reads(
        "This is how it will look:", "📣 Sam, Maple House", "Soup tonight", "Blocked Hearth in Telegram (1): Ben"
    )
    await sam.taps("Send to 2")
    for each in heard:
        await each.reads("📣 Sam, Maple House", "Soup tonight at half past six.")
    await house.later(seconds=2)
    await sam.reads("📣 Got it: 2 of 3", "Ben: has blocked Hearth in Telegram")


async def ana_is_asked_in_the_evening(house: House, ana: Somebody) -> None:
    """At eight by the clock, then half an hour later, then a picture of her week."""
    await house.at("20:00")
    await ana.reads("Hi Ana, a moment for you?")
    await ana.taps("A bit later", "In half an hour")
    await house.later(minutes=30)
    await ana.reads("Hi Ana, a moment for you?")
    await ana.taps("🙂", "4", "7", "Tired", "Go on")
    await ana.writes("Soup with everybody.")
    await ana.reads("Thank you, Ana.", "something good for you, or somebody to talk to?")
    await ana.taps("That's enough for today")
    await ana.writes("/week")
    week = await ana.reads("mood 4 of 5, craving 4, confidence 7")
    assert week.raw["photo"]


async def maria_comes(house: House, ana: Somebody, maria: Somebody) -> None:
    """SOS, answered."""
    await ana.presses("🆘 SOS")
    await ana.reads("I've asked Maria")
    await ana.reads("I'm asking Maria right now.", "911", "988")
    await maria.reads("Ana is asking for somebody, now.")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await maria.taps("I'm with them")
    await ana.reads("Maria is with you now.")
    await maria.taps("It's over")
    await ana.reads("This call is over.")
    await house.at_rest()


async def nobody_comes_for_a_long_time(house: House, ana: Somebody, maria: Somebody, sam: Somebody) -> None:
    """SOS climbs from mentors to staff, and the truth is told."""
    await house.at("03:10")
    await ana.presses("🆘 SOS")
    await ana.reads("I've asked Maria")
    await ana.reads("I'm asking Maria right now.")
    await maria.reads("Ana is asking for somebody, now.")
    await house.later(minutes=3)
    await ana.reads("Nobody has answered yet, so I'm asking Sam too.")
    await sam.reads("Ana is asking for somebody, now.")
    await house.later(minutes=5)
    await ana.reads("I have to be honest: I haven't reached anybody yet.", "988")
    await sam.reads("Ana has been asking since 3:10", "Nobody has answered yet.")
    await house.later(minutes=5)
    await sam.reads("Please step in, or call.")
    await sam.taps("I'm on it")
    await ana.reads("Sam is on it.")
    await maria.reads("Sam is on it, you can rest.")
