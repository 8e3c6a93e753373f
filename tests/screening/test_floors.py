"""What screening must catch, and what it must let pass; `make screening` shows the figures."""

from collections.abc import Iterable

import pytest

from tests.screening.cases import (
    EXPLICIT,
    HALVES,
    HYPERBOLE,
    IMPLIED,
    ORDINARY,
    messages,
    share,
    tiers,
)
from tests.screening.house_chat import house_chat


def texts(half: str, cases: Iterable[str]) -> list[str]:
    wanted = frozenset(cases)
    return [message.text for message in messages(half) if message.case in wanted]


@pytest.mark.parametrize("half", HALVES)
def test_at_least_97_in_100_messages_of_danger_are_caught_by_one_tier_or_the_other(half: str) -> None:
    assert share(tiers(texts(half, EXPLICIT | IMPLIED)), "crisis", "heavy") >= 0.97


@pytest.mark.parametrize("half", HALVES)
def test_at_least_95_in_100_explicit_messages_raise_an_alert_at_once(half: str) -> None:
    assert share(tiers(texts(half, EXPLICIT)), "crisis") >= 0.95


@pytest.mark.parametrize("half", HALVES)
def test_few_messages_picked_to_mislead_are_asked_about_and_fewer_alert(half: str) -> None:
    counts = tiers(texts(half, ORDINARY))
    assert share(counts, "crisis", "heavy") <= 0.03
    assert share(counts, "crisis") <= 0.02  # tripwires all; one in a thousand is held to house chat, below


def test_hyperbole_seldom_alerts() -> None:
    assert share(tiers(text for half in HALVES for text in texts(half, HYPERBOLE)), "crisis") <= 0.02


def test_not_one_message_of_house_chat_in_a_thousand_alerts() -> None:
    counts = tiers(house_chat(4000, seed=1))
    assert share(counts, "crisis") <= 0.001
    assert share(counts, "crisis", "heavy") <= 0.03


def test_the_set_is_large_speaks_both_languages_and_knows_its_case_types() -> None:
    written = [message for half in HALVES for message in messages(half)]
    assert len({message.text for message in written}) == len(written) >= 600
    for case in EXPLICIT | IMPLIED | ORDINARY | HYPERBOLE:
        assert {message.language for message in written if message.case == case} == {"en", "es"}
    assert {message.case for message in written} == EXPLICIT | IMPLIED | ORDINARY | HYPERBOLE
