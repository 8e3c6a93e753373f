import json
from datetime import timedelta

from bot.policy import Role
from dialogs.values import Picture
from tests.bot.membership.world import ANA, World


async def a_week(world: World, *moods: int | None) -> None:
    """Check-ins day after day, the last of them today."""
    await world.joined(ANA, Role.PARTICIPANT)
    await world.do(ANA, "consent", purpose="checkins", given=True)
    today = world.now
    for ago, mood in zip(reversed(range(len(moods))), moods, strict=True):
        world.now = today - timedelta(days=ago)
        if mood is not None:
            await world.do(ANA, "record_checkin", mood=mood, craving=4, confidence=7, halt=(), note=None)


async def test_an_empty_week_is_known_for_one(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    assert await world.ask(ANA, "week_any") is False
    assert await world.ask(ANA, "week_words") == ""


async def test_a_week_is_a_line_a_day_in_words(world: World) -> None:
    await a_week(world, 2, None, 3)
    assert await world.ask(ANA, "week_words") == (
        "Sat: mood 2 of 5, craving 4, confidence 7\nMon: mood 3 of 5, craving 4, confidence 7"
    )


async def test_a_week_is_a_picture_with_gaps_in_the_readers_language(world: World) -> None:
    await a_week(world, 1, 2, 3, None, 4, None, None, 5)
    await world.do(ANA, "set_language", language="es")
    picture = await world.ask(ANA, "week_picture")
    assert isinstance(picture, Picture)
    assert json.loads(json.dumps(picture.data)) == picture.data
    assert picture.data["days"] == ["mar", "mié", "jue", "vie", "sáb", "dom", "lun"]
    bands = picture.data["bands"]
    assert isinstance(bands, list)
    assert bands[0]["values"] == [2, 3, None, 4, None, None, 5]


async def test_of_two_check_ins_in_a_day_the_later_counts(world: World) -> None:
    await a_week(world, 2)
    world.now += timedelta(hours=1)
    await world.do(ANA, "record_checkin", mood=5, craving=0, confidence=9, halt=(), note=None)
    assert await world.ask(ANA, "week_words") == "Mon: mood 5 of 5, craving 0, confidence 9"
