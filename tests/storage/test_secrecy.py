"""A stolen database names nobody and tells nothing."""

from pathlib import Path

from sqlalchemy import text

from storage.database import Database
from storage.engines import make_engine, parse_url
from storage.models import metadata
from storage.repositories.alerts import Alert
from storage.repositories.announcements import Announcement
from storage.repositories.checkins import Checkin
from storage.repositories.invites import Invite
from storage.repositories.plans import Plan
from storage.repositories.practices import Practice
from storage.repositories.progress import NewProgress
from storage.repositories.stories import Story
from storage.repositories.updates import FailedUpdate
from storage.sealing import Keyring
from tests.storage.support import MINUTE, NOW, letter_to, maple, new_id, somebody

PLANTED = "Wilhelmina"
CODE = "QQQQRRRRSSSSTTTT"
TELEGRAM_ID = 7_123_456_789


async def plant(db: Database) -> None:
    """The name in every place that can hold words."""
    words = f"{PLANTED} wrote this".encode()
    ada = somebody(TELEGRAM_ID, PLANTED)
    house = maple(
        name=f"{PLANTED} House", address=f"1 {PLANTED} St", phone=f"+{TELEGRAM_ID}", naloxone=f"by {PLANTED}"
    )
    async with db.write() as work:
        await work.houses.add(house)
        await work.people.add(ada)
        invite = Invite(id=new_id(), house_id=house.id, role="staff", created_at=NOW, expires_at=NOW + MINUTE)
        await work.invites.add(invite, CODE)
        await work.progress.save([NewProgress(person_id=ada.id, expected=0, turn=1, state=words, touched_at=NOW)])
        await work.outbox.add_many(
            [
                letter_to(ada.id, PLANTED, fallback=words),
                letter_to(0, PLANTED, recipient_id=None, chat_id=-TELEGRAM_ID),
            ]
        )
        await work.checkins.add(Checkin(id=new_id(), person_id=ada.id, day=NOW.date(), at=NOW, answers=words))
        await work.practices.add(
            Practice(id=new_id(), person_id=ada.id, skill="surf", started_at=NOW, finished_at=NOW, answers=words)
        )
        await work.stories.add(
            Story(
                id=new_id(),
                person_id=ada.id,
                house_id=house.id,
                kind="story",
                about="craving",
                signed="name",
                state="shown",
                told_at=NOW,
                words=words,
            )
        )
        await work.plans.add(Plan(id=new_id(), person_id=ada.id, kind="safety_plan", changed_at=NOW, content=words))
        await work.alerts.add(
            Alert(
                id=new_id(),
                person_id=ada.id,
                house_id=house.id,
                severity="sos",
                state="asking",
                plan="[]",
                opened_at=NOW,
                line=PLANTED,
            )
        )
        await work.announcements.add(
            Announcement(
                id=new_id(), house_id=house.id, author_id=ada.id, letter=words, state="draft", created_at=NOW
            )
        )
        await work.updates.fail(FailedUpdate(id=new_id(), update_id=1, error="KeyError", copy=words, at=NOW))
        await work.commit()


async def test_no_name_word_number_or_code_stands_in_any_table_or_file(
    url: str, keyring: Keyring, tmp_path: Path
) -> None:
    async with Database(url, keyring) as db:
        await plant(db)

    engine = make_engine(parse_url(url))
    async with engine.connect() as connection:
        rows = [
            row
            for table in metadata.sorted_tables
            for row in (await connection.execute(text(f"SELECT * FROM {table.name}"))).all()  # noqa: S608 - our names
        ]
    await engine.dispose()
    written = b"\n".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())  # noqa: ASYNC240 - small
    assert b"America/Chicago" in written  # what is public is there to be found
    assert b"America/Chicago" in files or not db.is_sqlite
    for secret in (PLANTED, PLANTED.casefold(), CODE, str(TELEGRAM_ID), "wrote this"):
        assert secret.encode() not in written
        assert secret.encode() not in files
    assert TELEGRAM_ID not in [value for row in rows for value in row]
