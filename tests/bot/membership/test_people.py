import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.membership.people import NAME_LIMIT, tidy_name
from bot.policy import Role
from dialogs.values import Option
from tests.bot.membership.world import ANA, BEN, World


@given(st.text())
def test_a_name_is_one_short_line_or_none_at_all(typed: str) -> None:
    if not any(each.isprintable() and not each.isspace() for each in typed.replace("\u200d", "-")):
        with pytest.raises(ValueError, match="a name needs"):
            tidy_name(typed)
        return
    name = tidy_name(typed)
    assert 0 < len(name) <= NAME_LIMIT
    assert name == tidy_name(name)
    assert len(name.splitlines()) == 1


def test_a_name_turns_no_sentence_around() -> None:
    assert tidy_name("\u202eDana\u2066 👩‍🚒") == "Dana 👩‍🚒"


async def test_a_stranger_is_called_as_telegram_calls_them(world: World) -> None:
    assert await world.ask(ANA, "me") == "Ana"
    assert await world.ask(ANA, "telegram_name") == "Ana"
    assert await world.ask(ANA, "joined") is False
    assert await world.ask(ANA, "is_staff") is False


async def test_a_role_in_the_house_is_known(world: World) -> None:
    await world.joined(ANA, Role.MENTOR)
    known = [await world.ask(ANA, f"is_{role}") for role in ("participant", "mentor", "staff")]
    assert known == [False, True, False]


async def test_a_new_name_counts_in_the_same_turn(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    async with world.at_desk(ANA) as desk:
        await world.registry.actions["rename"].perform(desk, {"name": "Anita"})
        assert await world.registry.facts["me"].tell(desk) == "Anita"
    assert await world.ask(ANA, "me") == "Anita"


async def test_a_new_language_counts_in_the_same_turn(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    async with world.at_desk(ANA) as desk:
        await world.registry.actions["set_language"].perform(desk, {"language": "es"})
        assert desk.reader.locale == "es"
    async with world.at_desk(ANA) as desk:
        assert desk.reader.locale == "es"


async def test_a_language_hearth_does_not_speak_is_a_mistake_in_the_content(world: World) -> None:
    await world.joined(ANA, Role.STAFF)
    with pytest.raises(ValueError, match="language"):
        await world.do(ANA, "set_language", language="xx")


async def test_languages_stand_by_their_own_names(world: World) -> None:
    assert await world.ask(BEN, "language_options") == (Option("en", "English"), Option("es", "Español"))


async def test_messages_stop_and_start_again(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    assert await world.ask(ANA, "messages_stopped") is False
    await world.do(ANA, "stop_messages")
    assert await world.ask(ANA, "messages_stopped") is True
    await world.do(ANA, "start_messages")
    assert await world.ask(ANA, "messages_stopped") is False
