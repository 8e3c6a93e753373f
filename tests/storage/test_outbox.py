"""Letters: claimed once, settled once, never swapped or lost."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.engines import make_engine, parse_url
from storage.repositories.houses import House
from storage.repositories.letters import Claimed, Expired, NewLetter, Settlement
from storage.repositories.people import Person
from storage.sealing import Keyring
from tests.storage.support import MINUTE, NOW, join, letter_to, maple, new_id, somebody

LATER = NOW + 5 * MINUTE


async def post(db: Database, *letters: NewLetter) -> None:
    async with db.write() as work:
        await work.outbox.add_many(letters)
        await work.commit()


async def claim(db: Database, owner: str = "postman", at: object = NOW, limit: int = 100) -> list[Claimed]:
    async with db.write() as work:
        claimed = await work.outbox.claim_due(at, owner, at + MINUTE, limit)  # type: ignore[operator, arg-type]
        await work.commit()
    return claimed


async def settle(db: Database, *settlements: Settlement) -> None:
    async with db.write() as work:
        await work.outbox.settle_many(settlements, NOW)
        await work.commit()


async def counts(db: Database) -> dict[str, int]:
    async with db.read() as work:
        return await work.outbox.counts_by_state()


def texts(claimed: Sequence[Claimed]) -> list[bytes]:
    return [letter.letter for letter in claimed]


@pytest.fixture
async def ada(db: Database) -> Person:
    person = somebody(77, locale="es")
    await join(db, person)
    return person


async def test_due_letters_are_claimed_by_urgency_and_carry_what_the_postman_needs(db: Database, ada: Person) -> None:
    await post(
        db,
        letter_to(ada.id, "later", not_before=NOW + MINUTE),
        letter_to(ada.id, "reply"),
        letter_to(ada.id, "alert", priority=1, fallback=b"short", about_id=5, card="alert:5"),
        letter_to(ada.id, "stale", expires_at=NOW),
    )
    claimed = await claim(db)
    assert texts(claimed) == [b"alert", b"reply"]
    first = claimed[0]
    assert (first.chat_id, first.reach, first.locale, first.stopped) == (77, "ok", "es", False)
    assert (first.fallback, first.about_id, first.card, first.attempts) == (b"short", 5, "alert:5", 0)
    assert await claim(db) == []


async def test_two_postmen_never_claim_the_same_letter(url: str, keyring: Keyring) -> None:
    ada = somebody(77)
    async with Database(url, keyring) as one, Database(url, keyring) as two:
        await join(one, ada)
        await post(one, *(letter_to(ada.id, str(number)) for number in range(100)))

        async def work_through(db: Database, owner: str) -> list[Claimed]:
            taken: list[Claimed] = []
            while claimed := await claim(db, owner, limit=7):
                taken += claimed
            return taken

        taken = await asyncio.gather(work_through(one, "one"), work_through(two, "two"))
    everything = [letter.id for each in taken for letter in each]
    assert len(everything) == len(set(everything)) == 100


async def test_a_letter_born_claimed_is_left_to_its_postman_until_the_lease_ends(db: Database, ada: Person) -> None:
    await post(db, letter_to(ada.id, "mine", lease_owner="door", lease_until=NOW + MINUTE))
    assert await claim(db) == []
    async with db.write() as work:
        assert await work.outbox.expired_leases(NOW, "sweep", LATER, 10) == []
        lapsed = await work.outbox.expired_leases(NOW + MINUTE, "sweep", LATER, 10)
        assert texts(lapsed) == [b"mine"]
        assert await work.outbox.extend([lapsed[0].id], "door", LATER) == set()
        assert await work.outbox.extend([lapsed[0].id], "sweep", LATER) == {lapsed[0].id}


async def test_a_sent_letter_knows_its_message_and_no_guess_makes_it_unsent(db: Database, ada: Person) -> None:
    letter = letter_to(ada.id)
    await post(db, letter)
    await claim(db)
    await settle(db, Settlement(id=letter.id, state="sent", attempts=1, message_id=2**40))
    await settle(db, Settlement(id=letter.id, state="waiting", attempts=2, not_before=LATER))
    assert await counts(db) == {"sent": 1}
    async with db.read() as work:
        delivered = await work.outbox.message_of(letter.id)
        assert delivered is not None
        assert (delivered.message_id, delivered.recipient_id) == (2**40, ada.id)
        assert await work.outbox.message_of(5) is None


async def test_a_letter_put_back_waits_for_its_moment(db: Database, ada: Person) -> None:
    letter = letter_to(ada.id)
    await post(db, letter)
    await claim(db)
    await settle(db, Settlement(id=letter.id, state="waiting", attempts=1, reason="timed out", not_before=LATER))
    assert await claim(db) == []
    async with db.read() as work:
        assert await work.outbox.next_not_before() == LATER
    assert [each.attempts for each in await claim(db, at=LATER)] == [1]


async def test_a_newer_turn_supersedes_the_waiting_questions_of_older_ones_only(db: Database, ada: Person) -> None:
    bo = somebody(78)
    await join(db, bo)
    await post(
        db,
        letter_to(ada.id, "old", turn=3),
        letter_to(ada.id, "new", turn=4),
        letter_to(ada.id, "alert", priority=1),
        letter_to(bo.id, "another's", turn=1),
    )
    async with db.write() as work:
        await work.outbox.supersede({ada.id: 4}, NOW)
        await work.commit()
    assert texts(await claim(db)) == [b"alert", b"new", b"another's"]


async def test_what_came_too_late_expires_and_what_is_long_settled_is_pruned(db: Database, ada: Person) -> None:
    stale = letter_to(ada.id, "stale", expires_at=NOW)
    await post(db, stale, letter_to(ada.id, "fresh", expires_at=LATER))
    async with db.write() as work:
        assert await work.outbox.expire(NOW) == [Expired(id=stale.id, kind=stale.kind)]
        assert await work.outbox.prune(NOW) == 0
        assert await work.outbox.prune(LATER) == 1
        await work.commit()
    assert await counts(db) == {"waiting": 1}


async def test_a_card_is_found_at_its_newest_message_for_each_recipient(db: Database, ada: Person) -> None:
    bo = somebody(78)
    await join(db, bo)
    first, second, unsent, edit = (letter_to(ada.id, card="alert:1") for _ in range(4))
    edit = letter_to(ada.id, card="alert:1", edits_id=second.id, kind="edit")
    other = letter_to(bo.id, card="alert:2")
    await post(db, first, second, unsent, edit, other)
    claimed = await claim(db)
    for number, letter in enumerate((first, second, edit, other), start=1):
        await settle(db, Settlement(id=letter.id, state="sent", attempts=1, message_id=number))
    async with db.read() as work:
        latest = await work.outbox.latest_of_card("alert:1", [ada.id, bo.id])
    assert {person_id: found.message_id for person_id, found in latest.items()} == {ada.id: 2}
    assert {each.id: each.edits_id for each in claimed}[edit.id] == second.id


async def test_an_edit_is_claimed_with_the_message_it_changes(db: Database, ada: Person) -> None:
    original = letter_to(ada.id)
    await post(db, original)
    await claim(db)
    await settle(db, Settlement(id=original.id, state="sent", attempts=1, message_id=9))
    await post(db, letter_to(ada.id, "changed", kind="edit", edits_id=original.id))
    assert [letter.edits_message_id for letter in await claim(db)] == [9]


@pytest.mark.parametrize("of_house", [True, False])
async def test_a_letter_to_a_group_is_sealed_by_its_house_or_the_system(db: Database, of_house: bool) -> None:
    house: House = maple()
    async with db.write() as work:
        await work.houses.add(house)
        await work.commit()
    await post(db, letter_to(0, "dinner", recipient_id=None, chat_id=-100_5, house_id=house.id if of_house else None))
    (letter,) = await claim(db)
    assert (letter.chat_id, letter.recipient_id, letter.reach, letter.letter) == (-100_5, None, None, b"dinner")


async def test_a_letter_that_cannot_be_opened_is_set_aside_and_bars_no_other(db: Database, ada: Person) -> None:
    damaged = letter_to(ada.id, "damaged")
    await post(db, damaged, letter_to(ada.id, "whole"))
    engine = make_engine(parse_url(db.url))
    async with engine.begin() as connection:
        await connection.execute(
            text("UPDATE outbox SET letter_sealed = (SELECT name_sealed FROM people) WHERE id = :id"),
            {"id": damaged.id},
        )
    await engine.dispose()
    assert texts(await claim(db)) == [b"whole"]
    assert await counts(db) == {"failed": 1, "sending": 1}


def test_a_letter_without_a_place_to_go_is_refused() -> None:
    with pytest.raises(ValueError, match="one of the two"):
        letter_to(5, recipient_id=None)
    with pytest.raises(ValueError, match="owner and how long"):
        letter_to(5, id=new_id(), lease_owner="door")
