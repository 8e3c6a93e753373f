"""What of an update is kept for the conversation."""

from typing import Any

from bot.telegram.parse import parse
from dialogs.inputs import MediaSent, TextSent
from dialogs.messages import Mark

BOLD = {"type": "bold", "offset": 0, "length": 4}


def given(**message: Any) -> object:
    sender = {"id": 7, "is_bot": False, "first_name": "Ana"}
    body = {"message_id": 1, "date": 0, "from": sender, "chat": {"id": 7, "type": "private"}, **message}
    return parse({"update_id": 1, "message": body}, username="hearth_bot").inbound.given


def test_words_come_with_their_formatting() -> None:
    assert given(text="very good", entities=[BOLD]) == TextSent("very good", (Mark("bold", 0, 4),))


def test_an_album_says_so_of_each_photo() -> None:
    photo = given(
        photo=[{"file_id": "small"}, {"file_id": "large"}],
        caption="very good",
        caption_entities=[BOLD],
        media_group_id="12",
    )

    assert photo == MediaSent("photo", "large", "very good", (Mark("bold", 0, 4),), "12")


def test_formatting_that_makes_no_sense_costs_nobody_their_words() -> None:
    assert given(text="very good", entities="bold") == TextSent("very good")
    assert given(voice={"file_id": "v"}, caption=7, media_group_id=12) == MediaSent("voice", "v")


def test_a_poll_is_its_question_and_what_can_be_chosen_and_a_quiz_is_one_too() -> None:
    options = [{"text": "Soup", "voter_count": 0}, {"text": "Rice\nand beans", "voter_count": 3}]
    poll = {"id": "1", "question": "What shall we cook?", "options": options, "allows_multiple_answers": True}
    asked = MediaSent("poll", "", "What shall we cook?", options=("Soup", "Rice and beans"), several=True)
    assert given(poll=poll) == asked
    assert given(poll={**poll, "type": "quiz", "correct_option_id": 1}) == asked
