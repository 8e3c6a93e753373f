from bot.membership import trail
from bot.policy import Role
from dialogs.values import Text
from tests.bot.membership.world import ANA, BEN, World


async def words_for(world: World, who: object) -> str:
    async with world.at_desk(who) as desk:  # type: ignore[arg-type]  # one of the senders below
        told = await trail.trail_words(desk)
        assert isinstance(told, Text)
        return desk.render(told)


async def test_staff_read_everything_and_others_what_concerns_them(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    await world.joined(BEN, Role.PARTICIPANT)
    await world.do(ANA, "make_invite", code="ABCD2345ABCD2345", role="mentor")
    everything = await words_for(world, ANA)
    assert "whoever runs Hearth made an invite for somebody of staff" in everything
    assert "Ana came in as somebody of staff" in everything
    assert "Ben came in as a participant" in everything
    assert "Ana made an invite for a mentor" in everything
    own = await words_for(world, BEN)
    assert own.count("\n") == 0
    assert "Ben entró como participante" in own


async def test_a_page_leads_to_the_one_before_it(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    for number in range(20):
        await world.do(ANA, "make_invite", code=f"ABCD2345ABCD{number:04}", role="mentor")
    earlier = await world.ask(ANA, "trail_earlier")
    assert isinstance(earlier, int)
    async with world.at_desk(ANA, before=earlier) as desk:
        assert [line.number for line in await desk.work.trail.page(desk.house_id, before=earlier, limit=1)] == [
            earlier - 1
        ]
        assert await trail.trail_earlier(desk) is None
    assert await world.ask(ANA, "trail_any", before="nonsense") is True


async def test_somebody_deleted_is_nobody_in_it_and_nothing_is_missing(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    await world.joined(BEN, Role.PARTICIPANT)
    async with world.at_desk(ANA) as desk:
        ben = (await desk.work.people.find_many([BEN.telegram_id]))[BEN.telegram_id]
        await desk.work.people.delete(ben.id)
    assert "somebody who is gone came in as a participant" in await words_for(world, ANA)
    async with world.at_desk(ANA) as desk:
        assert (await desk.work.trail.verify(desk.house_id)).broken_at is None


async def test_what_is_not_done_in_the_end_is_not_in_the_trail(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    async with world.database.write() as work:
        [house] = await work.houses.all()
        await trail.record(work, world.ids, world.now, trail.What.ANNOUNCED, house_id=house.id)
    assert "wrote to the whole house" not in await words_for(world, ANA)
