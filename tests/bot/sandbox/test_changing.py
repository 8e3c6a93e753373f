"""Editing, deleting, keyboards, answering taps."""

import pytest

from bot.sandbox.client import Telephones
from bot.sandbox.phone import Person
from tests.bot.sandbox.conftest import Api

OK = {"inline_keyboard": [[{"text": "ok", "callback_data": "yes:1"}]]}
KEYS = {"keyboard": [["SOS", "Menu"]], "resize_keyboard": True}


async def say(api: Api, chat: int, text: str = "x", **more: object) -> int:
    """A message of the bot's; its id."""
    return int((await api.ok("sendMessage", chat_id=chat, text=text, **more))["message_id"])


async def test_an_edit_changes_the_bubble_and_does_not_ring_again(api: Api, phones: Telephones, ana: Person) -> None:
    message = await say(api, ana.id, reply_markup=OK)
    before = (await phones.chat(ana.id)).seq
    await api.ok("editMessageText", chat_id=ana.id, message_id=message, text="y")
    changed = (await phones.chat(ana.id, after=before)).messages
    assert [(b.text, b.edited, b.labels) for b in changed] == [("y", True, ())]


async def test_an_edit_that_changes_nothing_is_refused(api: Api, ana: Person) -> None:
    message = await say(api, ana.id, reply_markup=OK)
    same = {"chat_id": ana.id, "message_id": message, "text": "x", "reply_markup": OK}
    assert (await api.refused("editMessageText", **same)).startswith("Bad Request: message is not modified: ")


async def test_what_can_not_be_edited_is_refused(api: Api, phones: Telephones, ana: Person) -> None:
    with_keys = await say(api, ana.id, reply_markup=KEYS)
    theirs = (await phones.send(ana.id, "mine")).message
    assert theirs is not None
    for message in (with_keys, theirs.id):
        edit = {"chat_id": ana.id, "message_id": message, "text": "y"}
        assert await api.refused("editMessageText", **edit) == "Bad Request: message can't be edited"
    gone = {"chat_id": ana.id, "message_id": 999, "text": "y"}
    assert await api.refused("editMessageText", **gone) == "Bad Request: message to edit not found"


async def test_a_reply_keyboard_stays_until_its_message_is_deleted(api: Api, phones: Telephones, ana: Person) -> None:
    message = await say(api, ana.id, reply_markup=KEYS)
    await say(api, ana.id)
    assert (await phones.chat(ana.id)).keyboard == (("SOS", "Menu"),)
    await api.ok("deleteMessage", chat_id=ana.id, message_id=message)
    assert (await phones.chat(ana.id)).keyboard == ()


async def test_a_reply_keyboard_can_be_taken_away(api: Api, phones: Telephones, ana: Person) -> None:
    await say(api, ana.id, reply_markup=KEYS)
    await say(api, ana.id, reply_markup={"remove_keyboard": True})
    assert (await phones.chat(ana.id)).keyboard == ()


async def test_deleting_works_once_and_for_48_hours(api: Api, phones: Telephones, ana: Person) -> None:
    first, second = await say(api, ana.id), await say(api, ana.id)
    await api.ok("deleteMessage", chat_id=ana.id, message_id=first)
    again = await api.refused("deleteMessage", chat_id=ana.id, message_id=first)
    assert again == "Bad Request: message to delete not found"
    await phones.advance(48 * 3600 + 1)
    late = await api.refused("deleteMessage", chat_id=ana.id, message_id=second)
    assert late == "Bad Request: message can't be deleted"
    assert await api.ok("deleteMessages", chat_id=ana.id, message_ids=[first, second, 999])
    assert [bubble.id for bubble in (await phones.chat(ana.id)).said] == [second]


async def test_a_tap_is_heard_and_answered_once(api: Api, phones: Telephones, ana: Person) -> None:
    message = await say(api, ana.id, reply_markup=OK)
    tap = await phones.tap(ana.id, message, "ok")
    query = (await api.updates())[0]["callback_query"]
    assert (query["id"], query["data"], query["message"]["message_id"]) == (tap.callback_id, "yes:1", message)
    await api.ok("answerCallbackQuery", callback_query_id=query["id"], text="Thank you")
    assert (await phones.chat(ana.id)).toast == "Thank you"
    again = await api.refused("answerCallbackQuery", callback_query_id=query["id"])
    assert again == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_a_tap_answered_too_late_is_refused_and_no_longer_delivered(
    api: Api, phones: Telephones, ana: Person
) -> None:
    message = await say(api, ana.id, reply_markup=OK)
    tap = await phones.tap(ana.id, message, {"data": "yes:1"})
    await phones.advance(151)
    assert await api.updates() == []
    assert "query is too old" in await api.refused("answerCallbackQuery", callback_query_id=tap.callback_id)


async def test_an_answer_to_a_tap_has_at_most_200_characters(api: Api, phones: Telephones, ana: Person) -> None:
    message = await say(api, ana.id, reply_markup=OK)
    tap = await phones.tap(ana.id, message, (0, 0))
    long = {"callback_query_id": tap.callback_id, "text": "x" * 201}
    assert await api.refused("answerCallbackQuery", **long) == "Bad Request: MESSAGE_TOO_LONG"


async def test_a_key_of_the_reply_keyboard_sends_its_text(api: Api, phones: Telephones, ana: Person) -> None:
    await say(api, ana.id, reply_markup={**KEYS, "one_time_keyboard": True})
    await phones.tap(ana.id, None, "SOS")
    assert (await api.updates())[0]["message"]["text"] == "SOS"
    assert (await phones.chat(ana.id)).keyboard == ()


async def test_the_buttons_alone_can_be_changed(api: Api, phones: Telephones, ana: Person) -> None:
    message = await say(api, ana.id, reply_markup=OK)
    await api.ok("editMessageReplyMarkup", chat_id=ana.id, message_id=message)
    assert (await phones.chat(ana.id)).last.labels == ()
    other = {"chat_id": ana.id, "message_id": message, "reply_markup": KEYS}
    assert "inline keyboard expected" in await api.refused("editMessageReplyMarkup", **other)


@pytest.mark.parametrize("method", ["pinChatMessage", "setMessageReaction"])
async def test_what_is_not_there_can_not_be_pinned_or_reacted_to(api: Api, ana: Person, method: str) -> None:
    assert "not found" in await api.refused(method, chat_id=ana.id, message_id=999)


async def test_reactions_go_both_ways(api: Api, phones: Telephones, ana: Person) -> None:
    message = await say(api, ana.id)
    reaction = [{"type": "emoji", "emoji": "👍"}]
    await api.ok("setMessageReaction", chat_id=ana.id, message_id=message, reaction=reaction)
    assert (await phones.react(ana.id, message, "❤")).update_id is None
    await api.ok("getUpdates", allowed_updates=["message_reaction"])
    await phones.react(ana.id, message, "🔥")
    heard = (await api.updates())[0]["message_reaction"]
    assert (heard["old_reaction"][0]["emoji"], heard["new_reaction"][0]["emoji"]) == ("❤", "🔥")
    shown = (await phones.chat(ana.id)).last.raw["reactions"]
    assert sorted(r["emoji"] for r in shown) == ["👍", "🔥"]


async def test_not_every_emoji_is_a_reaction(api: Api, ana: Person) -> None:
    reaction = [{"type": "emoji", "emoji": "🚪"}]
    message = await say(api, ana.id)
    refusal = await api.refused("setMessageReaction", chat_id=ana.id, message_id=message, reaction=reaction)
    assert refusal == "Bad Request: REACTION_INVALID"
