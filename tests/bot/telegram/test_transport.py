import asyncio
import io
import os
import socket
import traceback
from collections.abc import Awaitable

import pytest
from aiohttp import web
from telegram import Bot, InputFile, InputMediaPhoto
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.errors import NeverLeft
from bot.telegram.transport import AiohttpRequest
from tests.bot.telegram.server import MESSAGE, TOKEN, TinyTelegram, no, ok, page, reset


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


async def error_of(call: Awaitable[object]) -> TelegramError:
    with pytest.raises(TelegramError) as caught:
        await call
    assert TOKEN not in "".join(traceback.format_exception(caught.value))
    return caught.value


async def test_the_library_speaks_through_it(there: TinyTelegram, bot: Bot) -> None:
    message = await bot.send_message(7, "Good morning ☀️")
    assert message.message_id == 42
    assert there.last.method == "sendMessage"
    assert there.last.values == {"chat_id": 7, "text": "Good morning ☀️"}


async def test_a_call_without_values_has_no_body(there: TinyTelegram, bot: Bot) -> None:
    there.answer = ok({"id": 1, "is_bot": True, "first_name": "Hearth", "username": "HearthBot"})
    assert (await bot.get_me()).username == "HearthBot"
    assert there.last.values == {}


async def test_the_librarys_uploads_arrive_whole(there: TinyTelegram, bot: Bot) -> None:
    big = os.urandom(3_000_000)
    await bot.send_document(7, InputFile(big, filename="export.zip"), caption="Yours")
    assert there.last.files["document"][:2] == ("export.zip", big)
    assert there.last.values == {"chat_id": "7", "caption": "Yours"}


async def test_an_upload_may_be_an_open_file(there: TinyTelegram, bot: Bot) -> None:
    await bot.send_document(7, InputFile(io.BytesIO(b"a,b\n"), filename="a.csv", read_file_handle=False))
    assert there.last.files["document"] == ("a.csv", b"a,b\n", "text/csv")


async def test_an_album_carries_each_of_its_files(there: TinyTelegram, bot: Bot) -> None:
    there.answer = ok([])
    await bot.send_media_group(7, [InputMediaPhoto(b"one"), InputMediaPhoto(b"two")])
    assert sorted(content for _, content, _ in there.last.files.values()) == [b"one", b"two"]
    assert "attach://" in there.last.values["media"]


async def test_many_requests_share_a_few_connections(there: TinyTelegram) -> None:
    seen: set[object] = set()

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.add(request.transport.get_extra_info("peername") if request.transport else None)
        return await MESSAGE(request)

    there.answer = answer
    async with AiohttpRequest(connections=4) as transport:
        await asyncio.gather(*(transport.call(there.url(), {"n": n}) for n in range(40)))
    assert sorted(call.values["n"] for call in there.calls) == list(range(40))
    assert len(seen) <= 4


async def test_no_answer_in_time_is_a_time_out(there: TinyTelegram) -> None:
    there.answer = there.silence
    async with AiohttpRequest(read_timeout=0.05) as transport:
        error = await error_of(transport.call(there.url(), {"chat_id": 7}))
        assert type(error) is TimedOut
        # The library's calls may name their own limit.
        bot = Bot(TOKEN, base_url=there.base, request=transport)
        assert isinstance(await error_of(bot.send_message(7, "Hi", read_timeout=0.01)), TimedOut)
    assert len(there.calls) == 2


async def test_waiting_too_long_for_a_free_connection_never_left(there: TinyTelegram) -> None:
    arrived, hung_up = asyncio.Event(), asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        arrived.set()
        await hung_up.wait()
        return await MESSAGE(request)

    there.answer = slow
    async with AiohttpRequest(connections=1, pool_timeout=0.02, connect_timeout=0.02) as transport:
        first = asyncio.create_task(transport.call(there.url(), {"n": 1}))
        await arrived.wait()
        assert isinstance(await error_of(transport.call(there.url(), {"n": 2})), NeverLeft)
        hung_up.set()
        await first
    assert [call.values["n"] for call in there.calls] == [1]


async def test_a_refused_connection_never_left(request_: AiohttpRequest) -> None:
    url = f"http://127.0.0.1:{closed_port()}/bot{TOKEN}/sendMessage"
    assert isinstance(await error_of(request_.call(url, {"chat_id": 7})), NeverLeft)


async def test_an_address_that_is_none_never_left_and_does_not_tell_the_token(request_: AiohttpRequest) -> None:
    assert isinstance(await error_of(request_.call(f"http:///bot{TOKEN}/getMe", {})), NeverLeft)


async def test_a_connection_dropped_after_sending_may_have_arrived(
    there: TinyTelegram, request_: AiohttpRequest
) -> None:
    await request_.call(there.url(), {"n": 1})  # so that the next one meets a connection in use
    there.answer = reset
    error = await error_of(request_.call(there.url(), {"n": 2}))
    assert isinstance(error, NetworkError)
    assert not isinstance(error, NeverLeft | TimedOut)
    assert [call.values["n"] for call in there.calls] == [1, 2]  # not sent once more behind our back


async def test_the_library_reads_refusals_from_it(there: TinyTelegram, bot: Bot) -> None:
    there.answer = no(400, "Bad Request: chat not found")
    assert isinstance(await error_of(bot.send_message(7, "Hi")), BadRequest)
    there.answer = no(429, "Too Many Requests: retry after 5", retry_after=5)
    assert isinstance(await error_of(bot.send_message(7, "Hi")), RetryAfter)
    there.answer = page(200)
    assert type(await error_of(bot.send_message(7, "Hi"))) is TelegramError


async def test_it_is_opened_and_closed_as_often_as_one_likes(there: TinyTelegram) -> None:
    transport = AiohttpRequest()
    with pytest.raises(RuntimeError, match="initialize"):
        await transport.call(there.url(), {})
    for _ in range(2):
        await transport.initialize()
        await transport.initialize()
        assert (await transport.call(there.url(), {"chat_id": 7}))[0] == 200
        await transport.shutdown()
        await transport.shutdown()


def test_it_tells_the_time_it_waits_for_an_answer() -> None:
    assert AiohttpRequest(read_timeout=7.5).read_timeout == 7.5
