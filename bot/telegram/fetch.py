"""A file that somebody sent, fetched from Telegram."""

import structlog
from telegram import Bot
from telegram.error import TelegramError

log = structlog.get_logger(__name__)


class Fetcher:
    """Fetches small files."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def fetch(self, name: str, most: int) -> bytes | None:
        """The file of this name at Telegram; empty when it has more than `most` bytes, None when it can't be had."""
        try:
            file = await self._bot.get_file(name)
            # What Telegram says of its length is looked at before, and the length itself afterwards.
            if (file.file_size or 0) > most:
                return b""
            content = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            log.warning("file.not_fetched", error=type(error).__name__)  # it is asked for again
            return None
        return content if len(content) <= most else b""
