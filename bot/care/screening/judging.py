"""Screening as the conversation is handed it."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.care.screening.local import screen_in_house
from bot.care.screening.rulebook import rulebook
from bot.care.screening.verdict import Language
from bot.conversation.desk import Desk
from bot.conversation.heeding import REST_TIMER, Judgement
from bot.conversation.inbound import RowDue
from bot.conversation.registry import Registry
from storage.repositories.house_words import HouseWord

_LANGUAGES: Final[Mapping[str, Language]] = {"en": "en", "es": "es"}

_WORDS: Final = 200
"""Characters of a message that are kept to explain a judgement; what it spoke about is seldom a line long."""


def judge(words: str, language: str, house: Sequence[HouseWord]) -> Judgement | None:
    """What words may mean in a house with these words of its own; None for an ordinary message."""
    verdict = screen_in_house(
        words,
        lang=_LANGUAGES.get(language),
        ask=[each.words for each in house if each.means == "ask"],
        ordinary=[each.words for each in house if each.means == "ordinary"],
    )
    if verdict.tier == "none":
        return None
    start, end = verdict.words
    return Judgement(
        kind=verdict.kind,
        rule=verdict.rule,
        words=words[start:end][:_WORDS],
        crisis=verdict.tier == "crisis",
        danger=verdict.implies_danger,
    )


async def rested(desk: Desk, due: RowDue) -> None:
    """From now on gloom may be asked about again. The timer is gone, and that is all there is to it."""
    del desk, due


def register(registry: Registry) -> None:
    """Adds the timer that keeps the question from coming too often; reads the rules now, so that no message waits."""
    rulebook()
    registry.timer(REST_TIMER, rested)
