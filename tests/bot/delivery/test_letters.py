from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.letters import JSON, Button, Letter, Media, Picture, from_json, shortened, to_json

words = st.text(min_size=1, max_size=20)
buttons = st.lists(
    st.lists(st.builds(Button, label=words, data=words), min_size=1, max_size=3).map(tuple), max_size=3
).map(tuple)
media = st.builds(Media, kind=st.sampled_from(["photo", "video"]), file_id=words, filename=st.none() | words)
pictures = st.builds(Picture, kind=words, data=st.dictionaries(words, st.lists(st.integers(0, 10))))
entities = st.lists(
    st.fixed_dictionaries({"type": words, "offset": st.integers(0, 9), "length": st.integers(1, 9)}), max_size=2
).map(tuple)
plain_letters = st.builds(Letter, text=words, entities=entities, silent=st.booleans(), protect=st.booleans())
letters = st.one_of(
    plain_letters,
    st.builds(Letter, text=words, buttons=buttons, picture=st.none() | pictures),
    st.builds(Letter, text=words, keyboard=st.lists(st.lists(words).map(tuple)).map(tuple)),
    st.builds(Letter, text=words, remove_keyboard=st.booleans()),
    st.builds(Letter, media=st.lists(media, min_size=1, max_size=4).map(tuple)),
)


@given(letters)
def test_a_letter_comes_back_from_the_outbox_as_it_went_in(letter: Letter) -> None:
    assert from_json(orjson.loads(orjson.dumps(to_json(letter)))) == letter


def test_what_is_default_takes_no_room() -> None:
    assert to_json(Letter(text="Hello")) == {"v": 1, "text": "Hello"}


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"text": "Hi", "media": (Media(kind="sticker", file_id="1"),)},
        {"media": (Media(kind="voice", file_id="1"), Media(kind="photo", file_id="2"))},
        {"text": "Hi", "buttons": ((Button(label="a", data="b"),),), "keyboard": (("SOS",),)},
        {"text": "Hi", "keyboard": (("SOS",),), "remove_keyboard": True},
        {"media": (Media(kind="photo", file_id="1"),) * 11},
        {"media": (Media(kind="photo", file_id="1"),) * 2, "buttons": ((Button(label="a", data="b"),),)},
    ],
)
def test_what_telegram_could_not_show_is_no_letter(parts: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Letter(**parts)


def test_media_is_either_known_to_telegram_or_new_to_it() -> None:
    with pytest.raises(ValueError, match="either"):
        Media(kind="photo")
    with pytest.raises(ValueError, match="either"):
        Media(kind="photo", file_id="1", content=b"2")


def test_bytes_do_not_go_into_the_outbox() -> None:
    with pytest.raises(ValueError, match="Picture"):
        to_json(Letter(media=(Media(kind="photo", content=b"png"),)))


def test_a_letter_of_an_unknown_version_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="version 2"):
        from_json({"v": 2, "text": "Hi"})


def test_media_of_an_unknown_kind_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="hologram"):
        from_json({"v": 1, "media": [["hologram", "1", None]]})


def test_a_text_that_is_too_long_is_cut_and_says_so() -> None:
    bold: dict[str, JSON] = {"type": "bold", "offset": 0, "length": 4}
    late: dict[str, JSON] = {"type": "bold", "offset": 4090, "length": 50}
    cut = shortened(Letter(text="x" * 5000, entities=(bold, late), silent=True))
    assert cut == Letter(text="x" * 4095 + "…", entities=(bold,), silent=True)
    fits = Letter(text="x" * 4096)
    assert shortened(fits) is fits


@given(st.text(min_size=1025, max_size=1100))
def test_a_caption_is_cut_between_characters(text: str) -> None:
    cut = shortened(Letter(text=text, media=(Media(kind="photo", file_id="1"),)))
    assert len(cut.text.encode("utf-16-le")) <= 2 * 1024
    assert text.startswith(cut.text.removesuffix("…"))
