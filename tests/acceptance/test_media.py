"""A photo, a voice, an album in a conversation: taken where it is asked for, and shown again as it was sent."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.library import Library
from tests.dialogs.support import dialog_of
from tests.support.house import House, open_house
from tests.support.somebody import Somebody

TELL = """
ask: {ask: What happened?, save: telling, takes: [text, photo, voice, video_note], expects: hard_words, next: show}
show: {say: "You told me:", shows: telling, next: right}
right: {choose: Is that right?, choices: {"yes": {label: "Yes", next: end}, "no": {label: "No", next: ask}}}
"""


@pytest.fixture
async def house(library: Library, sqlite_template: Path, tmp_path: Path) -> AsyncIterator[House]:
    """A house whose dialogs have one more."""
    tell = dialog_of(TELL, name="tell", head="command: tell")
    dialogs = {**library.source.dialogs, "tell": tell}
    path = tmp_path / "hearth.db"
    shutil.copy(sqlite_template, path)
    async with open_house(f"sqlite+aiosqlite:///{path}", Library(replace(library.source, dialogs=dialogs))) as house:
        yield house
        await house.nothing_was_missed()


@pytest.fixture
async def ana(house: House) -> Somebody:
    [ana] = await house.people("Ana the participant")
    await ana.writes("/tell")
    await ana.reads("What happened?")
    return ana


async def test_words_come_back_with_their_formatting(ana: Somebody) -> None:
    await ana.writes("I went *out*, see https://example.org")
    shown = await ana.reads("You told me:", "I went")
    assert shown.text == "You told me:\n\nI went *out*, see https://example.org"
    await ana.reads("Is that right?")


@pytest.mark.parametrize("kind", ["photo", "voice"])
async def test_a_photo_or_a_voice_comes_back_with_its_words(ana: Somebody, kind: str) -> None:
    await ana.sends(kind, "by the river")
    shown = await ana.reads("You told me:", "by the river")
    assert kind in shown.raw
    await ana.reads("Is that right?")


async def test_a_video_note_comes_back_below_the_words(house: House, ana: Somebody) -> None:
    await ana.sends("video_note")
    await ana.reads("You told me:")
    await ana.reads("Is that right?")
    [note] = await ana.unread()
    assert "video_note" in note.raw
    await ana.has_read_everything()


async def test_an_album_comes_back_as_one_after_its_last_photo(house: House, ana: Somebody) -> None:
    for caption in ("our garden", "", ""):
        await ana.sends("photo", caption, album="12")
    await house.at_rest()
    assert (await ana.last()).text == "What happened?"
    await house.later(seconds=3)
    await ana.reads("You told me:", "our garden")
    await ana.reads("Is that right?")
    photos = [bubble for bubble in (await ana.chat()).said if "photo" in bubble.raw]
    assert len(photos) == 3
    await ana.has_read_everything()


async def test_what_does_not_fit_is_told_what_does(ana: Somebody) -> None:
    await ana.sends("sticker")
    await ana.reads("You can send words, a photo, a voice message, and a video message.", "What happened?")
    await ana.writes("/menu")
    await ana.reads("What would you like?")


async def test_hard_words_under_a_photo_are_read_too(ana: Somebody) -> None:
    await ana.sends("photo", "I want to kill myself tonight")
    await ana.reads("You told me:")
    await ana.reads("Do you want someone now?")


async def test_what_was_sent_survives_a_restart(house: House, ana: Somebody) -> None:
    await ana.sends("photo", "by the river")
    await ana.reads("You told me:", "by the river")
    await ana.reads("Is that right?")
    await house.restarts()
    await ana.taps("No")
    await ana.sees("What happened?")
    await ana.sends("voice")
    shown = await ana.reads("You told me:")
    assert "voice" in shown.raw
    await ana.reads("Is that right?")
