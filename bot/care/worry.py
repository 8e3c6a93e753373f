"""When to worry: judged against a person's own usual, each sign with its reason and its source. Pure.

A worry first offers the person themselves a skill and a human. What goes to anybody else is one sentence, and only if
they agreed to that; their answers never do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean
from typing import Final

from storage.repositories.prompts import PromptOutcome

CRAVING_HIGH: Final = 8
CONFIDENCE_LOW: Final = 3
FALL: Final = 2
FALL_DAYS: Final = 3
LONELY_DAYS: Final = 3
UNANSWERED: Final = 2

_WEEK: Final = timedelta(days=7)
_USUAL: Final = timedelta(days=28)
"""How far back the usual reaches: long enough to be one, short enough to move with a person."""

_ENOUGH: Final = 5
"""With fewer days nobody's usual is known, and nothing is judged against it."""


class Sign(StrEnum):
    """What can be a reason to worry."""

    CRAVING = "craving"
    CONFIDENCE = "confidence"
    FALLING = "falling"
    LONELY = "lonely"
    USED = "used"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a sign is one, and where that comes from."""

    why: str
    source: str


_CARE: Final = "CARE, “Check-ins”"

REASONS: Final[Mapping[Sign, Reason]] = {
    Sign.CRAVING: Reason("a craving of 8 or more: with confidence it predicts a lapse best", f"{_CARE}; PMC7438609"),
    Sign.CONFIDENCE: Reason(
        "a confidence of 3 or less that one stays on one's path tomorrow", f"{_CARE}; PMC7438609"
    ),
    Sign.FALLING: Reason("a mood two or more under one's own usual, three days in a row", _CARE),
    Sign.LONELY: Reason("lonely on three days of a week: loneliness is what the model works against", _CARE),
    Sign.USED: Reason("somebody said that they used: the hours after are the ones for people", _CARE),
    Sign.SILENT: Reason("two check-ins in a row that arrived and stayed unanswered", _CARE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What somebody answered on a day of their own calendar; None is what was not answered."""

    day: date
    mood: int | None = None
    craving: int | None = None
    confidence: int | None = None
    lonely: bool = False


def signs(days: Sequence[Day]) -> frozenset[Sign]:
    """What shows on the latest of these days (a day at most once, oldest first), in the light of those before."""
    if not days:
        return frozenset()
    latest = days[-1]
    shown = {
        Sign.CRAVING: latest.craving is not None and latest.craving >= CRAVING_HIGH,
        Sign.CONFIDENCE: latest.confidence is not None and latest.confidence <= CONFIDENCE_LOW,
        Sign.FALLING: _falling(days),
        Sign.LONELY: latest.lonely and _lonely_days(days) >= LONELY_DAYS,
    }
    return frozenset(sign for sign, shows in shown.items() if shows)


def usual(days: Sequence[Day], before: date) -> float | None:
    """A person's usual mood: the mean of the four weeks before a day; None while too little is known."""
    moods = [each.mood for each in days if each.mood is not None and before - _USUAL <= each.day < before]
    return fmean(moods) if len(moods) >= _ENOUGH else None


def unanswered(outcomes: Sequence[PromptOutcome]) -> int:
    """How many of the latest check-ins, oldest first, arrived and stayed unanswered, in a row.

    What we failed to send, and what is only on its way, counts for nothing.
    """
    count = 0
    for outcome in reversed(outcomes):
        if outcome in {"not_asked", "waiting"}:
            continue
        if outcome != "asked":
            break
        count += 1
    return count


def silent(outcomes: Sequence[PromptOutcome]) -> bool:
    """Whether it is time for a gentle word: with the second unanswered one, and not again with each that follows."""
    return unanswered(outcomes) == UNANSWERED


def _falling(days: Sequence[Day]) -> bool:
    last = [each for each in days if each.day > days[-1].day - timedelta(days=FALL_DAYS)]
    known = usual(days, last[0].day)
    if known is None or len(last) < FALL_DAYS:
        return False
    return all(each.mood is not None and each.mood <= known - FALL for each in last)


def _lonely_days(days: Sequence[Day]) -> int:
    return sum(each.lonely for each in days if each.day > days[-1].day - _WEEK)
