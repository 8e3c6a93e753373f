"""Updates, settings and leases: what the bot knows about itself."""

import pytest

from storage.database import Database
from storage.problems import Conflict
from storage.repositories.updates import FailedUpdate
from tests.storage.support import MINUTE, NOW, new_id


async def test_an_update_is_handled_once(db: Database) -> None:
    async with db.write() as work:
        assert await work.updates.unhandled([1, 2, 2**40]) == {1, 2, 2**40}
        await work.updates.mark([1, 2**40], NOW)
        assert await work.updates.unhandled([1, 2, 2**40]) == {2}
        assert await work.updates.unhandled([]) == set()
        await work.commit()
    async with db.write() as work:
        with pytest.raises(Conflict):
            await work.updates.mark([3, 1], NOW)
    async with db.write() as work:
        assert await work.updates.prune(NOW) == 0
        assert await work.updates.prune(NOW + MINUTE) == 2


async def test_an_update_that_failed_is_kept_sealed_for_a_while(db: Database) -> None:
    failure = FailedUpdate(id=new_id(), update_id=7, error="KeyError", copy=b'{"update_id": 7}', at=NOW)
    async with db.write() as work:
        await work.updates.fail(failure)
        assert await work.updates.failed(NOW) == [failure]
        assert await work.updates.failed(NOW + MINUTE) == []
        assert await work.updates.prune_failed(NOW + MINUTE) == 1


async def test_settings_are_set_changed_and_removed(db: Database) -> None:
    async with db.write() as work:
        assert await work.settings.get("bot_username") is None
        await work.settings.set("bot_username", "hearth_bot")
        await work.settings.set("bot_username", "maple_bot")
        assert await work.settings.get("bot_username") == "maple_bot"
        await work.settings.remove("bot_username")
        assert await work.settings.get("bot_username") is None


async def test_a_lease_has_one_holder_until_it_ends_or_is_given_back(db: Database) -> None:
    soon, later = NOW + MINUTE, NOW + 2 * MINUTE
    async with db.write() as work:
        assert await work.leases.acquire("polling", "one", NOW, soon)
        assert not await work.leases.acquire("polling", "two", NOW, soon)
        assert await work.leases.acquire("polling", "one", NOW, soon)
        assert await work.leases.renew("polling", "one", later)
        assert await work.leases.holder("polling", soon) == "one"
        assert not await work.leases.acquire("polling", "two", soon, later)
        assert await work.leases.acquire("polling", "two", later, later + MINUTE)
        assert not await work.leases.renew("polling", "one", later + MINUTE)
        await work.leases.release("polling", "one")
        assert await work.leases.holder("polling", later) == "two"
        await work.leases.release("polling", "two")
        assert await work.leases.holder("polling", later) is None
