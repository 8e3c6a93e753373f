"""A place is saved only over the turn it was made from."""

import asyncio

from storage.database import Database
from storage.repositories.progress import NewProgress, StoredProgress
from storage.sealing import Keyring
from tests.storage.support import MINUTE, NOW, join, somebody


def place(person_id: int, expected: int, state: bytes = b"{}", **changes: object) -> NewProgress:
    values: dict[str, object] = {"dialog": "urge_surfing", "node": "body", "touched_at": NOW}
    return NewProgress(
        person_id=person_id,
        expected=expected,
        turn=expected + 1,
        state=state,
        **(values | changes),  # type: ignore[arg-type]  # fields by name
    )


async def test_two_hundred_turns_at_once_lose_nothing(db: Database) -> None:
    ada = somebody(77)
    await join(db, ada)

    async def one_turn() -> None:
        while True:
            async with db.write() as work:
                found = (await work.progress.load([ada.id])).get(ada.id)
                turn, count = (found.turn, int(found.state)) if found else (0, 0)
                if not await work.progress.save([place(ada.id, turn, b"%d" % (count + 1))]):
                    await work.commit()
                    return

    await asyncio.gather(*(one_turn() for _ in range(200)))
    async with db.read() as work:
        stored = (await work.progress.load([ada.id]))[ada.id]
    wanted = StoredProgress(person_id=ada.id, turn=200, state=b"200", touched_at=NOW, dialog="urge_surfing")
    assert stored == wanted


async def test_of_many_places_saved_together_only_the_outdated_are_refused(db: Database) -> None:
    ada, bo, cy = people = [somebody(number) for number in (1, 2, 3)]
    await join(db, *people)
    async with db.write() as work:
        assert await work.progress.save([place(ada.id, 0), place(bo.id, 0)]) == set()
        assert await work.progress.save([place(ada.id, 1, b"new"), place(bo.id, 0), place(cy.id, 4)]) == {
            bo.id,
            cy.id,
        }
        await work.commit()
    async with db.read() as work:
        loaded = await work.progress.load([ada.id, bo.id, cy.id])
    assert {person_id: stored.turn for person_id, stored in loaded.items()} == {ada.id: 2, bo.id: 1}
    assert loaded[ada.id].state == b"new"


async def test_of_two_processes_that_begin_the_same_place_one_wins(url: str, keyring: Keyring) -> None:
    ada = somebody(77)
    async with Database(url, keyring) as one, Database(url, keyring) as two:
        await join(one, ada)

        async def begin(db: Database) -> bool:
            async with db.write() as work:
                lost = await work.progress.save([place(ada.id, 0)])
                await work.commit()
                return not lost

        assert sorted(await asyncio.gather(begin(one), begin(two))) == [False, True]


async def test_a_dialog_left_alone_is_found_and_one_that_ended_is_not(db: Database) -> None:
    ada, bo, cy = people = [somebody(number) for number in (1, 2, 3)]
    await join(db, *people)
    async with db.write() as work:
        await work.progress.save(
            [
                place(ada.id, 0, touched_at=NOW - 10 * MINUTE),
                place(bo.id, 0, touched_at=NOW - 20 * MINUTE, nudged=True),
                place(cy.id, 0, touched_at=NOW - 20 * MINUTE, dialog=None, node=None),
            ]
        )
        await work.commit()
    async with db.read() as work:
        assert await work.progress.idle(NOW - 5 * MINUTE, 10, nudged=False) == [ada.id]
        assert await work.progress.idle(NOW - 5 * MINUTE, 10, nudged=True) == [bo.id]
        assert await work.progress.idle(NOW - 15 * MINUTE, 10, nudged=False) == []
