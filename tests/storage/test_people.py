"""People: found, renamed, moved, deleted for good."""

import asyncio
from dataclasses import replace

import pytest

from storage.database import Database
from storage.problems import Forgotten
from storage.repositories.checkins import Checkin
from storage.repositories.timers import Timer
from storage.sealing import Keyring
from tests.storage.support import MINUTE, NOW, join, letter_to, new_id, somebody


async def test_people_are_found_by_telegram_id_and_strangers_are_not(db: Database) -> None:
    ada, bo = somebody(77, "Ada"), somebody(78, "Bo", reach="blocked")
    await join(db, ada, bo)
    async with db.read() as work:
        assert await work.people.find_many([77, 78, 79]) == {77: ada, 78: bo}
        assert await work.people.find_many([]) == {}
        assert await work.people.get_many([ada.id, 5]) == {ada.id: ada}


async def test_people_are_found_by_a_hearth_that_starts_anew(url: str, keyring: Keyring) -> None:
    ada = somebody(77)
    async with Database(url, keyring) as db:
        await join(db, ada)
    async with Database(url, keyring) as db, db.read() as work:
        assert await work.people.find_many([77]) == {77: ada}


async def test_a_unit_of_work_that_is_not_committed_leaves_nothing(db: Database) -> None:
    async with db.write() as work:
        await work.people.add(somebody(77))
    async with db.read() as work:
        assert await work.people.find_many([77]) == {}


async def test_people_change_what_is_theirs_to_change(db: Database) -> None:
    ada = somebody(77)
    await join(db, ada)
    async with db.write() as work:
        await work.people.rename(ada.id, "Ada L.")
        await work.people.set_locale(ada.id, "es")
        await work.people.set_zone(ada.id, "Europe/Madrid")
        await work.people.set_reach(ada.id, "blocked")
        await work.people.set_stopped(ada.id, stopped=True)
        await work.commit()
    changed = replace(ada, name="Ada L.", locale="es", zone="Europe/Madrid", reach="blocked", stopped=True)
    async with db.read() as work:
        assert await work.people.find_many([77]) == {77: changed}


async def test_deleting_somebody_takes_their_key_their_rows_and_what_is_said_about_them(db: Database) -> None:
    ada, bo = somebody(77), somebody(78)
    await join(db, ada, bo)
    async with db.write() as work:
        checkin = Checkin(id=new_id(), person_id=ada.id, day=NOW.date(), at=NOW, answers=b"{}")
        await work.checkins.add(checkin)
        timer = Timer(id=new_id(), kind="nudge", subject_id=ada.id, fence=1, due_at=NOW, created_at=NOW)
        await work.timers.add_many([timer])
        await work.outbox.add_many(
            [letter_to(ada.id), letter_to(bo.id, "Ada needs you", about_id=ada.id), letter_to(bo.id, "hello")]
        )
        await work.commit()
    async with db.write() as work:
        assert await work.people.delete(ada.id)
        assert not await work.people.delete(ada.id)
        await work.commit()
    async with db.write() as work:
        assert await work.people.find_many([77, 78]) == {78: bo}
        assert await work.timers.due(NOW, 10) == []
        claimed = await work.outbox.claim_due(NOW, "postman", NOW + MINUTE, 10)
        assert [letter.letter for letter in claimed] == [b"hello"]
        with pytest.raises(Forgotten):
            await work.checkins.of(ada.id, NOW)
        with pytest.raises(Forgotten):
            await work.outbox.add_many([letter_to(ada.id)])


async def test_a_deletion_that_is_rolled_back_deletes_nothing(db: Database) -> None:
    ada = somebody(77)
    await join(db, ada)
    async with db.write() as work:
        await work.people.delete(ada.id)
    async with db.read() as work:
        assert await work.people.find_many([77]) == {77: ada}


async def test_keys_are_wrapped_anew_in_steps_and_then_the_old_master_key_can_go(url: str, keyring: Keyring) -> None:
    people = [somebody(number) for number in range(1, 6)]
    async with Database(url, keyring) as db:
        await join(db, *people)
    new = bytes(32)
    async with Database(url, Keyring([new, bytes(range(32))])) as db:
        left: list[int] = []
        while not left or left[-1]:
            async with db.write() as work:
                left.append((await work.keys.rewrap(limit=4)).left)
                await work.commit()
        assert left == [2, 0]  # six keys: five people's and the system's
    async with Database(url, Keyring([new])) as db, db.read() as work:
        assert len(await work.people.find_many(range(1, 6))) == 5


async def test_readers_see_what_was_committed_while_a_writer_works(db: Database) -> None:
    await join(db, somebody(77))
    async with db.write() as writing:
        await writing.people.add(somebody(78))
        async with asyncio.timeout(5), db.read() as reading:
            assert set(await reading.people.find_many([77, 78])) == {77}
        await writing.commit()


async def test_a_writer_that_is_cancelled_leaves_nothing_behind_and_bars_nobody(db: Database) -> None:
    async def write(number: int) -> None:
        async with db.write() as work:
            await work.people.add(somebody(number))
            await asyncio.Event().wait()

    writers = [asyncio.create_task(write(number)) for number in range(1, 4)]
    await asyncio.sleep(0)
    for _ in range(20):
        await asyncio.sleep(0.001)  # cancelled at whatever it is doing by then
        for writer in writers:
            writer.cancel()
    await asyncio.gather(*writers, return_exceptions=True)
    async with asyncio.timeout(5):
        await join(db, somebody(77))
    async with db.read() as work:
        assert set(await work.people.find_many([1, 2, 3, 77])) == {77}
