from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.membership.invitation import OWN_GUESSES, state_of, tidy_code, too_many
from bot.policy import Role
from storage.problems import Conflict
from storage.repositories.guesses import Guesses
from storage.repositories.invites import Invite
from tests.bot.membership.world import ANA, BEN, World

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)


def an_invite(**changes: Any) -> Invite:  # Any: a field of Invite
    values: dict[str, Any] = {
        "id": 1,
        "house_id": 2,
        "role": "mentor",
        "created_at": NOW - DAY,
        "expires_at": NOW + DAY,
    }
    return Invite(**values | changes)


@pytest.mark.parametrize(
    ("invite", "has_role", "state"),
    [
        (None, False, "unknown"),
        (an_invite(), False, "good"),
        (an_invite(), True, "member"),
        (an_invite(used_at=NOW), False, "used"),
        (an_invite(used_at=NOW), True, "member"),
        (an_invite(expires_at=NOW), False, "expired"),
        (an_invite(revoked_at=NOW), False, "expired"),
    ],
)
def test_an_invite_says_what_it_is_good_for(invite: Invite | None, has_role: bool, state: str) -> None:
    assert state_of(invite, NOW, has_role=has_role) == state


def test_a_code_may_be_typed_in_small_letters_and_groups() -> None:
    assert tidy_code(" abcd-2345 efgh ") == "ABCD2345EFGH"


async def test_a_code_leads_to_its_house_and_role(world: World) -> None:
    code = (await world.invited(Role.STAFF)).lower()
    assert await world.ask(ANA, "invite_state", code=code) == "good"
    assert await world.ask(ANA, "invite_house", code=code) == "Maple House"
    assert await world.ask(ANA, "invite_role", code=code) == "staff"


@pytest.mark.parametrize("code", ["", "  ", "NOBODYMADEIT", None, 7])
async def test_a_code_that_nobody_made_leads_nowhere(world: World, code: str | int | None) -> None:
    assert await world.ask(ANA, "invite_state", code=code) == "unknown"
    assert await world.ask(ANA, "invite_house", code=code) is None
    assert await world.ask(ANA, "invite_role", code=code) is None


async def test_whoever_tries_many_codes_learns_nothing_more_for_an_hour(world: World) -> None:
    good = await world.invited(Role.STAFF)
    for number in range(OWN_GUESSES):
        assert await world.ask(BEN, "invite_state", code=f"WRONG{number}") == "unknown"
    assert await world.ask(BEN, "invite_state", code="WRONG") == "later"
    assert await world.ask(BEN, "invite_state", code=good) == "later"
    assert await world.ask(BEN, "invite_house", code=good) is None
    assert await world.ask(BEN, "invite_role", code=good) is None
    with pytest.raises(Conflict):
        await world.do(BEN, "join", code=good, name="Ben", zone="America.Chicago")
    assert await world.ask(ANA, "invite_state", code=good) == "good"
    world.now += timedelta(minutes=61)
    assert await world.ask(BEN, "invite_state", code=good) == "good"


@pytest.mark.parametrize(
    ("own", "everybody", "held_up"),
    [(0, 10_000, False), (1, 199, False), (1, 200, True), (5, 5, True), (4, 9, False)],
)
def test_a_storm_of_guesses_holds_up_nobody_who_guessed_nothing(own: int, everybody: int, held_up: bool) -> None:
    assert too_many(Guesses(own=own, all=everybody)) is held_up


async def test_a_resident_becomes_a_mentor_too_knowingly(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    code = await world.invited(Role.MENTOR)
    [asked] = await world.command(ANA, "start", code)
    assert "You already belong to Maple House." in asked
    assert await world.ask(ANA, "invite_state", code=code) == "adds"
    await world.press(ANA, "go_on")
    said = await world.press(ANA, "go_on")
    assert "Thank you for being there for Maple House." in "\n".join(said)
    async with world.at_desk(ANA) as desk:
        assert desk.standing.roles == {Role.PARTICIPANT, Role.MENTOR}
        assert desk.me.name == "Ana"
    assert await world.ask(ANA, "invite_state", code=code) == "member"


async def test_who_thinks_better_of_it_stays_what_they_were_and_the_invite_stays_good(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    code = await world.invited(Role.STAFF)
    await world.command(ANA, "start", code)
    await world.press(ANA, "leave")
    assert await world.ask(ANA, "invite_state", code=code) == "adds"
    assert await world.ask(BEN, "invite_state", code=code) == "good"
