"""Rules about the words themselves: lengths, languages, shame, promises."""

import json

import pytest

from dialogs.checks import (
    differing_placeholders,
    lengths,
    missing_translation,
    promise_words,
    reading_level,
    shame_words,
    stale_translation,
    stray_braces,
    turn_length,
)
from dialogs.model import Dialog
from tests.dialogs.support import dialog_of, source_of


def _says(words: str) -> Dialog:
    return dialog_of(f"one: {{say: {json.dumps(words)}}}")


def test_a_text_longer_than_a_message_is_told_in_the_language_it_is_too_long_in() -> None:
    (problem,) = lengths.find(source_of(_says("Hi"), es={"Hi": "x" * 4097}))

    assert "(es) has 4097 characters, and 4096 fit" in problem.what


def test_a_text_as_long_as_a_message_fits() -> None:
    assert list(lengths.find(source_of(_says("x" * 4096)))) == []


def test_a_text_under_a_picture_is_shorter() -> None:
    nodes = f"one: {{say: {'x' * 1025}, picture: week}}"

    assert "1024 fit" in next(lengths.find(source_of(dialog_of(nodes)))).what


def test_a_button_is_as_short_as_its_row_is_full() -> None:
    nodes = """
    one: {choose: Well, columns: 1, choices: {a: A button of some thirty letters}, next: two}
    two: {choose: Well, columns: 3, choices: {a: A button of some thirty letters}}
    """
    assert [problem.place for problem in lengths.find(source_of(dialog_of(nodes)))] == ["two"]


def test_a_label_is_measured_with_its_example() -> None:
    nodes = 'one: {choose: Well, columns: 4, choices: {a: "I am {me}."}}'

    assert [problem.place for problem in lengths.find(source_of(dialog_of(nodes)))] == []
    longer = nodes.replace("am", "am not")
    assert [problem.place for problem in lengths.find(source_of(dialog_of(longer)))] == ["one"]


def test_texts_that_fit_alone_may_be_too_long_together() -> None:
    nodes = f"""
    one: {{say: {"x" * 2100}, next: two}}
    two: {{say: {"y" * 2100}, next: three}}
    three: {{ask: Well, save: it}}
    """
    (problem,) = turn_length.find(source_of(dialog_of(nodes)))

    assert problem.place == "one"
    assert "4208 characters" in problem.what


def test_a_question_in_between_makes_two_turns_that_fit() -> None:
    nodes = f"""
    one: {{say: {"x" * 2100}, next: two}}
    two: {{ask: Well, save: it, next: three}}
    three: {{say: {"y" * 2100}}}
    """
    assert list(turn_length.find(source_of(dialog_of(nodes)))) == []


def test_what_an_opened_dialog_says_first_is_part_of_the_message() -> None:
    one = dialog_of(f"a: {{say: {'x' * 2100}, next: b}}\nb: {{go: two}}", name="one")
    two = dialog_of(f"c: {{pace: {{steps: [{{say: {'y' * 2100}, seconds: 1}}], stop: Stop}}}}", name="two")

    assert [problem.place for problem in turn_length.find(source_of(one, two))] == ["a"]


def test_what_is_sent_with_the_keyboard_is_a_message_of_its_own() -> None:
    nodes = f"a: {{say: {'x' * 2100}, keyboard: true, next: b}}\nb: {{say: {'y' * 2100}}}"

    assert list(turn_length.find(source_of(dialog_of(nodes)))) == []
    longer = nodes.replace("y" * 2100, "y" * 4097)
    assert [problem.place for problem in turn_length.find(source_of(dialog_of(longer)))] == ["b"]


def test_every_text_of_the_content_wants_a_translation() -> None:
    source = source_of(dialog_of("one: {ask: Well, save: it}"), phrases={}, es={"A talk": "Una charla"})

    (problem,) = missing_translation.find(source)

    assert problem.file == "locales/es/dialogs.po"
    assert problem.place == "“Well”"
    assert "content/talk.yaml, one" in problem.what


