"""The limit (d): a bare echo, python-telegram-bot over Hearth's own transport and uvloop, no state at all."""

import asyncio
import os

import uvloop
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.telegram.transport import AiohttpRequest


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


def main() -> None:
    asyncio.set_event_loop(uvloop.new_event_loop())
    application = (
        Application.builder()
        .token(os.environ["BENCH_TOKEN"])
        .base_url(f"{os.environ['BENCH_URL']}/bot")
        .request(AiohttpRequest())
        .get_updates_request(AiohttpRequest(connections=1))
        .concurrent_updates(True)
        .build()
    )
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
