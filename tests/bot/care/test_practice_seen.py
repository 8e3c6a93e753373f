from bot.policy import Role
from dialogs.values import Text
from tests.bot.membership.world import ANA, BEN, World


async def practise(world: World, skill: str, *rated: tuple[int | None, int | None]) -> None:
    for before, after in rated:
        await world.do(ANA, "record_practice", skill=skill, before=before, after=after)


async def test_what_was_practised_is_told_with_what_it_fell_by_most_often_first(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    assert await world.ask(ANA, "any_practice") is False
    await practise(world, "halt", (6, 5))
    await practise(world, "urge_surfing", (8, 4), (6, 2))
    assert await world.ask(ANA, "any_practice") is True
    assert await world.ask(ANA, "practice_words") == (
        "Ride the wave: 2×, from 7 to 3 on average\nHungry, angry, lonely, tired?: 1×, from 6 to 5 on average"
    )


async def test_a_skill_becomes_theirs_when_it_helped_three_times(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await practise(world, "urge_surfing", (8, 4), (6, 6), (6, 2))
    assert await world.ask(ANA, "practice_theirs") is None
    await practise(world, "urge_surfing", (5, 4))
    assert await world.ask(ANA, "practice_theirs") == (Text("Ride the wave"),)


async def test_what_was_not_rated_is_told_without_figures(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await practise(world, "delay_decide", (None, 3))
    assert await world.ask(ANA, "practice_words") == "Delay, distract, decide: 1×"


async def test_nobody_sees_another_s(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    await world.joined(BEN, Role.PARTICIPANT)
    await practise(world, "halt", (6, 5))
    assert await world.ask(BEN, "any_practice") is False
