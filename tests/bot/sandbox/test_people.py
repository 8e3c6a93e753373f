"""People and groups: who can be written to, and what the bot hears."""

import pytest

from bot.sandbox.client import Telephones
from bot.sandbox.phone import Person
from bot.sandbox.wire import ControlError
from tests.bot.sandbox.conftest import Api


async def test_start_carries_its_parameter(api: Api, phones: Telephones) -> None:
    ben = await phones.user("Ben")
    await phones.start(ben.id, "INVITE")
    message = (await api.updates())[0]["message"]
    assert message["text"] == "/start INVITE"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["chat"]["type"] == "private"


async def test_a_bot_can_not_write_first(api: Api, phones: Telephones) -> None:
    ben = await phones.user("Ben")
    refusal = await api.refused("sendMessage", chat_id=ben.id, text="hi")
    assert refusal == "Forbidden: bot can't initiate conversation with a user"


async def test_whoever_blocked_the_bot_gets_nothing_and_the_bot_hears_of_it(
    api: Api, phones: Telephones, ana: Person
) -> None:
    await phones.block(ana.id)
    assert await api.refused("sendMessage", chat_id=ana.id, text="hi") == "Forbidden: bot was blocked by the user"
    heard = (await api.updates())[0]["my_chat_member"]
    assert (heard["old_chat_member"]["status"], heard["new_chat_member"]["status"]) == ("member", "kicked")
    with pytest.raises(ControlError, match="has blocked the bot"):
        await phones.send(ana.id, "hello?")
    await phones.start(ana.id)
    assert await api.ok("sendMessage", chat_id=ana.id, text="welcome back")


async def test_a_deleted_account_says_so(api: Api, phones: Telephones, ana: Person) -> None:
    await phones.deactivate(ana.id)
    assert await api.refused("sendMessage", chat_id=ana.id, text="hi") == "Forbidden: user is deactivated"


async def test_media_are_heard_with_a_file_that_can_be_fetched(api: Api, phones: Telephones, ana: Person) -> None:
    await phones.media(ana.id, "voice", b"ogg", caption="listen")
    message = (await api.updates())[0]["message"]
    assert message["caption"] == "listen"
    assert (await api.ok("getFile", file_id=message["voice"]["file_id"]))["file_size"] == 3


async def test_a_forward_names_who_wrote_it(api: Api, phones: Telephones, ana: Person) -> None:
    said = await api.ok("sendMessage", chat_id=ana.id, text="a tip")
    await phones.forward(ana.id, said["message_id"])
    assert (await api.updates())[0]["message"]["forward_origin"]["sender_user"]["is_bot"]


async def test_a_reply_quotes_what_it_answers(api: Api, phones: Telephones, ana: Person) -> None:
    said = await api.ok("sendMessage", chat_id=ana.id, text="how?")
    await phones.send(ana.id, "well", reply_to=said["message_id"])
    assert (await api.updates())[0]["message"]["reply_to_message"]["text"] == "how?"


async def test_a_group_hears_the_bot_until_it_is_thrown_out(api: Api, phones: Telephones, ana: Person) -> None:
    house = await phones.group("Maple House", [ana.id])
    await api.ok("sendMessage", chat_id=house, text="dinner")
    await phones.send(ana.id, "coming", chat=house)
    assert [next(k for k in u if k != "update_id") for u in await api.updates()] == ["my_chat_member", "message"]
    assert await api.ok("getChatMemberCount", chat_id=house) == 2
    await phones.kick_bot(house)
    refusal = await api.refused("sendMessage", chat_id=house, text="?")
    assert refusal == "Forbidden: bot is not a member of the group chat"


async def test_an_upgraded_group_says_where_it_went(api: Api, phones: Telephones, ana: Person) -> None:
    house = await phones.group("Maple House", [ana.id])
    new = await phones.migrate(house)
    answer = await api.call("sendMessage", chat_id=house, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": new}
    assert answer["error_code"] == 400
    assert await api.ok("sendMessage", chat_id=new, text="x")
    contents = [update.get("message", {}) for update in await api.updates()]
    assert [m.get("migrate_to_chat_id") or m.get("migrate_from_chat_id") for m in contents] == [None, new, house]


async def test_leaving_and_joining_is_heard_when_asked_for(api: Api, phones: Telephones, ana: Person) -> None:
    house = await phones.group("Maple House", [ana.id])
    ben = await phones.user("Ben")
    await api.ok("getUpdates", offset=-1, allowed_updates=["chat_member"])
    await phones.join(house, ben.id)
    await phones.leave(house, ben.id)
    heard = [u["chat_member"]["new_chat_member"]["status"] for u in (await api.updates())[1:]]
    assert heard == ["member", "left"]
    member = await api.ok("getChatMember", chat_id=house, user_id=ben.id)
    assert member["status"] == "left"


async def test_the_narrowest_command_menu_is_shown(api: Api, phones: Telephones, ana: Person) -> None:
    async def menu(name: str, **where: object) -> None:
        await api.ok("setMyCommands", commands=[{"command": name, "description": name}], **where)

    await menu("help")
    assert (await phones.chat(ana.id)).commands == ("help",)
    await menu("ayuda", language_code="es")
    assert (await phones.chat(ana.id)).commands == ("ayuda",)
    chat = {"type": "chat", "chat_id": ana.id}
    await menu("alerts", scope=chat)
    assert (await phones.chat(ana.id)).commands == ("alerts",)
    await api.ok("deleteMyCommands", scope=chat)
    assert (await phones.chat(ana.id)).commands == ("ayuda",)
    wrong = {"commands": [{"command": "No", "description": "x"}]}
    assert await api.refused("setMyCommands", **wrong) == "Bad Request: BOT_COMMAND_INVALID"


async def test_a_poll_is_heard_and_what_telegram_refuses_is_refused(
    api: Api, phones: Telephones, ana: Person
) -> None:
    await phones.poll(ana.id, "Soup or rice?", ["Soup", "Rice"], several=True)
    poll = (await api.updates())[-1]["message"]["poll"]
    assert [each["text"] for each in poll["options"]] == ["Soup", "Rice"]
    assert poll["allows_multiple_answers"]
    with pytest.raises(ControlError, match="options"):
        await phones.poll(ana.id, "Soup or rice?", ["x" * 101])
