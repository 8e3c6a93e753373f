"""An invitation opens a house once."""

import asyncio

import pytest

from storage.database import Database
from storage.repositories.invites import Invite
from tests.storage.support import MINUTE, NOW, maple, new_id

CODE = "ABCDEFGH23456777"


@pytest.fixture
async def invite(db: Database) -> Invite:
    house = maple()
    invite = Invite(id=new_id(), house_id=house.id, role="mentor", created_at=NOW, expires_at=NOW + MINUTE)
    async with db.write() as work:
        await work.houses.add(house)
        await work.invites.add(invite, CODE)
        await work.commit()
    return invite


async def test_of_a_hundred_who_use_one_code_at_once_one_gets_in(db: Database, invite: Invite) -> None:
    async def use(person_id: int) -> int | None:
        async with db.write() as work:
            won = await work.invites.redeem(invite.id, person_id, NOW)
            await work.commit()
            return person_id if won else None

    winners = [each for each in await asyncio.gather(*map(use, range(1, 101))) if each is not None]
    async with db.read() as work:
        found = await work.invites.by_code(CODE)
    assert found is not None
    assert winners == [found.used_by]
    assert found.used_at == NOW


async def test_a_code_is_found_by_itself_only(db: Database, invite: Invite) -> None:
    async with db.read() as work:
        assert await work.invites.by_code(CODE) == invite
        assert await work.invites.by_code("wrong") is None
        assert await work.invites.of_house(invite.house_id) == [invite]
        assert await work.invites.of_house(5) == []


async def test_a_code_that_expired_or_was_revoked_lets_nobody_in(db: Database, invite: Invite) -> None:
    async with db.write() as work:
        assert not await work.invites.redeem(invite.id, 1, invite.expires_at)
        assert not await work.invites.revoke(invite.id, 5, NOW)
        assert await work.invites.revoke(invite.id, invite.house_id, NOW)
        assert not await work.invites.revoke(invite.id, invite.house_id, NOW)
        assert not await work.invites.redeem(invite.id, 1, NOW)
