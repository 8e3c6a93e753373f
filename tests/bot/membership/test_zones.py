from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.membership import atlas
from bot.membership.zones import key_of, read_key
from bot.policy import Role
from dialogs.values import Option
from tests.bot.membership.world import ANA, World


@given(st.sampled_from(sorted(atlas.all_zones())))
def test_a_key_names_its_zone(zone: str) -> None:
    assert "/" not in key_of(zone)
    assert read_key(key_of(zone)) == zone
    assert read_key(zone) == zone


@pytest.mark.parametrize("key", ["elsewhere", "Mars.Olympus", "../etc/passwd"])
def test_what_is_no_zone_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="time zone"):
        read_key(key)


async def test_somebody_with_an_invite_chooses_among_the_clocks_of_its_house(world: World) -> None:
    code = await world.invited(Role.PARTICIPANT)
    options = await world.ask(ANA, "zone_options", code=code)
    assert isinstance(options, tuple)
    assert options[0] == Option("America.New_York", "12:00 New York")
    assert await world.ask(ANA, "zone_options") == ()


async def test_a_city_that_was_typed_is_found_or_not(world: World) -> None:
    assert await world.ask(ANA, "zone_matches", city="madrid") == (Option("Europe.Madrid", "18:00 Madrid"),)
    assert await world.ask(ANA, "zone_found", city="madrid") is True
    assert await world.ask(ANA, "zone_found", city="nowhere at all") is False
    assert await world.ask(ANA, "zone_found") is False


async def test_times_follow_the_clock_a_person_moves_to(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "set_checkin_time", time="20:00")
    await world.do(ANA, "set_zone", zone="Europe.Madrid")
    async with world.at_desk(ANA) as desk:
        assert desk.me.zone == "Europe/Madrid"
        [schedule] = [each for each in await desk.work.schedules.of(desk.me.id) if each.kind == "daily_checkin"]
        assert schedule.local_minutes == 20 * 60
        assert schedule.next_at == datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
