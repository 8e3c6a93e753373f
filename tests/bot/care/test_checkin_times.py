from datetime import UTC, datetime, time

import pytest

from bot.policy import Role
from tests.bot.membership.world import ANA, World


async def test_a_time_as_typed_becomes_the_persons_own(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    assert await world.ask(ANA, "checkin_time") is None
    await world.do(ANA, "set_checkin_time", time="8:30 pm")
    assert await world.ask(ANA, "checkin_time") == time(20, 30)
    async with world.at_desk(ANA) as desk:
        [schedule] = [each for each in await desk.work.schedules.of(desk.me.id) if each.kind == "daily_checkin"]
        assert (schedule.kind, schedule.next_at) == ("daily_checkin", datetime(2026, 11, 24, 1, 30, tzinfo=UTC))


async def test_another_time_takes_the_place_of_the_first(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "set_checkin_time", time="08.00")
    await world.do(ANA, "set_checkin_time", time="21.00")
    assert await world.ask(ANA, "checkin_time") == time(21)


async def test_no_time_at_all_asks_no_more(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "set_checkin_time", time="20:00")
    await world.do(ANA, "set_checkin_time", time=None)
    assert await world.ask(ANA, "checkin_time") is None


@pytest.mark.parametrize("given", ["soon", 20, True])
async def test_what_is_not_a_time_is_refused(world: World, given: str | int | bool) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    with pytest.raises(ValueError, match="time"):
        await world.do(ANA, "set_checkin_time", time=given)


async def test_a_typed_time_is_understood_or_not(world: World) -> None:
    assert await world.ask(ANA, "time_understood", typed_time="half past") is False
    assert await world.ask(ANA, "time_understood", typed_time="8pm") is True
    assert await world.ask(ANA, "time_understood") is False
