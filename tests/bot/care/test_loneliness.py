"""Words that speak of being alone: heard when they are clear, said of oneself, and now. Everything else passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.care.loneliness.rules import speaks_of_being_alone
from bot.policy import Role
from tests.bot.membership.world import ANA, World
from tests.screening.house_chat import house_chat

ALONE = (
    "I feel lonely",
    "so lonely today",
    "lonley",
    "Lonely.",
    "LONELY!!! :(",
    "I’m lonely",
    "not tired, lonely",
    "I'm not sad but lonely",
    "It's been a long day and I feel alone",
    "I'm all alone",
    "tired of being alone",
    "sat by myself all day",
    "I was so lonely today",
    "I don't have fun, I feel lonely",
    "I haven't slept and I'm lonely",
    "the loneliness is bad at night",
    "I feel left out",
    "feeling isolated lately",
    "feeling homesick",
    "there's no one to talk to here",
    "nobody calls me anymore",
    "I don't have anybody to talk to",
    "I have no friends here",
    "I don't belong here",
    "Me siento sola",
    "me siento muy solo",
    "me siento sólo",
    "Estoy solita y triste",
    "no estoy triste, me siento sola",
    "me pesa la soledad",
    "me siento aislado",
    "me dejaron de lado",
    "no tengo con quien hablar",
    "No tengo a nadie",
    "nadie me llama",
    "no tengo amigos aquí",
    "no encajo aquí",
)

NOT_ALONE = (
    "not lonely today",
    "I'm not lonely",
    "I am not so lonely anymore",
    "less lonely than yesterday",
    "no longer lonely",
    "I don't feel lonely",
    "I don't think I'm lonely",
    "I haven't felt lonely",
    "Lonely? Not today",
    "lonely? no",
    "not feeling isolated",
    "my sister is lonely",
    "he was lonely so I sat with him",
    "helped a lonely neighbor",
    "Lonely Planet is a good book",
    "had a lovely day",
    "I used to be lonely",
    "if I get lonely I call Ben",
    "leave me alone",
    "I like being alone",
    "some alone time was good",
    "I made dinner all alone",
    "nobody used tonight",
    "no one told me about the meeting",
    "solo estoy cansado",
    "estoy solo cansado",
    "me siento solo un poco cansado",
    "gracias, solo eso",
    "no me siento sola",
    "ya no me siento solo",
    "hoy no me siento tan sola",
    "menos sola que ayer",
    "mi hermana se siente sola",
    "mi amiga Soledad vino",
    "nadie fue a la reunión",
    "cociné yo solo",
)

PLAIN = ("I feel lonely", "I am isolated", "I felt left out", "me siento sola", "estoy sola")
"""Words that a "not" takes back."""


@pytest.mark.parametrize("words", ALONE)
def test_clear_words_are_heard(words: str) -> None:
    assert speaks_of_being_alone(words)


@pytest.mark.parametrize("words", NOT_ALONE)
def test_what_is_denied_of_others_past_or_meant_otherwise_is_not(words: str) -> None:
    assert not speaks_of_being_alone(words)


@given(said=st.sampled_from(PLAIN), denial=st.sampled_from(["I don't think", "it's not that", "no creo que"]))
def test_a_not_takes_it_back_and_does_not_reach_into_the_next_sentence(said: str, denial: str) -> None:
    assert speaks_of_being_alone(said)
    assert not speaks_of_being_alone(f"{denial} {said}")
    assert speaks_of_being_alone(f"{denial} so. {said}")


@given(said=st.sampled_from(ALONE), other=st.sampled_from(NOT_ALONE), last=st.booleans())
def test_what_stands_in_another_sentence_changes_nothing(said: str, other: str, *, last: bool) -> None:
    assert speaks_of_being_alone(f"{said}. {other}" if last else f"{other}. {said}")


@given(said=st.sampled_from([*ALONE, *NOT_ALONE]), shout=st.booleans())
def test_case_and_room_say_nothing(said: str, *, shout: bool) -> None:
    typed = f"  {said.upper() if shout else said.lower()}  "
    assert speaks_of_being_alone(typed) == (said in ALONE)


@given(st.text(max_size=1000))
def test_anything_can_be_written(words: str) -> None:
    assert speaks_of_being_alone(words) in {True, False}


def test_ordinary_house_chat_passes() -> None:
    heard = [each for each in house_chat(3000, seed=6) if speaks_of_being_alone(each)]
    # Some of it says so in plain words (“feeling lonely, anyone around”), and is heard.
    assert len(heard) <= 30, heard[:20]


async def test_only_what_was_written_for_oneself_counts_and_only_in_this_dialog(world: World) -> None:
    await world.joined(ANA, Role.PARTICIPANT)
    assert await world.ask(ANA, "lonely_now", halt=("lonely", "tired")) is True
    assert await world.ask(ANA, "lonely_now", halt=("tired",), note="a long day") is False
    assert await world.ask(ANA, "lonely_now", halt=(), note="I feel lonely") is True
    assert await world.ask(ANA, "lonely_now", words="no tengo con quien hablar") is True
    assert await world.ask(ANA, "lonely_now", draft="I feel lonely") is False
    assert await world.ask(ANA, "lonely_now", note="not lonely today") is False
