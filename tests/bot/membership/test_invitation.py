from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.membership.invitation import state_of, tidy_code
from bot.policy import Role
from storage.repositories.invites import Invite
from tests.bot.membership.world import ANA, World

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
