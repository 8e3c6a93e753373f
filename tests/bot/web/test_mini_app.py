"""The Mini App: Ana reads what is kept of her on a page, and nobody else reads anything."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta

import aiohttp
import pytest

from bot.app import App, build
from bot.policy import Role
from bot.sandbox.client import Telephones
from storage.problems import StorageProblem
from storage.repositories.showings import Showing
from tests.bot.web.fixtures import TOKEN
from tests.support.init_data import fields_of, signed
from tests.support.membership import Newcomer, let_in

World = tuple[App, Telephones, str]


async def bring(base: str, told: bytes) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(f"{base}/app/data", data=told) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        return answer.status, await answer.text()


async def looks_at(app: App, telegram_id: int) -> list[Showing]:
    async with app.database.read() as work:
        [person] = (await work.people.find_many([telegram_id])).values()
        shown = await work.showings.of(person.id, app.clock.now() - timedelta(days=1))
    assert all(each.viewer_id == person.id for each in shown)
    return shown


async def ana_lives_here(app: App, phones: Telephones, locale: str = "en") -> int:
    ana = await phones.user("Ana", language_code=locale)
    who = Newcomer(name="Ana <b>", role=Role.PARTICIPANT, locale=locale)
    await let_in(app, "Maple House", "America/New_York", {ana.id: who})
    return ana.id


async def test_a_person_reads_what_is_kept_of_them_and_the_look_is_noted(world: World) -> None:
    app, phones, base = world
    ana = await ana_lives_here(app, phones)
    status, page = await bring(base, signed(fields_of(ana, app.clock.now()), TOKEN))
    assert status == 200
    assert "Everything Hearth keeps of you" in page
    assert "Ana &lt;b&gt;" in page
    assert "Maple House" in page
    [look] = await looks_at(app, ana)
    assert (look.what, look.why) == ("page", "asked")
    await phones.send(ana, "/who_saw")
    await phones.expect(ana, lambda bubble: "you: everything, on the page you opened" in bubble.text)


async def test_nobody_reads_anything_of_anybody_else(world: World) -> None:
    app, phones, base = world
    ana = await ana_lives_here(app, phones)
    maria = await phones.user("Maria")
    newcomer = Newcomer(name="Maria", role=Role.MENTOR)
    await let_in(app, "Maple House", "America/New_York", {maria.id: newcomer})
    status, page = await bring(base, signed(fields_of(maria.id, app.clock.now()), TOKEN))
    assert status == 200
    assert "Maria" in page
    assert "Ana" not in page
    assert await looks_at(app, ana) == []


async def test_the_page_speaks_the_language_of_its_reader(world: World) -> None:
    app, phones, base = world
    ana = await ana_lives_here(app, phones, "es")
    _, page = await bring(base, signed(fields_of(ana, app.clock.now()), TOKEN))
    assert "Todo lo que Hearth guarda de ti" in page


async def test_every_refusal_is_the_same_and_leaves_nothing(world: World) -> None:
    app, phones, base = world
    ana, now = await ana_lives_here(app, phones), app.clock.now()
    stranger = await phones.user("Zoe")
    refusals = [
        b"",
        b"x" * 500_000,
        "ñ=ñ".encode(),
        signed(fields_of(ana, now), "123:another-token"),
        signed(fields_of(ana, now - timedelta(minutes=16)), TOKEN),
        signed(fields_of(stranger.id, now), TOKEN),
        signed(fields_of(2**80, now), TOKEN),
    ]
    assert {await bring(base, told) for told in refusals} == {(403, "")}
    assert await looks_at(app, ana) == []


async def test_whoever_was_deleted_is_a_stranger(world: World) -> None:
    app, phones, base = world
    ana = await ana_lives_here(app, phones)
    told = signed(fields_of(ana, app.clock.now()), TOKEN)
    assert (await bring(base, told))[0] == 200
    async with app.database.write() as work:
        [person] = (await work.people.find_many([ana])).values()
        await work.people.delete(person.id)
        await work.commit()
    assert await bring(base, told) == (403, "")


async def test_what_cannot_be_noted_is_not_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    app, phones, base = world
    ana = await ana_lives_here(app, phones)

    def away() -> None:
        raise StorageProblem("The database is away.")

    with monkeypatch.context() as patched:
        patched.setattr(app.database, "write", away)
        assert await bring(base, signed(fields_of(ana, app.clock.now()), TOKEN)) == (503, "")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en-US,en;q=0.9", "One moment"), ("es-MX,es;q=0.9", "Un momento"), ("", "One moment"), (";,;", "One moment")],
)
async def test_the_page_itself_knows_nobody_and_may_do_next_to_nothing(
    world: World, language: str, words: str
) -> None:
    _, _, base = world
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{base}/app", headers={"Accept-Language": language}) as answer,
    ):
        page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
    assert words in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert "http" not in page
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        [content] = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


async def test_without_a_public_address_there_is_no_such_door(
    world: World, unused_tcp_port_factory: Callable[[], int]
) -> None:
    app, _, _ = world
    port = unused_tcp_port_factory()
    alone = app.settings.model_copy(
        update={
            "webhook_url": None,
            "listen": f"127.0.0.1:{port}",
            "database_url": app.settings.database_url + ".second",
        }
    )
    async with build(alone, poll=False), aiohttp.ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/app") as answer:
            assert answer.status == 404
        async with session.get(f"http://127.0.0.1:{port}/health") as answer:
            assert answer.status == 200
