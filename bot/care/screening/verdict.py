"""What screening says of a message."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "es"]
Tier = Literal["crisis", "heavy", "none"]
Kind = Literal[
    "medical",
    "overdose",
    "withdrawal",
    "violence",
    "suicide",
    "self_harm",
    "farewell",
    "passive",
    "ambiguous",
    "gloom",
    "none",
]

KINDS: tuple[Kind, ...] = (
    "overdose",
    "medical",
    "withdrawal",
    "violence",
    "suicide",
    "self_harm",
    "farewell",
    "passive",
    "ambiguous",
    "gloom",
)
"""In the order in which minutes count: of two equal tiers, the kind that stands first is the verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One message judged. Holds no words of the message, so it can be kept and explained."""

    tier: Tier
    """crisis: people at once. heavy: "Do you want someone now?". none: an ordinary message."""
    kind: Kind
    rule: str
    """Which rule spoke, as `language.kind.name`; empty when none did."""
    words: tuple[int, int]
    """Where in the message the words stand that it spoke about: from, up to (in characters)."""

    @property
    def implies_danger(self) -> bool:
        """Whether "Do you want someone now?" left unanswered should become an alert; mere gloom should not."""
        return self.tier == "heavy" and self.kind != "gloom"


NOTHING = Verdict(tier="none", kind="none", rule="", words=(0, 0))
