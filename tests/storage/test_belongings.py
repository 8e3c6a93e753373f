"""Everything kept of a person is told to them: no table is forgotten, nobody else's words come along."""

from typing import Any

import pytest
from sqlalchemy import BigInteger, Column

from storage.database import Database
from storage.models import metadata
from storage.problems import Forgotten
from storage.repositories.alert_plans import AlertWish
from storage.repositories.alert_trail import Ask
from storage.repositories.alerts import Alert
from storage.repositories.announcements import Announcement
from storage.repositories.checkins import Checkin
from storage.repositories.memberships import Grant
from storage.repositories.showings import Showing
from tests.storage.support import NOW, join, letter_to, maple, new_id, somebody

NOT_PEOPLE = {
    "edits_id",  # a letter
    "house_id",
    "membership_id",
    "message_id",  # Telegram's
    "outbox_id",
    "source_update",
    "taking_back_id",  # a letter, too
    "update_id",
}
"""Numbers that name something else than a person."""

COLUMNS = [
    pytest.param(column, id=f"{table.name}.{column.name}")
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, BigInteger)
]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_number_that_could_name_a_person_says_what_the_row_is_to_them(column: Column[Any]) -> None:
    said = column.info["person"]
    if any(foreign.column.table.name == "people" for foreign in column.foreign_keys):
        assert said in {"theirs", "untold"}
    elif column.foreign_keys or column.name in NOT_PEOPLE or (column.primary_key and column.name == "id"):
        assert said in {None, "theirs"}
    else:
        assert said is not None, "say with person= what the row is to whom it names, or add it to NOT_PEOPLE"


async def test_a_person_is_told_all_of_theirs_and_only_their_part_of_others(db: Database) -> None:
    ada, ben = somebody(77, "Ada"), somebody(78, "Ben")
    await join(db, ada, ben)
    house = maple()
    async with db.write() as work:
        await work.houses.add(house)
        await work.memberships.grant(
            Grant(id=new_id(), person_id=ada.id, house_id=house.id, role="mentor", since=NOW)
        )
        await work.checkins.add(
            Checkin(id=new_id(), person_id=ada.id, day=NOW.date(), at=NOW, answers=b'{"mood": 2}')
        )
        for who, line in ((ada, "ada's line"), (ben, "ben's line")):
            alert = Alert(
                id=new_id(),
                person_id=who.id,
                house_id=house.id,
                severity="sos",
                state="taken",
                plan="[]",
                opened_at=NOW,
                line=line,
                taken_by=ada.id if who is ben else ben.id,
            )
            await work.alerts.add(alert)
            helper = alert.taken_by
            assert helper is not None
            await work.alert_trail.ask_many(
                [Ask(id=new_id(), alert_id=alert.id, person_id=helper, step=0, asked_at=NOW)]
            )
        await work.announcements.add(
            Announcement(
                id=new_id(),
                house_id=house.id,
                author_id=ada.id,
                letter=b"ada to all",
                state="done",
                created_at=NOW,
            )
        )
        await work.outbox.add_many(
            [letter_to(ada.id, "to ada"), letter_to(ben.id, "to ben", about_id=ada.id), letter_to(ben.id, "private")]
        )
        await work.showings.add_many(
            [Showing(id=new_id(), about_id=ada.id, viewer_id=ben.id, what="call", why="asked", at=NOW)]
        )
        await work.commit()

    async with db.read() as work:
        told = await work.belongings.of(ada.id)
    [person] = told["people"]
    assert (person["name"], person["telegram"], person["zone"]) == (b"Ada", b"77", "America/Chicago")
    assert [row["answers"] for row in told["checkins"]] == [b'{"mood": 2}']
    assert [row["letter"] for row in told["announcements"]] == [b"ada to all"]
    assert [row.get("line") for row in told["alerts"]] == [b"ada's line", None]
    assert len(told["alert_asks"]) == 2
    assert [row.get("letter") for row in told["outbox"]] == [b"to ada", None]
    assert [row["what"] for row in told["showings"]] == ["call"]
    assert set(told) == {
        "people", "grants", "checkins", "alerts", "alert_asks", "announcements", "outbox", "showings",
    }  # fmt: skip
    words = repr(told)
    assert "ben" not in words
    assert str(ben.id) not in words
    assert "private" not in words


async def test_whom_somebody_never_wants_asked_is_told_to_nobody_else(db: Database) -> None:
    ada, ben = somebody(77, "Ada"), somebody(78, "Ben")
    await join(db, ada, ben)
    async with db.write() as work:
        await work.alert_plans.set_wish(
            AlertWish(id=new_id(), person_id=ada.id, other_id=ben.id, wish="never", state="agreed", made_at=NOW)
        )
        await work.commit()
    async with db.read() as work:
        assert "alert_wishes" in await work.belongings.of(ada.id)
        assert "alert_wishes" not in await work.belongings.of(ben.id)


async def test_of_somebody_deleted_only_a_number_is_left(db: Database) -> None:
    ada = somebody(77)
    await join(db, ada)
    async with db.write() as work:
        await work.outbox.add_many([letter_to(ada.id)])
        await work.people.delete(ada.id)
        await work.commit()
    async with db.read() as work:
        assert await work.belongings.of(ada.id) == {}
        with pytest.raises(Forgotten):
            await work.keys.one(ada.id)
