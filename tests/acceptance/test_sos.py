"""One tap, and people are asked: who comes, who can't, and what happens when nobody does."""

from tests.support.house import House


async def test_somebody_presses_sos_and_maria_comes(house: House) -> None:
    ana, maria, _sam = await house.people("Ana the participant", "Maria the mentor", "Sam of staff")
    await ana.presses("🆘 SOS")
    await ana.reads("I've asked Maria")
    await ana.reads("I'm asking Maria right now")
    await maria.reads("🔔 Ana is asking for somebody, now.", "Maple House, 12 Example Street", "Since 9:00")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await maria.sees("You're on it. Ana knows that you are.")
    await maria.taps("I'm with them")
    await ana.reads("Maria is with you now.")
    await maria.sees("You're with Ana. Thank you.")
    await maria.taps("It's over")
    await ana.reads("This call is over. It was right to ask.")
    await maria.sees("It's over for Ana.")
    await house.later(minutes=30)
