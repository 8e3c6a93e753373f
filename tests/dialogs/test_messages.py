"""What people send besides words: taken where it is asked for, kept as it was sent, and shown again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dialogs.effects import Say
from dialogs.inputs import MediaSent, TextSent
from dialogs.messages import MARKS_AT_MOST, File, Mark, Message, from_plain, length, marks_of, to_plain
from dialogs.progress import Place, Progress
from tests.dialogs.walking import Walk

TELL = """
one: {ask: Tell, save: it, takes: [text, photo, voice], max: 20, next: two}
two: {say: "It was: {it}", shows: it, next: three}
three: {choose: Well, choices: {a: A}, next: {when: "'photo' in it and not ('text' in it)", then: end, else: one}}
"""

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
marks = st.builds(Mark, st.sampled_from(["bold", "text_link"]), st.integers(0, 9), st.integers(1, 9), words)
files = st.builds(File, st.sampled_from(["photo", "voice", "video_note", "video", "document"]), words)
messages = st.builds(Message, words, st.lists(marks).map(tuple), st.lists(files, max_size=10).map(tuple), words)


def photo(name: str, caption: str = "", album: str = "") -> MediaSent:
    return MediaSent("photo", name, caption, album=album)


def test_words_are_kept_with_their_formatting() -> None:
    walk = Walk(TELL).start().give(TextSent("I went out", (Mark("bold", 2, 4),)))

    assert walk.answers["it"] == Message("I went out", (Mark("bold", 2, 4),))
    assert walk.said == ["It was: I went out", "Well"]
    shown = next(effect.shows for effect in walk.effects if isinstance(effect, Say))
    assert shown == walk.answers["it"]


def test_a_photo_is_kept_with_the_words_under_it() -> None:
    walk = Walk(TELL).start().give(photo("abc", "the river"))

    assert walk.answers["it"] == Message("the river", files=(File("photo", "abc"),))


def test_a_condition_tells_what_was_sent() -> None:
    assert Walk(TELL).start().give(photo("abc")).press("a").node is None
    assert Walk(TELL).start().give(photo("abc", "by day")).press("a").node == "one"


@pytest.mark.parametrize("given", [MediaSent("video", "abc"), MediaSent("sticker", "abc"), MediaSent("location", "")])
def test_what_is_not_taken_is_answered_with_what_is(given: MediaSent) -> None:
    walk = Walk(TELL).start().give(given)

    assert walk.said == ["You can send words, a photo, and a voice message.", "Tell"]
    assert walk.node == "one"


def test_words_alone_are_no_answer_where_a_file_is_asked() -> None:
    walk = Walk("one: {ask: Send it, save: it, takes: [document]}").start().write("here it is")

    assert walk.said == ["You can send a file.", "Send it"]


def test_too_many_words_under_a_photo_are_too_many() -> None:
    assert Walk(TELL).start().give(photo("abc", "x" * 21)).said == ["Up to 20, please.", "Tell"]


def test_blank_words_are_asked_for_again() -> None:
    assert Walk(TELL).start().write("  ").said == ["Tell"]


def test_an_album_is_waited_for_and_kept_as_one() -> None:
    walk = Walk(TELL).start().give(photo("a", album="g"))
    assert walk.said == []
    assert walk.timers == [2.0]
    walk.give(photo("b", "our garden", album="g")).give(photo("c", "late words", album="g"))
    assert walk.node == "one"

    walk.wait()

    assert walk.said == ["It was: our garden", "Well"]
    assert walk.answers["it"] == Message("our garden", files=tuple(File("photo", name) for name in "abc"))


def test_the_wait_for_an_earlier_file_of_an_album_ends_nothing() -> None:
    walk = Walk(TELL).start().give(photo("a", album="g"))
    first = walk.progress.turn
    walk.give(photo("b", album="g")).wait(turn=first)

    assert walk.node == "one"


def test_another_album_takes_the_place_of_the_first() -> None:
    walk = Walk(TELL).start().give(photo("a", album="g")).give(photo("b", album="h")).wait()

    assert walk.answers["it"] == Message(files=(File("photo", "b"),))


def test_a_name_takes_no_pictures() -> None:
    with pytest.raises(ValidationError, match="a name is plain words"):
        Walk("one: {ask: Who, save: it, expects: name, takes: [photo]}")


@given(messages)
def test_a_message_is_read_again_as_it_was_written(message: Message) -> None:
    assert from_plain(to_plain(message)) == message
    place = Place(dialog="talk", revision=1, node="one", answers={"it": message})
    progress = Progress(turn=1, place=place)
    assert Progress.from_json(1, progress.to_json()) == progress


def test_formatting_is_kept_within_bounds() -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    strange = [
        {"type": "mention", "offset": 0, "length": 2},
        {"type": "text_mention", "offset": 0, "length": 2, "user": {"id": 7}},
        {"type": "bold", "offset": 1, "length": 9},
        {"type": "bold", "offset": -1, "length": 1},
        {"type": "bold"},
        {"type": "text_link", "offset": 0, "length": 2, "url": "tg://user?id=7"},
        {"type": "text_link", "offset": 0, "length": 2},
        None,
    ]
    link = {"type": "text_link", "offset": 0, "length": 2, "url": "https://example.org"}

    assert marks_of([*strange, bold, link], "🌊") == (
        Mark("bold", 0, 2),
        Mark("text_link", 0, 2, "https://example.org"),
    )
    assert len(marks_of([bold] * 500, "🌊")) == MARKS_AT_MOST
    assert marks_of("bold", "🌊") == ()


def test_length_is_counted_as_telegram_counts() -> None:
    assert (length("wave"), length("🌊")) == (4, 2)
