from datetime import timedelta

import pytest

from bot.conversation.registry import NotAllowedError
from bot.house.invites import BOT_USERNAME
from bot.policy import Role
from dialogs.values import Option
from storage.problems import Conflict
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
    await world.press(ANA, "participant")
    said = "\n".join(await world.press(ANA, "promise"))
    code = said.split("?start=")[1].split()[0]
    assert await world.ask(BEN, "invite_state", code=code) == "good"


async def test_an_invite_that_was_taken_back_opens_nothing(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    await world.do(ANA, "make_invite", code="ABCD2345ABCD2345", role="mentor")
    match await world.ask(ANA, "open_invites"):
        case (Option(key=made),):
            pass
        case other:
            raise AssertionError(other)
    await world.command(ANA, "invites")
    await world.press(ANA, made)
    [done] = await world.press(ANA, "take_back")
    assert done.startswith("Done.")
    assert await world.ask(BEN, "invite_state", code="ABCD2345ABCD2345") == "expired"
    assert await world.ask(ANA, "any_open_invites") is False
    with pytest.raises(Conflict):
        await world.do(ANA, "revoke_invite", invite=made)


async def test_staff_take_back_no_invite_of_another_house(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    code = await world.invited(Role.STAFF, house="Oak House")
    async with world.database.read() as work:
        foreign = await work.invites.by_code(code)
        assert foreign is not None
    with pytest.raises(NotAllowedError):
        await world.do(ANA, "revoke_invite", invite=str(foreign.id))
    assert await world.ask(BEN, "invite_state", code=code) == "good"


async def test_the_house_promises_once_that_a_no_costs_no_bed_before_a_participant_is_invited(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    await world.joined(BEN, Role.PARTICIPANT)
    await world.command(ANA, "invite")
    [asked] = await world.press(ANA, "participant")
    assert "Maple House promises that a no never costs you your bed" in asked
    await world.press(ANA, "leave")
    assert await world.ask(ANA, "any_open_invites") is False

    await world.command(ANA, "invite")
    await world.press(ANA, "participant")
    assert "works once" in "\n".join(await world.press(ANA, "promise"))
    assert "Ana prometió por la casa" in "\n".join(await world.command(BEN, "trail"))  # it concerns everybody

    await world.command(ANA, "invite")
    assert "works once" in "\n".join(await world.press(ANA, "participant"))  # asked no second time
