"""How screening tells what was meant: who, when, whether it was denied, and how it was typed."""

import pytest

from bot.care.screening.screening import screen
from bot.care.screening.verdict import NOTHING, Kind, Tier


def tier(text: str) -> Tier:
    return screen(text).tier


def test_nothing_at_all_is_an_ordinary_message() -> None:
    assert screen("") == screen(" \n…?!") == NOTHING


def test_a_denial_speaks_for_its_own_clause_only() -> None:
    assert tier("I don't want to die") == "none"
    assert tier("I don't care what you say, I want to die") == "crisis"
    assert tier("I don't know what to do I want to kill myself") == "crisis"
    assert tier("I can't stop thinking about killing myself") == "crisis"


def test_a_denial_of_an_opinion_reaches_past_the_person() -> None:
    assert tier("I don't think I want to die") == "none"


def test_denied_but_burdened_is_asked_about() -> None:
    assert tier("I'm not suicidal but everyone would be better off without me") == "heavy"
    assert tier("no quiero morir pero ya no aguanto más") == "heavy"


def test_a_story_of_then_is_ordinary_unless_somebody_speaks_of_now() -> None:
    assert tier("I tried to kill myself ten years ago") == "none"
    assert tier("my dad died years ago and I want to kill myself") == "crisis"
    assert tier("I used to be happy, now I want to die") == "crisis"


def test_somebody_else_in_danger_now_is_a_crisis() -> None:
    assert screen("my friend isn't waking up").kind == "medical"
    assert screen("mi amigo no despierta").kind == "medical"
    assert tier("watching a movie and my friend isn't waking up") == "crisis"


def test_a_laugh_with_it_makes_it_a_question() -> None:
    assert tier("kms lol") == "heavy"
    assert tier("kms") == "crisis"


def test_of_several_dangers_the_one_in_which_minutes_count_is_the_verdict() -> None:
    assert screen("I want to die, I took all my pills").kind == "overdose"


@pytest.mark.parametrize(
    "text",
    [
        "K.M.S",
        "k m s",
        "k\u200bms",
        "I want to k1ll mys3lf",
        "i want to dieeeeee",
        "ｋｍｓ",
        "kмs".replace("м", "m"),
        "suicidál thoughts all day",
        "SUICIDAL",
        "i feel sucidal",
        "I wаnt to die",  # a Cyrillic a
        "me quiero mataaar",
        "kiero morirme",
    ],
)
def test_the_way_it_is_typed_hides_nothing(text: str) -> None:
    assert tier(text) == "crisis"


def test_both_languages_always_run() -> None:
    assert screen("me quiero morir", lang="en").tier == screen("I want to die", lang="es").tier == "crisis"


def test_the_language_decides_between_equal_findings_only() -> None:
    both = "I want to kill myself, me quiero matar"
    assert screen(both, lang="en").rule.startswith("en.")
    assert screen(both, lang="es").rule.startswith("es.")


def test_a_verdict_says_where_the_words_stand() -> None:
    text = "hey. I want to kill myself, ok?"
    start, end = screen(text).words
    assert text[start:end].endswith("kill myself")


@pytest.mark.parametrize(
    ("text", "kind", "alerts"), [("I hate myself", "gloom", False), ("goodbye forever", "farewell", True)]
)
def test_gloom_left_unanswered_is_no_alert_and_implied_danger_is(text: str, kind: Kind, alerts: bool) -> None:
    verdict = screen(text)
    assert (verdict.tier, verdict.kind, verdict.implies_danger) == ("heavy", kind, alerts)


def test_what_is_said_at_the_end_of_a_long_message_is_heard() -> None:
    assert tier("we had a good day at the lake and then " * 60 + "but I want to kill myself") == "crisis"
