"""“Watch a day”, at full speed: the script on the page, played against the real bot."""

from bot.sandbox.day import day
from bot.sandbox.player import Stage
from tests.support.house import House


async def test_the_day_on_the_page_plays_to_its_end(house: House) -> None:
    captions: list[str] = []
    stage = Stage(house.sandbox.url, lambda: captions.append(stage.caption))

    async def open_house() -> dict[str, str]:
        return {role: await house.invite(role) for role in ("participant", "mentor", "staff")}

    await day(stage, open_house, pace=0)
    assert stage.step == stage.of == len(set(captions))
    assert len(stage.cast) == 3
