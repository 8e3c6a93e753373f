import logging
import socket

import pytest
from telegram import Bot

from bot.delivery.letters import (
    JSON,
    Button,
    Letter,
    Media,
    Moved,
    NotSent,
    Picture,
    Reason,
    Refused,
    Sent,
    Unsure,
    Wait,
)
from bot.telegram.errors import TelegramRefusesUs
from bot.telegram.sender import Sender
from bot.telegram.transport import AiohttpRequest
from tests.bot.telegram.server import TOKEN, TinyTelegram, no, ok, page, reset

HI = Letter(text="Hi")
NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}
YES_NO = ((Button(label="Yes", data="y"), Button(label="No", data="n")),)
YES_NO_MARKUP = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}, {"text": "No", "callback_data": "n"}]]}


async def test_a_text_is_sent_plain_and_without_a_preview(there: TinyTelegram, sender: Sender) -> None:
    assert await sender.send(7, HI) == Sent(42)
    assert there.last.method == "sendMessage"
    assert there.last.values == {"chat_id": 7, "text": "Hi"} | NO_PREVIEW


async def test_a_letter_carries_its_buttons_and_manners(there: TinyTelegram, sender: Sender) -> None:
    bold: dict[str, JSON] = {"type": "bold", "offset": 0, "length": 2}
    letter = Letter(text="Hi", buttons=YES_NO, entities=(bold,), silent=True, protect=True)
    await sender.send(7, letter)
    assert (
        there.last.values
        == {
            "chat_id": 7,
            "text": "Hi",
            "entities": [bold],
            "reply_markup": YES_NO_MARKUP,
            "disable_notification": True,
            "protect_content": True,
        }
        | NO_PREVIEW
    )


async def test_a_keyboard_is_put_up_and_taken_away(there: TinyTelegram, sender: Sender) -> None:
    await sender.send(7, Letter(text="Hi", keyboard=(("SOS", "Menu"),)))
    keyboard = {"keyboard": [[{"text": "SOS"}, {"text": "Menu"}]], "resize_keyboard": True, "is_persistent": True}
    assert there.last.values["reply_markup"] == keyboard
    await sender.send(7, Letter(text="Hi", remove_keyboard=True))
    assert there.last.values["reply_markup"] == {"remove_keyboard": True}


async def test_a_file_telegram_has_is_sent_by_its_id(there: TinyTelegram, sender: Sender) -> None:
    letter = Letter(text="Listen", media=(Media(kind="voice", file_id="AwAC"),), buttons=YES_NO)
    assert await sender.send(7, letter) == Sent(42)
    assert there.last.method == "sendVoice"
    assert there.last.values == {
        "chat_id": 7,
        "voice": "AwAC",
        "caption": "Listen",
        "reply_markup": YES_NO_MARKUP,
    }


async def test_a_new_file_arrives_whole(there: TinyTelegram, sender: Sender) -> None:
    content = bytes(range(256)) * 10_000
    letter = Letter(media=(Media(kind="document", content=content, filename="export.json"),), buttons=YES_NO)
    assert await sender.send(7, letter) == Sent(42)
    assert there.last.method == "sendDocument"
    assert there.last.files == {"document": ("export.json", content, "application/json")}
    assert "inline_keyboard" in there.last.values["reply_markup"]


async def test_a_picture_is_sent_as_it_was_drawn(there: TinyTelegram, sender: Sender) -> None:
    letter = Letter(text="Your week", picture=Picture(kind="week", data={"mood": [3, 4]}))
    assert await sender.send(7, letter, picture=b"PNG") == Sent(42)
    assert there.last.method == "sendPhoto"
    assert there.last.files == {"photo": ("picture.png", b"PNG", "image/png")}
    with pytest.raises(ValueError, match="drawn"):
        await sender.send(7, letter)
    with pytest.raises(ValueError, match="drawn"):
        await sender.send(7, HI, picture=b"PNG")


async def test_several_files_are_an_album(there: TinyTelegram, sender: Sender) -> None:
    there.answer = ok([{"message_id": 50}, {"message_id": 51}])
    media = (Media(kind="photo", file_id="AgAD"), Media(kind="photo", content=b"new"))
    assert await sender.send(7, Letter(text="Us", media=media)) == Sent(50)
    assert there.last.method == "sendMediaGroup"
    assert there.last.values["media"] == (
        '[{"type":"photo","media":"AgAD","caption":"Us"},{"type":"photo","media":"attach://file1"}]'
    )
    assert there.last.files["file1"][1] == b"new"


async def test_an_edit_puts_new_words_in_the_same_place(there: TinyTelegram, sender: Sender) -> None:
    assert await sender.edit(7, 41, Letter(text="Hi again", buttons=YES_NO)) == Sent(41)
    assert there.last.method == "editMessageText"
    assert (
        there.last.values
        == {
            "chat_id": 7,
            "message_id": 41,
            "text": "Hi again",
            "reply_markup": YES_NO_MARKUP,
        }
        | NO_PREVIEW
    )


