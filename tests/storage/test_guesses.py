from datetime import timedelta

from storage.database import Database
from storage.repositories.guesses import Guesses
from tests.storage.support import NOW, new_id


async def test_wrong_codes_are_counted_by_person_and_overall_and_forgotten(db: Database) -> None:
    async with db.write() as work:
        for telegram_id in (7, 7, 8):
            await work.guesses.note(new_id(), telegram_id, NOW)
        again = new_id()
        for _ in range(3):
            await work.guesses.note(again, 9, NOW)
        await work.commit()
    async with db.write() as work:
        assert await work.guesses.since(7, NOW) == Guesses(own=2, all=4)
        assert await work.guesses.since(9, NOW) == Guesses(own=1, all=4)
        assert await work.guesses.since(7, NOW + timedelta(seconds=1)) == Guesses(own=0, all=0)
        assert await work.guesses.prune(NOW + timedelta(seconds=1)) == 4
