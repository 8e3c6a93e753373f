"""Peer (a): python-telegram-bot's ConversationHandler and PicklePersistence, as its example shows them."""

import os

from telegram import Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

MOOD, CRAVING, CONFIDENCE, HALT, NOTE, OFFER = range(6)
Context = ContextTypes.DEFAULT_TYPE


async def _ask(update: Update, context: Context, name: str, question: str) -> None:
    """Keeps what was answered, and asks what is next."""
    assert update.message is not None
    assert context.user_data is not None
    context.user_data[name] = update.message.text
    await update.message.reply_text(question)


async def checkin(update: Update, context: Context) -> int:
    await _ask(update, context, "began", "How are you right now, 1 to 5?")
    return MOOD


async def mood(update: Update, context: Context) -> int:
    await _ask(update, context, "mood", "How strong is any craving right now, 0 to 10?")
    return CRAVING


async def craving(update: Update, context: Context) -> int:
    await _ask(update, context, "craving", "How sure are you that you can stay on your path tomorrow, 0 to 10?")
    return CONFIDENCE


async def confidence(update: Update, context: Context) -> int:
    await _ask(update, context, "confidence", "Are you hungry, angry, lonely or tired?")
    return HALT


async def halt(update: Update, context: Context) -> int:
    await _ask(update, context, "halt", "Is there one thing that helped today?")
    return NOTE


async def note(update: Update, context: Context) -> int:
    await _ask(update, context, "note", "Thank you. Something good for you before you go?")
    return OFFER


async def offer(update: Update, context: Context) -> int:
    await _ask(update, context, "offer", "Take care of yourself.")
    return ConversationHandler.END


def main() -> None:
    token, url, folder = os.environ["BENCH_TOKEN"], os.environ["BENCH_URL"], os.environ["BENCH_FOLDER"]
    application = (
        Application.builder()
        .token(token)
        .base_url(f"{url}/bot")
        .persistence(PicklePersistence(filepath=f"{folder}/conversationbot"))
        .build()
    )
    words = filters.TEXT & ~filters.COMMAND
    steps = {MOOD: mood, CRAVING: craving, CONFIDENCE: confidence, HALT: halt, NOTE: note, OFFER: offer}
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("checkin", checkin)],
            states={step: [MessageHandler(words, handler)] for step, handler in steps.items()},
            fallbacks=[CommandHandler("cancel", offer)],
            name="checkin",
            persistent=True,
        )
    )
    application.run_polling(allowed_updates=Update.ALL_TYPES)


if __name__ == "__main__":
    main()