def test_a_translation_of_something_nobody_says_is_stale() -> None:
    source = source_of(_says("Hi"), phrases={}, es={"Hi": "Hola", "A talk": "Una charla", "Ho": "Jo"})

    assert [problem.place for problem in stale_translation.find(source)] == ["“Ho”"]
    assert list(missing_translation.find(source)) == []


def test_a_translation_names_what_the_english_names() -> None:
    wrong = source_of(es={"Hi {me}": "Hola {yo}", "Ho {me}": "Jo {me}"})

    assert [problem.what for problem in differing_placeholders.find(wrong)] == [
        "the translation lacks {me}, has {yo}"
    ]


@pytest.mark.parametrize("words", ["Hi {Me}", "Hi {}", "Hi {me", "Hi me}", "Hi {me.name}"])
def test_a_brace_without_a_name_is_told(words: str) -> None:
    assert len(list(stray_braces.find(source_of(_says(words))))) == 1


def test_a_brace_without_a_name_is_told_in_a_translation_too() -> None:
    source = source_of(_says("Hi {me}"), es={"Hi {me}": "Hola { me }"})

    assert [problem.file for problem in stray_braces.find(source)] == ["locales/es/dialogs.po"]


@pytest.mark.parametrize(
    "words",
    [
        "Are you clean today?",
        "You failed.",
        "You’re an addict",
        "Did you relapse?",
        "Talk to other alcoholics",
        "Clean days: 3",
        "It was your fault",
    ],
)
def test_words_that_judge_are_found(words: str) -> None:
    assert len(list(shame_words.find(source_of(_says(words))))) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Who will clean the kitchen?",
        "Dirty dishes are in the sink.",
        "Two meetings of Alcoholics Anonymous",
        "The cleaner was here.",
        "From mindfulness-based relapse prevention",
        "How many days sober?",
    ],
)
def test_the_same_letters_in_good_words_are_not(words: str) -> None:
    assert list(shame_words.find(source_of(_says(words)))) == []


@pytest.mark.parametrize("spanish", ["¿Estás limpio hoy?", "Fracasaste", "Eres un adicto", "¿Recaíste?"])
def test_words_that_judge_are_found_in_spanish(spanish: str) -> None:
    assert len(list(shame_words.find(source_of(_says("Hi"), es={"Hi": spanish})))) == 1


@pytest.mark.parametrize(
    "words", ["This will cure you", "It always works", "We guarantee it", "You will be fine", "100% private"]
)
def test_promises_nobody_can_keep_are_found(words: str) -> None:
    assert len(list(promise_words.find(source_of(_says(words))))) == 1


@pytest.mark.parametrize(
    "words", ["It helps many people", "We can't guarantee that somebody answers", "A secure lock"]
)
def test_honest_words_are_not_promises(words: str) -> None:
    assert list(promise_words.find(source_of(_says(words)))) == []


@pytest.mark.parametrize("spanish", ["Esto te curará", "Siempre funciona", "Te lo prometo", "Todo va a estar bien"])
def test_promises_nobody_can_keep_are_found_in_spanish(spanish: str) -> None:
    assert len(list(promise_words.find(source_of(_says("Hi"), es={"Hi": spanish})))) == 1


def test_long_words_in_long_sentences_are_too_hard_to_read() -> None:
    hard = (
        "Notwithstanding considerable individual variability, consistently practised relaxation techniques "
        "demonstrably facilitate psychophysiological self-regulation, particularly whenever anticipatory "
        "apprehension substantially predominates and interpersonal accompaniment is temporarily unavailable."
    )
    (problem,) = reading_level.find(source_of(_says(f"{hard} {hard}")))

    assert "it reads as grade" in problem.what


def test_short_sentences_are_not() -> None:
    easy = "Sit down if you like. Breathe in. Breathe out, let your arms hang. It may come back. It passes."

    assert list(reading_level.find(source_of(_says(f"{easy} {easy}")))) == []


def test_a_name_that_is_filled_in_is_no_long_word() -> None:
    filled = "{a_very_long_and_complicated_name_indeed} is here. You can go on. " * 4

    assert list(reading_level.find(source_of(_says(filled)))) == []
