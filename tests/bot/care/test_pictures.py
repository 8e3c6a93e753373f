import struct

import pytest

from bot.care.pictures import draw
from bot.delivery.letters import Picture

DAYS = ["mar", "mié", "jue", "vie", "sáb", "dom", "lun"]


def a_week(*values: int | None) -> Picture:
    return Picture(
        kind="week",
        data={
            "title": "Tu semana",
            "days": list(DAYS),
            "bands": [
                {"label": "Ánimo", "low": 1, "high": 5, "values": list(values)},
                {"label": "Ganas", "low": 0, "high": 10, "values": list(values)},
                {"label": "Confianza", "low": 0, "high": 10, "values": list(values)},
            ],
        },
    )


@pytest.mark.parametrize("values", [(3, 4, 2, None, 1, 3, 5), (None,) * 7, (None, None, 3, None, None, None, None)])
async def test_a_week_is_drawn_whatever_days_are_missing(values: tuple[int | None, ...]) -> None:
    drawn = await draw(a_week(*values))
    assert drawn.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", drawn[16:24])
    assert width >= 900
    assert width < height < 2 * width


@pytest.mark.parametrize(
    "picture",
    [
        Picture(kind="year", data={}),
        Picture(kind="week", data={}),
        Picture(kind="week", data={"title": "t", "days": [], "bands": [{"label": "x"}]}),
    ],
)
async def test_what_nobody_can_draw_is_said_so(picture: Picture) -> None:
    with pytest.raises(ValueError, match=r"nobody draws|not the figures"):
        await draw(picture)
