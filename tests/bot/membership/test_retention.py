"""What is kept is kept for so long, and strangers and those who left are forgotten."""

from datetime import timedelta

import pytest

from bot.membership import retention
from bot.policy import Role
from storage.repositories.checkins import Checkin
from storage.repositories.showings import Showing
from tests.bot.membership.world import ANA, BEN, World

DAY = timedelta(days=1)


async def night(world: World) -> None:
    async with world.database.write() as work:
        await retention.tidy(work, world.now)
        await work.commit()


async def test_each_kind_in_the_list_can_be_pruned_and_is_told_in_privacy(world: World) -> None:
    async with world.database.write() as work:
        for each in retention.KEPT:
            assert await work.retention.prune(each.kind, world.now) == 0
    told = str(await world.ask(ANA, "kept_for"))
    for each in retention.KEPT:
        assert f"{each.days} days" in told
    assert "48 hours" in told


async def test_what_is_older_than_its_days_goes_and_the_rest_stays(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    async with world.at_desk(ANA) as desk:
        for days in (364, 366):
            at = world.now - days * DAY
            await desk.work.checkins.add(
                Checkin(id=desk.ids.new(), person_id=desk.me.id, day=at.date(), at=at, answers=b"{}")
            )
            await desk.work.showings.add_many(
                [Showing(id=desk.ids.new(), about_id=desk.me.id, viewer_id=7, what="call", why="alert", at=at)]
            )
    await night(world)
    async with world.at_desk(ANA) as desk:
        assert len(await desk.work.checkins.of(desk.me.id, world.now - 1000 * DAY)) == 1
        assert len(await desk.work.showings.of(desk.me.id, world.now - 1000 * DAY)) == 1


async def test_a_stranger_who_never_joined_is_forgotten_after_two_days(world: World) -> None:
    async with world.at_desk(BEN) as desk:
        await desk.remember()
    await world.joined(ANA, Role.MENTOR)
    world.now += timedelta(hours=47)
    await night(world)
    assert await world.ask(BEN, "known") is True
    world.now += timedelta(hours=2)
    await night(world)
    assert await world.ask(BEN, "known") is False
    assert await world.ask(ANA, "known") is True


async def test_who_left_is_forgotten_ninety_days_later_unless_they_came_back(world: World) -> None:
    for who in (ANA, BEN):
        await world.joined(who, Role.PARTICIPANT)
        await world.do(who, "leave_house")
    world.now += 89 * DAY
    await night(world)
    await world.joined(BEN, Role.PARTICIPANT)
    assert await world.ask(ANA, "known") is True
    world.now += 2 * DAY
    await night(world)
    assert await world.ask(ANA, "known") is False
    assert await world.ask(BEN, "known") is True


async def test_who_left_is_remembered_as_long_as_they_chose_even_afterwards(world: World) -> None:
    for who, days in ((ANA, 30), (BEN, 365)):
        await world.joined(who, Role.PARTICIPANT)
        await world.do(who, "remember_me", days=days)
        await world.do(who, "leave_house")
        assert await world.ask(who, "remembered_days") == days
        assert f": {days} d" in str(await world.ask(who, "kept_for")).splitlines()[-1]
    world.now += 31 * DAY
    await night(world)
    assert await world.ask(ANA, "known") is False
    world.now += 60 * DAY
    await night(world)
    assert await world.ask(BEN, "known") is True
    await world.do(BEN, "remember_me", days=90)  # a stranger by now, and it is still theirs to say
    await night(world)
    assert await world.ask(BEN, "known") is False


async def test_nobody_is_remembered_for_a_time_that_is_not_offered(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    with pytest.raises(ValueError, match="so long"):
        await world.do(ANA, "remember_me", days=10_000)
    assert await world.ask(ANA, "remembered_days") == 90
