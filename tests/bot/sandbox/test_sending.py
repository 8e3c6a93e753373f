"""Sending, with Telegram's limits and words."""

from typing import Any

import aiohttp
import pytest

from bot.sandbox import Sandbox
from bot.sandbox.client import Telephones
from bot.sandbox.phone import Person
from tests.bot.sandbox.conftest import TOKEN, Api

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x07\x00\x00\x00\x05"


async def test_a_sent_text_stands_on_the_phone_and_rings(api: Api, phones: Telephones, ana: Person) -> None:
    message = await api.ok("sendMessage", chat_id=ana.id, text="How are you?")
    shown = (await phones.chat(ana.id)).last
    assert (shown.id, shown.text, shown.notified) == (message["message_id"], "How are you?", True)
    assert message["from"] == {
        "id": 4242,
        "is_bot": True,
        "first_name": "Hearth",
        "username": "HearthSandboxBot",
    }


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart"])
async def test_the_same_call_can_be_sent_in_four_ways(sandbox: Sandbox, ana: Person, api: Api, way: str) -> None:
    url, params = f"{sandbox.url}/bot{TOKEN}/SENDmessage", {"chat_id": str(ana.id), "text": "añ & +"}
    ways: dict[str, dict[str, Any]] = {
        "query": {"params": params},
        "form": {"data": params},
        "json": {"json": params},
        "multipart": {"data": aiohttp.FormData(params, default_to_multipart=True)},
    }
    method = "GET" if way == "query" else "POST"
    async with api.session.request(method, url, **ways[way]) as response:
        assert (await response.json())["result"]["text"] == "añ & +"


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": "  \n "}, "Bad Request: message text is empty"),
        ({"text": "x" * 4097}, "Bad Request: message is too long"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        ({"text": "a <b>c", "parse_mode": "HTML"}, "Bad Request: can't parse entities: Can't find end tag"),
        ({"text": "x", "chat_id": 1}, "Bad Request: chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"text": "x", "reply_to_message_id": 999}, "Bad Request: message to be replied not found"),
    ],
)
async def test_a_wrong_text_is_refused_in_telegrams_words(
    api: Api, ana: Person, params: dict[str, object], description: str
) -> None:
    assert (await api.refused("sendMessage", **{"chat_id": ana.id, **params})).startswith(description)


async def test_length_is_counted_after_parsing(api: Api, ana: Person) -> None:
    text = f"<b>{'x' * 4096}</b>"
    message = await api.ok("sendMessage", chat_id=ana.id, text=text, parse_mode="HTML")
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


def inline(*rows: list[dict[str, str]]) -> dict[str, object]:
    """An inline keyboard."""
    return {"inline_keyboard": list(rows)}


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (inline([{"text": "a", "callback_data": "é" * 33}]), "Bad Request: BUTTON_DATA_INVALID"),
        (inline([{"text": "a", "callback_data": ""}]), "Bad Request: BUTTON_DATA_INVALID"),
        (inline([{"text": "a", "callback_data": "x"}] * 9), "Bad Request: REPLY_MARKUP_TOO_LONG"),
        (inline(*[[{"text": "a", "callback_data": "x"}] * 8] * 13), "Bad Request: REPLY_MARKUP_TOO_LONG"),
        (inline([{"text": "a"}]), "Bad Request: can't parse inline keyboard button"),
        (
            {"inline_keyboard": [[{"text": "a", "url": "x"}]], "force_reply": True},
            "Bad Request: a message can have only",
        ),
    ],
)
async def test_wrong_buttons_are_refused(api: Api, ana: Person, markup: dict[str, object], description: str) -> None:
    refusal = await api.refused("sendMessage", chat_id=ana.id, text="x", reply_markup=markup)
    assert refusal.startswith(description)


