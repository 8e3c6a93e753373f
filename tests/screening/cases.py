"""The messages written for screening, by case type, and what each case type asks for."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bot.care.screening.screening import screen
from bot.care.screening.verdict import Tier

HALVES: Final = ("half_a", "half_b")
"""Rules are written looking at half A only, which grows; half B says what they are worth on messages they have not
seen. Both are by few hands: strangers' words are caught less often. Ten batches written without a look at the rules
were caught by either tier at 74, 66, 75, 86, 80, 83, 72, 97 (plain wording), 40 (chosen to be hard to hear) and
90 in a hundred, before the rules were mended for what they mean; they are in half A now."""

EXPLICIT: Final = frozenset(
    {"suicide", "self_harm", "overdose", "medical", "withdrawal", "violence", "other_now", "disguised"}
)
IMPLIED: Final = frozenset({"farewell", "passive", "ambiguous", "burdened"})
ORDINARY: Final = frozenset({"chat", "past", "quote", "naloxone", "denied"})
HYPERBOLE: Final = frozenset({"hyperbole"})
Group = Literal["explicit", "implied", "ordinary", "hyperbole"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the set."""

    case: str
    language: str
    text: str


def messages(half: str) -> Iterator[Message]:
    """The messages of a half, in the order of the file: case, language, text, parted by tabs."""
    for line in (Path(__file__).parent / f"{half}.tsv").read_text(encoding="utf-8").splitlines():
        yield Message(*line.split("\t"))


def tiers(texts: Iterable[str]) -> Counter[Tier]:
    """How many of the messages came out in which tier."""
    return Counter(screen(text).tier for text in texts)


def share(counts: Counter[Tier], *wanted: Tier) -> float:
    """Which part came out in one of these tiers."""
    return sum(counts[tier] for tier in wanted) / counts.total()
