from datetime import timedelta

import pytest

from bot.house.invites import BOT_USERNAME
from bot.policy import Role
from tests.bot.membership.world import ANA, BEN, World


async def test_the_first_invite_makes_the_house_and_the_second_finds_it(world: World) -> None:
    first = await world.invited(Role.STAFF)
    second = await world.invited(Role.STAFF, house="  maple house ")
    async with world.database.read() as work:
        [house] = await work.houses.all()
        assert (house.name, house.country, house.zone) == ("Maple House", "US", "America/New_York")
        for code in (first, second):
            made = await work.invites.by_code(code)
            assert made is not None
            assert (made.house_id, made.role) == (house.id, "staff")
            assert made.expires_at == world.now + timedelta(days=7)


async def test_staff_invite_into_their_own_house(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    code = await world.ask(ANA, "fresh_code")
    await world.do(ANA, "make_invite", code=code, role="mentor")
    assert isinstance(code, str)
    assert await world.ask(BEN, "invite_state", code=code) == "good"
    assert await world.ask(BEN, "invite_role", code=code) == "mentor"
    async with world.at_desk(ANA) as desk:
        made = await desk.work.invites.by_code(code)
        assert made is not None
        assert made.created_by == desk.me.id


async def test_an_invite_runs_out_after_seven_days(world: World) -> None:
    code = await world.invited(Role.MENTOR)
    world.now += timedelta(days=7)
    assert await world.ask(BEN, "invite_state", code=code) == "expired"


async def test_a_role_that_is_none_is_refused(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    with pytest.raises(ValueError, match="boss"):
        await world.do(ANA, "make_invite", code="ABCD2345", role="boss")


async def test_the_link_opens_the_bot_with_the_code(world: World) -> None:
    assert await world.ask(ANA, "fresh_link", code="ABCD2345") is None
    async with world.at_desk(ANA) as desk:
        await desk.work.settings.set(BOT_USERNAME, "HearthBot")
    assert await world.ask(ANA, "fresh_link", code="ABCD2345") == "https://t.me/HearthBot?start=ABCD2345"


async def test_the_real_dialog_gives_staff_a_link_that_works(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    async with world.at_desk(ANA) as desk:
        await desk.work.settings.set(BOT_USERNAME, "HearthBot")
    await world.command(ANA, "invite")
    said = "\n".join(await world.press(ANA, "participant"))
    code = said.split("?start=")[1].split()[0]
    assert await world.ask(BEN, "invite_state", code=code) == "good"
