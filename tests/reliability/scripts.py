"""What simulated people do, said as what they answer to what they read."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a message with these words is there: press the button that begins so, or write."""

    reads: str
    press: str | None = None
    write: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One thing somebody does, from what they write first (None: they wait to be asked) to words that end it."""

    name: str
    opening: str | None
    rules: tuple[Rule, ...]
    ends: tuple[str, ...]


ASKED: Final = "a moment for you?"
TAKEN: Final = "is on it."
OVER: Final = "This call is over"
SAID_AT_WRONG_TURN: Final = ("That button is from earlier", "Please tap", "is more than I can keep")

START: Final = "/start"
ARRIVE: Final = Script(
    name="arrive",
    opening=None,
    rules=(Rule(reads="What would you like?", press="❔ Help"),),
    ends=("/skills for hard moments",),
)
_HOW_THEY_ARE: Final = (
    Rule(reads="How are you right now?", press="🙂"),
    Rule(reads="How strong is any craving", press="3"),
    Rule(reads="How sure are you", press="8"),
    Rule(reads="Are you any of these", press="Go on"),
    Rule(reads="one thing that helped today", write="We cooked together"),
    Rule(reads="something good for you, or somebody to talk to?", press="That's enough"),
)
CHECK_IN: Final = Script(name="check-in", opening="/checkin", rules=_HOW_THEY_ARE, ends=("Take care of yourself",))
ASKED_CHECK_IN: Final = Script(name="check-in", opening=None, rules=_HOW_THEY_ARE, ends=("Take care of yourself",))
SKILL: Final = Script(
    name="skill",
    opening="/skills",
    rules=(
        Rule(reads="What would you like to try?", press="Ride the wave"),
        Rule(reads="How strong is the urge", press="6"),
        Rule(reads="An urge is like a wave", press="I'm with you"),
        Rule(reads="Where in your body", press="Chest"),
        Rule(reads="Look at that spot", press="I feel it"),
        Rule(reads="Breathe ", press="Stop here"),
        Rule(reads="Is it rising", press="Going down"),
        Rule(reads="How strong is it now?", press="2"),
    ),
    ends=("You rode it",),
)
SOS: Final = Script(
    name="sos",
    opening="🆘 SOS",
    rules=(Rule(reads="", press="I'll just wait"),),
    ends=(
        "All right. I'm here.",
        OVER,
    ),  # what they write while they wait is passed on, and there is nothing to press
)
NEWS: Final = "News {number}: the boiler is fixed."


def announcement(number: int) -> Script:
    """Staff write to everybody; it ends when everybody has an outcome."""
    return Script(
        name="announcement",
        opening="/announce",
        rules=(
            Rule(reads="What would you like to tell everyone", write=NEWS.format(number=number)),
            Rule(reads="This is how it will look", press="Send to"),
        ),
        ends=("📣 Got it",),
    )
