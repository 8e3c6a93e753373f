"""What storms, faults and fuzz brought to light, each as small as it could be made."""

from tests.support.house import House


async def test_breath_that_was_stopped_does_not_overwrite_what_came_after(house: House) -> None:
    (ana,) = await house.people("Ana the participant")
    await ana.writes("/skills")
    await ana.taps("Slow breathing", "7", "I'm ready", "Stop here")
    await ana.sees("How tense are you now?")

    await house.later(seconds=4)

    assert (await ana.last()).text.startswith("How tense are you now?")
