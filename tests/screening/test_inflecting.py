"""Verbs in the forms that people write."""

import pytest

from bot.care.screening.inflecting import forms


def test_a_verb_is_known_by_who_does_it() -> None:
    cut = forms("cortar")
    assert {"corto", "corte", "cortaba", "cortare"} <= cut.i
    assert {"corta", "corto", "cortaron", "cortan"} <= cut.somebody
    assert {"cortar", "cortando", "cortado"} <= cut.plain
    assert cut.me == {"cortarme", "cortandome", "cortalme"}
    assert cut.self == {"cortarse", "cortandose", "cortalse"}


@pytest.mark.parametrize(("verb", "form"), [("tragar", "trague"), ("atacar", "ataque"), ("rozar", "roce")])
def test_a_stem_keeps_its_sound_before_an_e(verb: str, form: str) -> None:
    assert form in forms(verb).i


def test_verbs_in_er_and_ir_have_theirs() -> None:
    assert "bebi" in forms("beber").i
    assert "consumiendo" in forms("consumir").plain


def test_what_is_no_verb_is_refused() -> None:
    with pytest.raises(KeyError):
        forms("mano")