async def test_an_edit_of_a_picture_changes_its_caption(there: TinyTelegram, sender: Sender) -> None:
    await sender.edit(7, 41, Letter(text="Your week", picture=Picture(kind="week", data={})))
    assert there.last.method == "editMessageCaption"
    assert there.last.values == {"chat_id": 7, "message_id": 41, "caption": "Your week"}


async def test_an_edit_bears_no_keyboard(sender: Sender) -> None:
    with pytest.raises(ValueError, match="keyboard"):
        await sender.edit(7, 41, Letter(text="Hi", keyboard=(("SOS",),)))


async def test_an_edit_that_changes_nothing_is_done(there: TinyTelegram, sender: Sender) -> None:
    there.answer = no(400, "Bad Request: message is not modified: specified new message content is the same")
    assert await sender.edit(7, 41, HI) == Sent(41)
    assert await sender.edit_markup(7, 41) == Sent(41)


async def test_buttons_are_changed_and_taken_away(there: TinyTelegram, sender: Sender) -> None:
    await sender.edit_markup(7, 41, YES_NO)
    assert there.last.values == {"chat_id": 7, "message_id": 41, "reply_markup": YES_NO_MARKUP}
    await sender.edit_markup(7, 41)
    assert there.last.values["reply_markup"] == {"inline_keyboard": []}


async def test_the_small_things_are_done(there: TinyTelegram, sender: Sender) -> None:
    there.answer = ok(True)
    assert await sender.delete(7, 41) == Sent()
    assert there.last.values == {"chat_id": 7, "message_id": 41}
    assert await sender.typing(7) == Sent()
    assert there.last.values == {"chat_id": 7, "action": "typing"}
    assert await sender.answer_tap("99") == Sent()
    assert there.last.values == {"callback_query_id": "99"}
    assert await sender.answer_tap("99", "x" * 300, alert=True) == Sent()
    assert there.last.values == {"callback_query_id": "99", "text": "x" * 200, "show_alert": True}


async def test_the_command_menu_is_set_for_all_or_for_one(there: TinyTelegram, sender: Sender) -> None:
    there.answer = ok(True)
    await sender.set_commands([("sos", "Ask for a person now")], language="es")
    commands = [{"command": "sos", "description": "Ask for a person now"}]
    assert there.last.values == {"commands": commands, "scope": {"type": "default"}, "language_code": "es"}
    await sender.set_commands([("sos", "Ask for a person now")], chat_id=7)
    assert there.last.values["scope"] == {"type": "chat", "chat_id": 7}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (no(403, "Forbidden: bot was blocked by the user"), Refused(Reason.BLOCKED)),
        (no(400, "Bad Request: chat not found"), Refused(Reason.CHAT_NOT_FOUND)),
        (no(400, "Bad Request: message is too long"), Refused(Reason.TOO_LONG)),
        (no(429, "Too Many Requests: retry after 5", retry_after=5), Wait(5)),
        (no(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1001), Moved(-1001)),
        (no(500, "Internal Server Error"), Unsure("server answered 500")),
        (page(502), Unsure("server answered 502")),
        (page(200), Unsure("unreadable answer")),
        (reset, Unsure("network or server error")),
    ],
)
async def test_whatever_telegram_does_is_an_outcome(
    answer: object, outcome: object, there: TinyTelegram, sender: Sender
) -> None:
    there.answer = answer  # type: ignore[assignment]  # parametrize gives objects
    assert await sender.send(7, HI) == outcome
    assert len(there.calls) == 1


@pytest.mark.parametrize("answer", [no(401, "Unauthorized"), no(404, "Not Found"), page(404)])
async def test_a_token_telegram_does_not_know_is_said_so(answer: object, there: TinyTelegram, sender: Sender) -> None:
    there.answer = answer  # type: ignore[assignment]  # parametrize gives objects
    with pytest.raises(TelegramRefusesUs, match="HEARTH_BOT_TOKEN"):
        await sender.send(7, HI)


async def test_a_refused_connection_is_safe_to_try_again(request_: AiohttpRequest) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{listener.getsockname()[1]}/bot"
    sender = Sender(Bot(TOKEN, base_url=nobody, request=request_, get_updates_request=request_))
    assert await sender.send(7, HI) == NotSent("no connection")


async def test_no_answer_in_time_may_have_arrived() -> None:
    async with AiohttpRequest(read_timeout=0.05) as hasty, TinyTelegram() as silent:
        sender = Sender(Bot(TOKEN, base_url=silent.base, request=hasty, get_updates_request=hasty))
        silent.answer = silent.silence
        assert await sender.send(7, HI) == Unsure("timed out")
        assert len(silent.calls) == 1


async def test_nothing_that_is_sent_is_logged(
    there: TinyTelegram, sender: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await sender.send(7, Letter(text="I am afraid of tonight"))
    there.answer = page(200)
    await sender.send(7, Letter(text="I am afraid of tonight"))
    ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]  # the server's own
    assert not any("afraid" in message or TOKEN in message for message in ours)


def test_the_bot_must_speak_through_our_transport() -> None:
    with pytest.raises(TypeError, match="AiohttpRequest"):
        Sender(Bot(TOKEN))
