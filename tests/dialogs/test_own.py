"""A house's own file: what is refused, by line; what two languages in one become; and a try that does nothing."""

import pytest

from dialogs.library import Library, open_library
from dialogs.model import DoNode, GoNode
from dialogs.own.languages import unfold
from dialogs.own.reading import Mistake, Own, read_own
from dialogs.own.rehearsal import rehearsal

GOOD = """\
spec: 1
dialog: our_walk
title: {en: A walk, es: Un paseo}
nodes:
  where:
    choose: {en: "Are you there, {me}?", es: "¿Ya llegaste, {me}?"}
    choices:
      there: {en: I'm there, es: Ya llegué}
      person: {label: {en: A person, es: Alguien}, next: person}
    next: end
  person:
    go: sos
"""
LIMITS = {
    "a name of ours": ("dialog: our_walk", "dialog: sos", 2, "stand in the way"),
    "a name that is not begun as a house's is": ("dialog: our_walk", "dialog: walk", 2, "stand in the way"),
    "a command": ("nodes:", "command: walk\nnodes:", 4, "can't have this"),
    "strangers": ("nodes:", "for: [everyone]\nnodes:", 4, "more than the people of a house"),
    "what changes what is somebody's own": ("    go: sos", "    do: delete_me", 11, "delete_me"),
    "what only staff may know": (
        '{me}?", es: "¿Ya llegaste, {me}',
        '{trail_words}?", es: "¿Ya llegaste, {trail_words}',
        5,
        "trail_words",
    ),
    "a dialog that changes the house": ("    go: sos", "    go: people", 11, "can't go to “people”"),
    "a way nobody can foresee": ("    go: sos", "    go_to: me", 11, "can't be told beforehand"),
    "a practice of another skill": (
        "    go: sos",
        "    do: record_practice\n    with: {skill: \"'halt'\", before: none, after: none}",
        11,
        "something else",
    ),
    "hard words let pass": (
        "    go: sos",
        "    ask: What?\n    save: it\n    expects: hard_words",
        11,
        "always heard",
    ),
    "voices nobody hears": ("    go: sos", "    ask: What?\n    save: it\n    takes: [voice]", 11, "Ask for words"),
    "a language nobody speaks here": (
        "title: {en: A walk, es: Un paseo}",
        "title: {en: A walk, fr: Marche}",
        3,
        "“fr”",
    ),
    "one text left in one language": ("title: {en: A walk, es: Un paseo}", "title: A walk", 3, "“es”"),
    "a word that judges": ("en: A walk,", "en: Get clean,", 3, "judges"),
    "a promise": ("en: A walk,", "en: It always works,", 3, "promises"),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


def read(words: str, library: Library) -> Own:
    found = read_own(words, library, version=3)
    assert isinstance(found, Own), found
    return found


def test_a_good_file_is_a_dialog_in_both_languages(library: Library) -> None:
    own = read(GOOD, library)
    assert own.languages == ("en", "es")
    assert own.words["es"]["A walk"] == "Un paseo"
    assert own.dialog.revision == 3


@pytest.mark.parametrize("case", LIMITS)
def test_what_a_house_may_not_is_refused_with_its_line(case: str, library: Library) -> None:
    old, new, line, says = LIMITS[case]
    assert old in GOOD
    found = read_own(GOOD.replace(old, new), library, version=1)
    assert not isinstance(found, Own)
    told = [each for each in found if says in str(each)]
    assert told, found
    assert any(abs(each.line - line) <= 1 for each in told), told


def test_what_multiplies_itself_or_is_endless_is_refused_before_it_is_read(library: Library) -> None:
    for words in ("a: &a [x]\nb: [*a]\n", "[" * 5000, "{a: " * 40, "#" * 60_000):
        found = read_own(words, library, version=1)
        assert not isinstance(found, Own)
        assert all(isinstance(each, Mistake) for each in found)
        assert found


def test_a_file_in_spanish_alone_is_checked_in_spanish(library: Library) -> None:
    words = "spec: 1\ndialog: our_rio\nlanguage: es\ntitle: El río\nnodes:\n  uno:\n    say: Detrás del molino.\n"
    assert read(words, library).languages == ("es",)
    found = read_own(words.replace("El río", "Estar limpio"), library, version=1)
    assert not isinstance(found, Own)
    assert "judges" in str(found)


def test_only_where_words_are_said_two_letters_are_languages() -> None:
    raw = {"nodes": {"en": {"say": "One"}, "es": {"choose": "Two?", "choices": {"no": "No", "si": "Yes"}}}}
    assert unfold(raw, ["en", "es"]).raw == raw


def test_a_try_does_nothing_and_comes_to_its_question_whatever_way_it_goes(library: Library) -> None:
    own = read(GOOD, library)
    tried = rehearsal(own.dialog, name="try_1", then="own_dialog_tried", row=1)
    assert not [node for node in tried.nodes.values() if isinstance(node, DoNode)]
    goes = [node.go for node in tried.nodes.values() if isinstance(node, GoNode)]
    assert set(goes) == {"own_dialog_tried", "sos"}  # whoever presses SOS means it
    assert tried.audience == ("staff",)


def test_nothing_of_ours_can_be_stood_in_the_way_of(library: Library) -> None:
    own = read(GOOD, library)
    joined = library.with_own([own.dialog], [], own.words)
    assert all(joined.scripts[name] is library.scripts[name] for name in library.scripts)
    assert not [name for name in library.scripts if name.startswith("our_")]
    theirs = library.with_own([], [], {"es": {"Leave it": "Otra cosa"}})
    assert theirs.catalogues.translate("Leave it", "es") == library.catalogues.translate("Leave it", "es")
