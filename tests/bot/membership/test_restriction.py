from bot.membership.consent import AtTheDoorstep, Purpose, agreed
from bot.policy import Role
from tests.bot.membership.world import ANA, World


async def test_what_is_restricted_counts_as_no_for_others_and_as_yes_again_when_lifted(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    for purpose in Purpose:
        await world.do(ANA, "consent", purpose=purpose, given=True)
    await world.do(ANA, "restrict")
    assert await world.ask(ANA, "restricted") is True
    async with world.at_desk(ANA) as desk:
        me = desk.me.id
        given = {each for each in Purpose if await agreed(desk.work, [me], each)}
    assert given == {Purpose.CHECKINS}
    await world.do(ANA, "lift_restriction")
    assert await world.ask(ANA, "agreed_worry") is True


async def test_the_postman_is_told_what_is_so_at_that_moment(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    async with world.at_desk(ANA) as desk:
        me = desk.me.id
    ask = AtTheDoorstep(world.database).agrees
    assert await ask(me, "alert") is True
    assert await ask(me, "worry") is False
    await world.do(ANA, "consent", purpose="worry", given=True)
    assert await ask(me, "worry") is True
    await world.do(ANA, "consent", purpose="worry", given=False)
    assert await ask(me, "worry") is False
