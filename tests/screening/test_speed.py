"""Screening stands in the way of every message, so it may cost next to nothing, whatever is written.

Nothing here is held to a time: a machine may be four times as slow as a minute ago. What screening costs is measured
beside plain work done in the same moment, cutting the longest message of a chat into words with `re`. On a machine
with nothing else to do that takes 0.16 ms, so that thirty of it are CARE's five milliseconds; `make screening` shows
the times themselves.
"""

import re
from statistics import median
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.care.screening.rulebook import rulebook
from bot.care.screening.screening import screen
from tests.screening.cases import HALVES, messages
from tests.screening.house_chat import house_chat

LONGEST = 4096  # characters in a Telegram message
CHAT = ". ".join(house_chat(200, seed=3))[:LONGEST]
MOST = 45
"""A rule or an expression that went wrong costs hundreds of these; half as much again as thirty is no news."""

_WORD = re.compile(r"\w+|\W")
WORDS = sorted(rulebook().pardons.words.union(*(automaton.words for automaton in rulebook().alarms)))


def cost(text: str, *, tries: int = 7) -> float:
    """How often the longest chat message could be cut into words while `text` is screened.

    The two take turns, and the best of each counts, so that neither is blamed for what else the machine did.
    """
    screened, cut = [], []
    for _ in range(tries):
        started = process_time()
        screen(text)
        between = process_time()
        for word in _WORD.findall(CHAT):
            word.casefold()
        screened.append(between - started)
        cut.append(process_time() - between)
    return min(screened) / min(cut)


def test_a_chat_message_costs_next_to_nothing_at_the_median() -> None:
    texts = [message.text for half in HALVES for message in messages(half)] + house_chat(500, seed=2)
    assert median(cost(text, tries=3) for text in texts) < 1.2  # 0.2 ms where thirty are five


def test_the_longest_message_costs_little() -> None:
    assert cost(CHAT) < MOST
    assert cost(" ".join(message.text for message in messages("half_a"))[:LONGEST]) < MOST


def test_no_repetition_makes_it_slow() -> None:
    for part in (
        "a",
        "a b ",
        ".",
        "?!a",
        "kill myself ",
        "kms. ",
        "i want to ",
        "not to die, ",
        "no ",
        "😀",
        "k.",
        "'",
        "\u200b",
        "a\u0301",
    ):
        assert cost((part * LONGEST)[:LONGEST]) < MOST, part


@settings(max_examples=60)
@given(text=st.text(min_size=LONGEST // 8, max_size=LONGEST))
def test_nothing_that_can_be_typed_makes_it_slow(text: str) -> None:
    assert cost(text) < MOST


@settings(max_examples=60)
@given(words=st.lists(st.sampled_from(WORDS), min_size=200, max_size=900))
def test_no_row_of_the_words_it_looks_for_makes_it_slow(words: list[str]) -> None:
    assert cost(" ".join(words)[:LONGEST]) < MOST


@given(text=st.text(max_size=300))
def test_every_verdict_points_into_its_message(text: str) -> None:
    verdict = screen(text)
    assert 0 <= verdict.words[0] <= verdict.words[1] <= len(text)
    assert (verdict.tier == "none") == (verdict.rule == "")
