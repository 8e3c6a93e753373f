import pytest

from bot.membership.joining import join
from bot.policy import Role, Standing
from storage.problems import Conflict
from storage.repositories.memberships import Place
from tests.bot.membership.world import ANA, BEN, World


async def places(world: World, telegram_id: int) -> tuple[Place, ...]:
    async with world.database.read() as work:
        people = await work.people.find_many([telegram_id])
        person = people[telegram_id].id
        return (await work.memberships.places_of([person], world.now)).get(person, ())


async def test_an_invite_opens_its_house_with_the_name_and_the_clock_that_were_given(world: World) -> None:
    code = await world.invited(Role.PARTICIPANT)
    async with world.at_desk(BEN) as desk:
        await join(desk, {"code": code, "name": "  Benny  B ", "zone": "America.Chicago"})
        assert desk.standing.roles == {Role.PARTICIPANT}
        assert (desk.me.name, desk.me.zone, desk.me.locale) == ("Benny B", "America/Chicago", "es")
    [place] = await places(world, BEN.telegram_id)
    assert (place.standing, place.roles) == ("resident", frozenset({"participant"}))
    assert await world.ask(BEN, "me") == "Benny B"
    assert await world.ask(BEN, "house") == "Maple House"


@pytest.mark.parametrize("role", [Role.MENTOR, Role.STAFF])
async def test_mentors_and_staff_do_not_live_there(world: World, role: Role) -> None:
    await world.joined(ANA, role)
    [place] = await places(world, ANA.telegram_id)
    assert (place.membership_id, place.roles) == (None, frozenset({role.value}))


async def test_a_second_role_is_added_to_the_first(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    code = await world.invited(Role.MENTOR)
    assert await world.ask(ANA, "invite_state", code=code) == "adds"
    async with world.at_desk(ANA) as desk:
        await join(desk, {"code": code, "name": "Ana", "zone": "America/New_York"})
        assert desk.standing == Standing(desk.house_id, frozenset({Role.PARTICIPANT, Role.MENTOR}))
    [place] = await places(world, ANA.telegram_id)
    assert (place.standing, place.roles) == ("resident", frozenset({"participant", "mentor"}))


async def test_who_comes_second_with_the_same_invite_has_the_turn_done_again(world: World) -> None:
    code = await world.invited(Role.PARTICIPANT)
    await world.do(ANA, "join", code=code, name="Ana", zone="America.New_York")
    with pytest.raises(Conflict):
        await world.do(BEN, "join", code=code, name="Ben", zone="America.New_York")
    assert await world.ask(BEN, "invite_state", code=code) == "used"
    assert await world.ask(ANA, "invite_state", code=code) == "member"


async def test_leaving_ends_the_bed_the_roles_and_the_times(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(ANA, Role.MENTOR)
    await world.do(ANA, "set_checkin_time", time="20:00")
    async with world.at_desk(ANA) as desk:
        await world.registry.actions["leave_house"].perform(desk, {})
        assert not desk.standing.joined
        assert await desk.work.schedules.of(desk.me.id) == []
    assert await places(world, ANA.telegram_id) == ()
    assert await world.ask(ANA, "joined") is False


async def test_who_leaves_one_of_two_houses_stays_in_the_other_with_their_times(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(ANA, Role.STAFF, house="Oak House")
    await world.do(ANA, "set_checkin_time", time="20:00")
    await world.do(ANA, "leave_house")
    [place] = await places(world, ANA.telegram_id)
    assert place.roles == {"staff"}
    assert await world.ask(ANA, "house") == "Oak House"
    async with world.at_desk(ANA) as desk:
        assert await desk.work.schedules.of(desk.me.id)


async def test_somebody_with_a_link_is_led_into_the_house(world: World) -> None:
    code = await world.invited(Role.PARTICIPANT)
    await world.command(BEN, "start", code)
    [hello] = await world.press(BEN, "es")
    assert "Ben" in hello
    assert "Maple House" in hello
    for choice in ("adult", "go_on", "yes", "no", "yes", "telegram", "America.Chicago", "21.00"):
        await world.press(BEN, choice)
    async with world.at_desk(BEN) as desk:
        assert (desk.me.name, desk.me.zone, desk.me.locale) == ("Ben", "America/Chicago", "es")
        assert desk.standing.roles == {Role.PARTICIPANT}
        [schedule] = [each for each in await desk.work.schedules.of(desk.me.id) if each.kind == "daily_checkin"]
        assert schedule.local_minutes == 21 * 60
    agreed = [await world.ask(BEN, f"agreed_{purpose}") for purpose in ("checkins", "worry", "sos_words")]
    assert agreed == [True, False, True]


async def test_a_city_and_a_time_that_were_typed_are_understood_in_the_same_turn(world: World) -> None:
    code = await world.invited(Role.PARTICIPANT)
    await world.command(ANA, "start", code)
    for choice in ("en", "adult", "go_on", "no", "no", "no", "telegram", "elsewhere"):
        await world.press(ANA, choice)
    await world.write(ANA, "nowhere at all")
    await world.write(ANA, "chicago")
    await world.press(ANA, "America.Chicago")
    await world.press(ANA, "other")
    await world.write(ANA, "later")
    await world.write(ANA, "8 de la noche")
    async with world.at_desk(ANA) as desk:
        assert desk.me.zone == "America/Chicago"
        [schedule] = [each for each in await desk.work.schedules.of(desk.me.id) if each.kind == "daily_checkin"]
        assert schedule.local_minutes == 20 * 60
