"""The web side: a webhook that believes only who knows the secret, and says 200 only after the commit."""

import aiohttp
import pytest

from bot.app import App
from bot.sandbox.client import Telephones
from bot.settings import SettingsError
from bot.web import PATH
from bot.web.server import listening, parse_address
from bot.web.webhook import SECRET_HEADER
from storage.problems import StorageProblem
from tests.bot.web.fixtures import SECRET


def update(number: int, text: str) -> dict[str, object]:
    person = {"id": 501, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    chat = {"id": 501, "type": "private", "first_name": "Ana"}
    return {
        "update_id": number,
        "message": {"message_id": number, "from": person, "chat": chat, "date": 0, "text": text},
    }


async def test_what_somebody_writes_comes_by_webhook_and_is_answered(world: tuple[App, Telephones, str]) -> None:
    _, phones, _ = world
    ana = await phones.user("Ana", language_code="en")
    await phones.send(ana.id, "hello")
    answer = await phones.expect(ana.id, lambda bubble: "invite" in bubble.text)
    assert "988" in answer.text


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET + "x"}]
)
async def test_nobody_without_the_secret_is_believed(
    world: tuple[App, Telephones, str], headers: dict[str, str]
) -> None:
    app, _, base = world
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{base}{PATH}", json=update(7, "hello"), headers=headers) as answer,
    ):
        assert answer.status == 401
    async with app.database.read() as work:
        assert await work.updates.unhandled([7]) == {7}


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 200), (b'{"update_id": 9}', 200), (b"null", 200)])
async def test_odd_bodies_are_survived(world: tuple[App, Telephones, str], body: bytes, status: int) -> None:
    _, _, base = world
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{base}{PATH}", data=body, headers={SECRET_HEADER: SECRET}) as answer,
    ):
        assert answer.status == status


async def test_what_cannot_be_committed_is_not_acknowledged(
    world: tuple[App, Telephones, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _, base = world

    async def away(_: object) -> None:
        raise StorageProblem("The database is away.")

    async with aiohttp.ClientSession() as session:
        with monkeypatch.context() as patched:
            patched.setattr(app.door, "take", away)
            async with session.post(
                f"{base}{PATH}", json=update(8, "hello"), headers={SECRET_HEADER: SECRET}
            ) as answer:
                assert answer.status == 503
                assert "Retry-After" in answer.headers
        async with session.post(f"{base}{PATH}", json=update(8, "hello"), headers={SECRET_HEADER: SECRET}) as answer:
            assert answer.status == 200
    async with app.database.read() as work:
        assert await work.updates.unhandled([8]) == set()


async def test_health_and_metrics_tell_counts_and_nobody(world: tuple[App, Telephones, str]) -> None:
    _, phones, base = world
    ana = await phones.user("Ana", language_code="en")
    await phones.send(ana.id, "hello")
    await phones.expect(ana.id, lambda bubble: "invite" in bubble.text)
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{base}/health") as answer:
            assert (answer.status, await answer.text()) == (200, "well\n")
        async with session.get(f"{base}/metrics") as answer:
            told = await answer.text()
    assert "hearth_postman_moving 1.0" in told
    assert "Ana" not in told


@pytest.mark.parametrize("address", ["8080", "host:", ":80", "host:port", "host:99999"])
def test_an_address_that_is_none_is_said_so(address: str) -> None:
    with pytest.raises(SettingsError, match="HEARTH_LISTEN"):
        parse_address(address)


async def test_a_port_that_is_taken_is_one_sentence(unused_tcp_port: int) -> None:
    async with listening(f"127.0.0.1:{unused_tcp_port}", []):
        with pytest.raises(SettingsError, match="HEARTH_LISTEN"):
            async with listening(f"127.0.0.1:{unused_tcp_port}", []):
                pass
