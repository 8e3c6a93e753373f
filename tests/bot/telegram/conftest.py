from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.telegram.sender import Sender
from bot.telegram.transport import AiohttpRequest
from tests.bot.telegram.server import TOKEN, TinyTelegram


@pytest.fixture
async def there() -> AsyncIterator[TinyTelegram]:
    async with TinyTelegram() as server:
        yield server


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(read_timeout=5) as transport:
        yield transport


@pytest.fixture
def bot(there: TinyTelegram, request_: AiohttpRequest) -> Bot:
    return Bot(TOKEN, base_url=there.base, request=request_, get_updates_request=request_)


@pytest.fixture
def sender(bot: Bot) -> Sender:
    return Sender(bot)
