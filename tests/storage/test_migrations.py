"""Tables come and go by migrations alone, and the models agree with them."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from storage import migrate
from storage.database import Database
from storage.engines import make_engine, parse_url
from storage.migrate import SchemaState
from storage.models import metadata
from storage.problems import StorageProblem
from storage.repositories.memberships import Grant
from storage.repositories.prompts import Prompt
from storage.sealing import Keyring
from tests.storage.support import MINUTE, NOW, join, letter_to, maple, new_id, somebody


async def test_an_empty_database_gets_its_tables_when_it_is_opened(empty_url: str, keyring: Keyring) -> None:
    assert await migrate.check(empty_url) is SchemaState.EMPTY
    async with Database(empty_url, keyring):
        pass
    assert await migrate.check(empty_url) is SchemaState.CURRENT


async def test_two_processes_that_start_on_an_empty_database_both_open_it(empty_url: str, keyring: Keyring) -> None:
    one, two = Database(empty_url, keyring), Database(empty_url, keyring)
    await asyncio.gather(one.open(), two.open())
    ada = somebody(77)
    await join(one, ada)
    async with two.read() as work:
        assert await work.people.find_many([77]) == {77: ada}
    await one.close()
    await two.close()


async def test_migrations_and_models_make_the_same_tables(url: str) -> None:
    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    engine = make_engine(parse_url(url))
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_tables_go_up_and_down_and_up_again_with_people_in_them(url: str, keyring: Keyring) -> None:
    ada = somebody(77)
    async with Database(url, keyring) as db:
        await join(db, ada)
        async with db.write() as work:
            await work.outbox.add_many([letter_to(ada.id)])
            await work.commit()

    for step in ("0003", "0002", "0001"):
        await migrate.downgrade(url, step)
        assert await migrate.check(url) is SchemaState.TOO_OLD
    await migrate.upgrade(url)
    async with Database(url, keyring) as db, db.read() as work:
        assert await work.people.find_many([77]) == {77: ada}

    await migrate.downgrade(url, "base")
    assert await migrate.check(url) is SchemaState.EMPTY
    async with Database(url, keyring) as db, db.read() as work:
        assert await work.people.find_many([77]) == {}


async def test_older_tables_ask_for_an_upgrade_and_newer_ones_for_a_newer_hearth(url: str, keyring: Keyring) -> None:
    await migrate.downgrade(url, "0003")
    with pytest.raises(StorageProblem, match="run: hearth db upgrade"):
        await Database(url, keyring).open()

    engine = make_engine(parse_url(url))
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'from the future'"))
    assert await migrate.check(url) is SchemaState.TOO_NEW
    with pytest.raises(StorageProblem, match="install the newer Hearth"):
        await Database(url, keyring).open()

    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM alembic_version"))
    await engine.dispose()
    with pytest.raises(StorageProblem, match="not Hearth's"):
        await Database(url, keyring).open()


async def test_mentors_who_were_there_before_the_pulse_are_asked_it_unless_they_switched_it_off(
    url: str, keyring: Keyring
) -> None:
    house, asked, off, gone, lives_here = maple(), somebody(1), somebody(2), somebody(3), somebody(4)
    roles = ((asked, "mentor", None), (off, "staff", None), (gone, "mentor", NOW), (lives_here, "participant", None))
    async with Database(url, keyring) as db:
        await join(db, asked, off, gone, lives_here)
        async with db.write() as work:
            await work.houses.add(house)
            for person, role, until in roles:
                await work.memberships.grant(
                    Grant(
                        id=new_id(),
                        person_id=person.id,
                        house_id=house.id,
                        role=role,
                        since=NOW - MINUTE,
                        until=until,
                    )
                )
            await work.prompts.add_many(
                [Prompt(id=new_id(), person_id=off.id, kind="house_pulse", planned_at=NOW, outcome="asked")]
            )
            await work.commit()
    await migrate.downgrade(url, "0025")
    await migrate.upgrade(url)
    async with Database(url, keyring) as db, db.read() as work:
        [schedule] = await work.schedules.of(asked.id)
        assert (schedule.kind, schedule.local_minutes, schedule.days, schedule.weeks) == ("house_pulse", 960, 16, 4)
        assert schedule in await work.schedules.due(NOW, 10)
        for person in (off, gone, lives_here):
            assert await work.schedules.of(person.id) == []
