"""What staff and mentors do about somebody stands where that somebody can read it."""

from tests.attacks.support import rows
from tests.support.house import House


async def test_taking_and_closing_a_call_stands_in_the_trail_of_whom_it_concerns(house: House) -> None:
    ana, maria, sam, ben = await house.people(
        "Ana the participant", "Maria the mentor", "Sam of staff", "Ben the participant"
    )
    await ana.presses("🆘 SOS")
    await maria.taps("I'm on it")
    await ana.reads("Maria is on it.")
    await maria.taps("I'm with them", "It's over")
    await house.at_rest()
    for who in (ana, maria):
        await who.has_read_everything()
    await ana.writes("/trail")
    own = (await ana.reads("that has to do with you")).text
    assert "Maria took the call of Ana" in own
    assert "Maria closed the call of Ana" in own
    await ben.writes("/trail")
    await ben.reads("Nothing stands here yet.")
    await sam.writes("/trail")
    await sam.reads("newest first", "Maria closed the call of Ana")
    assert await rows(house, "SELECT kind FROM trail ORDER BY number") == [("call_taken",), ("call_closed",)]
    for who in (ana, maria, sam, ben):
        await who.has_read_everything()
