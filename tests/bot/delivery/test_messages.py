"""Somebody's own message, handed on as it was sent."""

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.letters import Letter, Media
from bot.delivery.messages import letters
from dialogs.messages import File, Mark, Message

PHOTO = (Media(kind="photo", file_id="abc"),)


def test_words_keep_their_formatting_behind_what_is_said_before_them() -> None:
    [letter] = letters(Message("very good", (Mark("bold", 0, 4),)), lead="🌊 Sam says")

    assert letter.text == "🌊 Sam says\n\nvery good"
    assert letter.entities == ({"type": "bold", "offset": 13, "length": 4},)


def test_a_photo_and_its_words_are_one_letter() -> None:
    assert letters(Message("the river", files=(File("photo", "abc"),))) == (Letter(text="the river", media=PHOTO),)


def test_words_that_are_too_long_for_a_photo_come_before_it() -> None:
    assert letters(Message("x" * 1025, files=(File("photo", "abc"),)), lead="Sam") == (
        Letter(text="Sam\n\n" + "x" * 1025),
        Letter(media=PHOTO),
    )


def test_what_stands_before_the_longest_words_is_a_letter_of_its_own() -> None:
    assert [letter.text for letter in letters(Message("x" * 4096), lead="Sam")] == ["Sam", "x" * 4096]


def test_a_video_note_bears_no_words() -> None:
    said, shown = letters(Message(files=(File("video_note", "abc"),)), lead="Sam")

    assert said == Letter(text="Sam")
    assert shown == Letter(media=(Media(kind="video_note", file_id="abc"),))


def test_nothing_is_no_letter() -> None:
    assert letters(Message()) == ()
    assert letters(Message(), lead="Sam") == (Letter(text="Sam"),)


texts = st.text(max_size=50) | st.integers(900, 1100).map("🌊".__mul__) | st.integers(4000, 4096).map("x".__mul__)
alone = st.sampled_from([(File("voice", "1"),), (File("video_note", "1"),), (File("document", "1"),)])
files = alone | st.lists(st.sampled_from([File("photo", "1"), File("video", "1")]), max_size=10).map(tuple)


@given(texts, files, st.text(max_size=200))
def test_nothing_is_lost_and_telegram_can_show_every_letter(text: str, files: tuple[File, ...], lead: str) -> None:
    sent = letters(Message(text, files=files), lead=lead)

    assert "\n\n".join(letter.text for letter in sent if letter.text) == "\n\n".join(filter(None, (lead, text)))
    assert sum(len(letter.media) for letter in sent) == len(files)
