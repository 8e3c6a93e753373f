import pytest

from bot.care.skills.refusals import signs
from dialogs.values import Text
from tests.bot.membership.world import ANA, World


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("No.", ("clear",)),
        ("No thanks, not for me", ("clear",)),
        ("Maybe later", ("soft",)),
        ("No, not tonight", ("soft",)),
        ("I don’t want to. Let’s get a burger", ("clear", "instead")),
        ("Stop asking me, please", ("stop",)),
        ("I'm leaving. Bye", ("leave",)),
        ("Hm", ("own",)),
        ("", ("own",)),
        ("No, gracias", ("clear",)),
        ("Hoy no, quizás mañana", ("soft",)),
        ("No. ¿Qué tal un café?", ("clear", "instead")),
        ("Ya no me preguntes", ("clear", "stop")),
        ("Me voy, buenas noches", ("leave",)),
        ("Es para mí", ("own",)),
        ("Another note, nobody knows", ("own",)),
    ],
)
def test_what_stands_out_in_a_line(line: str, found: tuple[str, ...]) -> None:
    assert signs(line) == found


async def test_a_person_hears_two_remarks_at_most(world: World) -> None:
    heard = await world.ask(ANA, "no_heard", line="No, stop it. I'm leaving, let's talk tomorrow")
    assert isinstance(heard, Text)
    assert heard.english == "{clear} {leave}"
    assert await world.ask(ANA, "no_heard") is not None
