"""What the check-ins that come more seldom measure: their items, their scales, how they are scored. Pure.

The words stand in dialogs/content/checkins, a dialog for each instrument, item by item under the names used here.
PHQ-2, GAD-2 and UCLA-3 are free to use and stand there verbatim, because rewording voids their cut-offs. The monthly
one has the shape of the Brief Addiction Monitor in words of our own, and the recovery capital is our own: they have a
trend and no cut-off. None is a diagnosis.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Answers: TypeAlias = Mapping[str, int]
"""A number for each item that was answered."""

Trend: TypeAlias = Literal["first", "less", "same", "more"]

_SAME: Final = 0.1
"""A scale that moved by no more than this part of its span is about the same. A rule of our own: a point up or down
is a mood of the day, not a trend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. `follows`: it is not asked where that item was answered with its lowest, and is at its lowest."""

    name: str
    low: int
    high: int
    follows: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A sum of items. From `cut` up (None: there is no such figure) it is worth talking to somebody about it."""

    name: str
    items: tuple[str, ...]
    cut: int | None = None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """What one dialog asks, by the dialog's name."""

    dialog: str
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]

    def read(self, given: Sequence[str]) -> Answers:
        """Answers as a dialog hands them over, in the order of the items; those never asked are left out.

        Raises ValueError for what the dialog can't have asked.
        """
        answers: dict[str, int] = {}
        for item, words in zip(self.items, given, strict=True):
            if words != "None":
                answers[item.name] = int(words)
            elif item.follows is not None and answers.get(item.follows) == self.item(item.follows).low:
                answers[item.name] = item.low
        for name, value in answers.items():
            if not self.item(name).low <= value <= self.item(name).high:
                raise ValueError(f"{name} is not a number of its scale")
        return answers

    def item(self, name: str) -> Item:
        """An item by its name. Raises StopIteration for another instrument's."""
        return next(item for item in self.items if item.name == name)

    def ends(self, scale: Scale) -> tuple[int, int]:
        """The lowest and the highest a scale can be."""
        items = [self.item(name) for name in scale.items]
        return sum(item.low for item in items), sum(item.high for item in items)


def score(scale: Scale, answers: Answers) -> int | None:
    """The sum of a scale; None as long as one of its items was not answered."""
    if any(name not in answers for name in scale.items):
        return None
    return sum(answers[name] for name in scale.items)


def over(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """The scales that have reached their cut-off."""
    scores = {scale.name: (score(scale, answers), scale.cut) for scale in instrument.scales}
    return tuple(
        name for name, (summed, cut) in scores.items() if summed is not None and cut is not None and summed >= cut
    )


def trend(ends: tuple[int, int], before: int | None, now: int) -> Trend:
    """How a scale has moved since it was answered last."""
    if before is None:
        return "first"
    if abs(now - before) <= (ends[1] - ends[0]) * _SAME:
        return "same"
    return "more" if now > before else "less"


def to_json(answers: Answers) -> bytes:
    """As they are kept, sealed."""
    return json.dumps(dict(answers)).encode()


def from_json(kept: bytes) -> Answers:
    """The inverse of `to_json`."""
    return {str(name): int(value) for name, value in json.loads(kept).items()}


def _items(low: int, high: int, *names: str) -> tuple[Item, ...]:
    return tuple(Item(name=name, low=low, high=high) for name in names)


WEEKLY: Final = Instrument(
    dialog="weekly_checkin",
    items=(
        *_items(0, 3, "phq_interest", "phq_down", "gad_nervous", "gad_worry"),
        *_items(1, 3, "ucla_companionship", "ucla_left_out", "ucla_isolated"),
    ),
    scales=(
        Scale(
            name="phq2",
            items=("phq_interest", "phq_down"),
            cut=3,
            source="Kroenke, Spitzer & Williams 2003, Med Care 41: 1284; two weeks, 0–6, cut-off 3",
        ),
        Scale(
            name="gad2",
            items=("gad_nervous", "gad_worry"),
            cut=3,
            source="Kroenke et al. 2007, Ann Intern Med 146: 317; two weeks, 0–6, cut-off 3",
        ),
        Scale(
            name="ucla3",
            items=("ucla_companionship", "ucla_left_out", "ucla_isolated"),
            cut=6,
            source="Hughes et al. 2004, Res Aging 26: 655; 3–9; cut-off 6 after Steptoe et al. 2013, PNAS 110: 5797",
        ),
    ),
)

_BAM: Final = "shape after the Brief Addiction Monitor (Cacciola et al. 2013, J Subst Abuse Treat 44: 256); own words"

MONTHLY: Final = Instrument(
    dialog="monthly_checkin",
    items=(
        *_items(0, 4, "bam_health", "bam_sleep", "bam_feelings", "bam_drink"),
        Item(name="bam_drink_much", low=0, high=4, follows="bam_drink"),
        *_items(0, 4, "bam_drugs"),
        Item(name="bam_which", low=0, high=6, follows="bam_drugs"),
        *_items(0, 4, "bam_cravings", "bam_sure", "bam_meetings", "bam_risky", "bam_faith"),
        *_items(0, 4, "bam_busy", "bam_money", "bam_trouble", "bam_support", "bam_content"),
    ),
    scales=(
        Scale(name="use", items=("bam_drink", "bam_drink_much", "bam_drugs"), source=f"{_BAM}: 4 + 5 + 6"),
        Scale(
            name="risk",
            items=("bam_health", "bam_sleep", "bam_feelings", "bam_cravings", "bam_risky", "bam_trouble"),
            source=f"{_BAM}: 1 + 2 + 3 + 8 + 11 + 15",
        ),
        Scale(
            name="protective",
            items=("bam_sure", "bam_meetings", "bam_faith", "bam_busy", "bam_money", "bam_support"),
            source=f"{_BAM}: 9 + 10 + 12 + 13 + 14 + 16",
        ),
    ),
)
"""Seventeen items. Which drug (7) is a number that stands for a name, and is in no scale; nor is how content (17)."""

CAPITAL: Final = Instrument(
    dialog="recovery_capital",
    items=_items(
        1,
        6,
        "cap_home",
        "cap_body",
        "cap_calm",
        "cap_close",
        "cap_belonging",
        "cap_meaning",
        "cap_days",
        "cap_means",
        "cap_coping",
        "cap_hope",
    ),
    scales=(
        Scale(
            name="capital",
            items=(
                "cap_home",
                "cap_body",
                "cap_calm",
                "cap_close",
                "cap_belonging",
                "cap_meaning",
                "cap_days",
                "cap_means",
                "cap_coping",
                "cap_hope",
            ),
            source="ten areas of recovery capital, own words, 1–6 each; trend only",
        ),
    ),
)

INSTRUMENTS: Final[Mapping[str, Instrument]] = {each.dialog: each for each in (WEEKLY, MONTHLY, CAPITAL)}
