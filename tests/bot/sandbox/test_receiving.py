"""Long polling: order, confirmation, expiry, one at a time."""

import asyncio

from bot.sandbox.client import Telephones
from bot.sandbox.phone import Person
from tests.bot.sandbox.conftest import Api


async def test_updates_come_again_until_they_are_confirmed(api: Api, phones: Telephones, ana: Person) -> None:
    await phones.send(ana.id, "one")
    await phones.send(ana.id, "two")
    first = await api.updates()
    assert first == await api.updates()
    ids = [update["update_id"] for update in first]
    assert ids == [1001, 1002]
    assert [update["message"]["text"] for update in await api.updates(offset=ids[1])] == ["two"]
    assert await phones.pending() == 1


async def test_a_long_poll_answers_as_soon_as_there_is_something(api: Api, phones: Telephones, ana: Person) -> None:
    poll = asyncio.create_task(api.updates(offset=1001, wait=50))
    while not (await phones.polling()):
        pass
    await phones.send(ana.id, "hello")
    assert [update["message"]["text"] for update in await poll] == ["hello"]


async def test_a_newer_poll_ends_the_older_with_409(api: Api, phones: Telephones, ana: Person) -> None:
    older = asyncio.create_task(api.call("getUpdates", offset=1001, timeout=50))
    while not (await phones.polling()):
        pass
    await api.updates(offset=1001)
    assert await older == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }


async def test_a_negative_offset_keeps_only_the_last(api: Api, phones: Telephones, ana: Person) -> None:
    for text in ("one", "two", "three"):
        await phones.send(ana.id, text)
    assert [update["message"]["text"] for update in await api.updates(offset=-1)] == ["three"]
    assert await phones.pending() == 1


async def test_limit_bounds_a_batch(api: Api, phones: Telephones, ana: Person) -> None:
    for text in ("one", "two", "three"):
        await phones.send(ana.id, text)
    assert len(await api.ok("getUpdates", limit=2)) == 2


async def test_only_what_was_asked_for_is_queued(api: Api, phones: Telephones, ana: Person) -> None:
    await api.ok("getUpdates", allowed_updates=["callback_query"])
    assert (await phones.send(ana.id, "unheard")).update_id is None
    await api.ok("getUpdates", allowed_updates=[])
    assert (await phones.send(ana.id, "heard")).update_id is not None


async def test_an_update_is_kept_for_a_day(api: Api, phones: Telephones, ana: Person) -> None:
    await phones.send(ana.id, "are you there?")
    await phones.advance(24 * 3600 - 60)
    assert len(await api.updates()) == 1
    await phones.advance(61)
    assert await api.updates() == []


async def test_malformed_updates_can_be_injected_and_keep_their_ids(api: Api, phones: Telephones) -> None:
    assert await phones.inject({"update_id": 5000, "message": {"text": 7}}, {"nonsense": True}) == [5000, 5001]
    expected = [{"update_id": 5000, "message": {"text": 7}}, {"update_id": 5001, "nonsense": True}]
    assert await api.updates() == expected


async def test_ids_can_start_again_lower(api: Api, phones: Telephones, ana: Person) -> None:
    await phones.inject({"update_id": 3})
    assert (await phones.send(ana.id, "after a silent week")).update_id == 4
    assert [update["update_id"] for update in await api.updates()] == [3, 4]


async def test_an_edit_is_heard(api: Api, phones: Telephones, ana: Person) -> None:
    sent = (await phones.send(ana.id, "helo")).message
    assert sent is not None
    await phones.edit(ana.id, sent.id, "hello")
    heard = (await api.updates())[1]["edited_message"]
    assert (heard["message_id"], heard["text"]) == (sent.id, "hello")
    assert heard["edit_date"] >= heard["date"]
