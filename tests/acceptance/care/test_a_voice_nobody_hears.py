"""What can't be heard can't be screened: a voice outside a question or a call is answered with one of our own."""

import pytest

from tests.support.house import House


@pytest.mark.parametrize("kind", ["voice", "video_note"])
async def test_a_voice_is_asked_about_and_one_tap_brings_somebody(house: House, kind: str) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.sends(kind)
    await ana.reads("I can't hear this, Ana", "Do you want someone?")
    assert await maria.unread() == []
    await ana.taps("🆘 Yes, I want somebody")
    await ana.reads("I've asked Maria")
    await maria.reads("🔔 Ana is asking for somebody, now.")
    await maria.taps("I'm on it", "It's over")
    await ana.has_read_everything()


async def test_silence_after_a_voice_brings_nobody(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.sends("voice")
    await ana.reads("Do you want someone?")
    await house.later(minutes=2)
    await ana.reads("I'm here whenever you like.")
    assert await maria.unread() == []


async def test_a_voice_where_a_tap_is_awaited_is_asked_about_and_the_dialog_waits(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.writes("/skills")
    await ana.taps("Slow breathing", "7")
    await ana.sees("We'll breathe slowly")
    await ana.sends("voice")
    await ana.reads("I can't hear this, Ana", "Do you want someone?")
    await ana.taps("I'm all right")
    await ana.sees("Back to: Slow breathing", "We'll breathe slowly")
    assert await maria.unread() == []


async def test_a_photo_is_no_voice(house: House) -> None:
    [ana] = await house.people("Ana the participant")
    await ana.sends("photo")
    await ana.reads("I can only read words here.")
    await ana.has_read_everything()


async def test_the_words_under_a_voice_are_read_as_any_words_are(house: House) -> None:
    ana, maria = await house.people("Ana the participant", "Maria the mentor")
    await ana.sends("voice", "I want to kill myself")
    await ana.reads("I've asked Maria.")
    await ana.reads("I'm glad you wrote that.")
    await maria.reads("🚨 Ana needs somebody right now.")
    await maria.taps("I'm on it", "It's over")
    await ana.has_read_everything()
