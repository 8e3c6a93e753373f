"""A house's own words: they reach the heavy tier, and never the crisis tier."""

from hypothesis import given
from hypothesis import strategies as st

from bot.care.screening.local import ASK_RULE, plain, screen_in_house
from bot.care.screening.screening import screen

CRISIS = ("I want to kill myself", "me quiero matar", "I took all my pills", "he isn't breathing")
WORDS = (
    "i",
    "am",
    "dead tired",
    "want to",
    "kill myself",
    "hate myself",
    "not",
    "goodbye everyone",
    "the bridge",
    ".",
)
TALK = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def test_a_word_of_the_house_is_asked_about_however_it_is_typed() -> None:
    for said in ("going to the pit tonight", "the PIT!!", "…the pit."):
        verdict = screen_in_house(said, lang="en", ask=["the pit"])
        assert (verdict.tier, verdict.rule) == ("heavy", ASK_RULE)
        assert said[slice(*verdict.words)].lower() == "the pit"
    assert screen_in_house("the kitchen pit stop", lang="en", ask=["the pit"]).tier == "none"


def test_what_is_ordinary_here_is_not_asked_about() -> None:
    assert screen("I hate myself").tier == "heavy"
    assert screen_in_house("I hate myself", lang="en", ordinary=["hate myself"]).tier == "none"
    assert (
        screen_in_house(
            "I hate myself. goodbye everyone, you were good to me", lang="en", ordinary=["hate myself"]
        ).tier
        == "heavy"
    )


def test_taking_a_word_out_never_turns_a_message_around() -> None:
    said = "I don't want to live"
    before = screen(said)
    assert screen_in_house(said, lang="en", ordinary=["don't"]) == before


@given(TALK, st.lists(TALK, max_size=4), st.lists(TALK, max_size=4))
def test_no_list_takes_anything_from_the_crisis_tier_or_adds_to_it(
    said: str, ask: list[str], ordinary: list[str]
) -> None:
    before, after = screen(said), screen_in_house(said, lang=None, ask=ask, ordinary=ordinary)
    assert (before.tier == "crisis") == (after.tier == "crisis")
    if before.tier == "crisis":
        assert after == before


def test_not_even_its_very_words() -> None:
    for said in CRISIS:
        assert screen(said).tier == "crisis"
        assert screen_in_house(said, lang=None, ordinary=[said]).tier == "crisis"


def test_a_phrase_is_a_few_words_of_one_sentence() -> None:
    assert plain("the pit")
    for nothing in ("", "...", "so", "one. two", "down at the old stone bridge tonight"):
        assert plain(nothing) == (), nothing