async def test_a_photo_is_kept_and_can_be_sent_again_by_its_id(
    api: Api, phones: Telephones, sandbox: Sandbox, ana: Person
) -> None:
    form = aiohttp.FormData({"chat_id": str(ana.id), "caption": "a week"})
    form.add_field("photo", PNG, filename="week.png", content_type="image/png")
    async with api.session.post(f"{sandbox.url}/bot{TOKEN}/sendPhoto", data=form) as response:
        photo = (await response.json())["result"]["photo"][-1]
    assert (photo["width"], photo["height"]) == (7, 5)
    await api.ok("sendPhoto", chat_id=ana.id, photo=photo["file_id"])
    path = (await api.ok("getFile", file_id=photo["file_id"]))["file_path"]
    shown = (await phones.chat(ana.id)).said[0].raw["photo"]["url"]
    for address in (f"/file/bot{TOKEN}/{path}", shown):
        async with api.session.get(sandbox.url + address) as response:
            assert (await response.read(), response.content_type) == (PNG, "image/png")


async def test_what_is_no_picture_is_no_photo(api: Api, sandbox: Sandbox, ana: Person) -> None:
    form = aiohttp.FormData({"chat_id": str(ana.id)})
    form.add_field("photo", b"hello", filename="week.png")
    async with api.session.post(f"{sandbox.url}/bot{TOKEN}/sendPhoto", data=form) as response:
        assert (await response.json())["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_an_album_rings_once(api: Api, phones: Telephones, sandbox: Sandbox, ana: Person) -> None:
    media = '[{"type":"photo","media":"attach://a","caption":"one"},{"type":"photo","media":"attach://b"}]'
    form = aiohttp.FormData({"chat_id": str(ana.id), "media": media})
    for name in ("a", "b"):
        form.add_field(name, PNG + name.encode(), filename=f"{name}.png")
    async with api.session.post(f"{sandbox.url}/bot{TOKEN}/sendMediaGroup", data=form) as response:
        album = (await response.json())["result"]
    assert len({message["media_group_id"] for message in album}) == 1
    assert [bubble.notified for bubble in (await phones.chat(ana.id)).said] == [True, False]


async def test_a_caption_may_have_1024_characters_and_no_more(api: Api, sandbox: Sandbox, ana: Person) -> None:
    for size, status in ((1024, 200), (1025, 400)):
        form = aiohttp.FormData({"chat_id": str(ana.id), "caption": "x" * size})
        form.add_field("document", b"data", filename="notes.txt")
        async with api.session.post(f"{sandbox.url}/bot{TOKEN}/sendDocument", data=form) as response:
            assert response.status == status


async def test_a_copy_is_the_bots_own_and_a_forward_names_its_origin(
    api: Api, phones: Telephones, ana: Person
) -> None:
    sent = await phones.send(ana.id, "a tip of mine")
    assert sent.message is not None
    source = {"chat_id": ana.id, "from_chat_id": ana.id, "message_id": sent.message.id}
    copy = await api.ok("copyMessage", **source)
    forward = await api.ok("forwardMessage", **source)
    assert forward["forward_origin"]["sender_user"]["id"] == ana.id
    assert [bubble.text for bubble in (await phones.chat(ana.id)).said] == ["a tip of mine"] * 2
    assert copy == {"message_id": forward["message_id"] - 1}
    assert "message to copy not found" in await api.refused("copyMessage", **{**source, "message_id": 999})


async def test_a_poll_is_shown(api: Api, ana: Person) -> None:
    poll = (await api.ok("sendPoll", chat_id=ana.id, question="Chores?", options=["yes", {"text": "no"}]))["poll"]
    assert [option["text"] for option in poll["options"]] == ["yes", "no"]


async def test_typing_shows_until_the_bot_speaks(api: Api, phones: Telephones, ana: Person) -> None:
    await api.ok("sendChatAction", chat_id=ana.id, action="typing")
    assert (await phones.chat(ana.id)).typing
    await api.ok("sendMessage", chat_id=ana.id, text="here")
    assert not (await phones.chat(ana.id)).typing


async def test_an_unknown_method_and_a_malformed_token_are_not_found(api: Api, sandbox: Sandbox) -> None:
    assert await api.refused("sendLove") == "Not Found"
    async with api.session.get(f"{sandbox.url}/botnonsense/getMe") as response:
        assert response.status == 404
