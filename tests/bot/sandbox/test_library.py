"""python-telegram-bot itself is content with the sandbox."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.constants import ReactionEmoji
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter

from bot.sandbox import Sandbox
from bot.sandbox.client import Telephones
from bot.sandbox.phone import Person
from bot.sandbox.reactions import ALLOWED
from tests.bot.sandbox.conftest import TOKEN
from tests.bot.sandbox.test_sending import PNG


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Bot]:
    bot = Bot(TOKEN, base_url=f"{sandbox.url}/bot", base_file_url=f"{sandbox.url}/file/bot")
    async with bot:
        yield bot


async def test_it_reads_every_kind_of_update(bot: Bot, phones: Telephones, ana: Person) -> None:
    message = await bot.send_message(
        ana.id, "hi", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("ok", callback_data="ok")]])
    )
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    sent = await phones.send(ana.id, "/help me")
    assert sent.message is not None
    await phones.edit(ana.id, sent.message.id, "never mind")
    await phones.tap(ana.id, message.message_id, "ok")
    await phones.react(ana.id, message.message_id, "❤")
    for kind in ("photo", "voice", "video", "video_note", "audio", "animation", "document", "sticker"):
        await phones.media(ana.id, kind, PNG)
    await phones.forward(ana.id, message.message_id)
    house = await phones.group("Maple House", [ana.id])
    ben = await phones.user("Ben")
    await phones.join(house, ben.id)
    await phones.migrate(house)
    await phones.block(ana.id)
    updates = await bot.get_updates()
    assert len(updates) == 18
    assert {name for update in updates for name in Update.ALL_TYPES if getattr(update, name)} == {
        "message",
        "edited_message",
        "callback_query",
        "message_reaction",
        "my_chat_member",
        "chat_member",
    }
    command = updates[0].effective_message
    assert command is not None
    assert command.parse_entities() == {command.entities[0]: "/help"}


async def test_it_sends_edits_and_deletes(bot: Bot, phones: Telephones, ana: Person) -> None:
    photo = await bot.send_photo(ana.id, PNG, caption="*a* week", parse_mode="MarkdownV2")
    again = await bot.send_photo(ana.id, photo.photo[-1].file_id, reply_to_message_id=photo.id)
    await bot.edit_message_caption(ana.id, photo.id, caption="b")
    await bot.edit_message_media(InputMediaPhoto(PNG + b"2"), ana.id, again.id)
    album = await bot.send_media_group(ana.id, [InputMediaPhoto(PNG), InputMediaPhoto(PNG + b"2")])
    assert await bot.delete_messages(ana.id, [message.id for message in album])
    file = await bot.get_file(photo.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == PNG
    copy = await bot.copy_message(ana.id, ana.id, photo.id)
    assert [bubble.id for bubble in (await phones.chat(ana.id)).said] == [photo.id, again.id, copy.message_id]


async def test_it_maps_refusals_to_its_own_errors(
    bot: Bot, phones: Telephones, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it, the library warns about every RetryAfter
    message = await bot.send_message(ana.id, "hi", reply_markup=ReplyKeyboardMarkup([["SOS"]]))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", ana.id, message.id)
    await phones.fault("429", count=1, retry_after=9)
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(ana.id, "x")
    assert flood.value.retry_after == timedelta(seconds=9)
    house = await phones.group("Maple House", [ana.id])
    new = await phones.migrate(house)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(house, "x")
    assert moved.value.new_chat_id == new
    await phones.block(ana.id)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ana.id, "x")


async def test_it_presents_itself(bot: Bot, phones: Telephones, ana: Person) -> None:
    commands = [BotCommand("sos", "Help now")]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(ana.id))
    assert await bot.get_my_commands(scope=BotCommandScopeChat(ana.id)) == tuple(commands)
    await bot.set_my_description("A bot for homes")
    assert (await bot.get_my_description()).description == "A bot for homes"
    assert (await bot.get_my_name()).name == "Hearth"
    assert (await bot.get_chat_menu_button(ana.id)).type == "commands"
    assert (await bot.get_chat(ana.id)).first_name == "Ana"
    assert (await bot.get_chat_member(ana.id, bot.id)).status == "member"
    assert (await bot.get_webhook_info()).url == ""
    await asyncio.gather(*(bot.send_chat_action(ana.id, "typing") for _ in range(3)))
    assert bot.username == "HearthSandboxBot"


def test_it_knows_the_same_reactions() -> None:
    assert frozenset(emoji.value for emoji in ReactionEmoji) == ALLOWED
