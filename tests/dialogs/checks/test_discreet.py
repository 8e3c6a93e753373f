"""What shows on a locked screen tells little; what stands further down may tell all."""

import pytest

from dialogs.checks import discreet
from tests.dialogs.support import card_of, dialog_of, source_of

QUESTION = "one: {say: %s, next: two}\ntwo: {ask: About your craving, save: words, next: end}"


def test_a_telling_word_in_a_card_s_first_line_is_named() -> None:
    (problem,) = discreet.find(source_of(card_of("open: {say: Ana has a craving}")))

    assert (problem.place, "craving" in problem.what) == ("open", True)


def test_further_down_it_may_stand() -> None:
    assert list(discreet.find(source_of(card_of('open: {say: "Ana asks for you.\\nAbout a craving."}')))) == []


def test_each_language_is_looked_at() -> None:
    (problem,) = discreet.find(source_of(card_of("open: {say: A word}"), es={"A word": "Sobre tu sobriedad"}))

    assert "sobriedad" in problem.what


@pytest.mark.parametrize(("head", "named"), [("parameters: [asked]", ["one", "two"]), ("command: talk", [])])
def test_a_dialog_is_looked_at_if_it_can_begin_on_its_own_up_to_the_first_answer(head: str, named: list[str]) -> None:
    dialog = dialog_of(QUESTION % "Sober today", head=head)

    assert sorted(problem.place for problem in discreet.find(source_of(dialog))) == named
