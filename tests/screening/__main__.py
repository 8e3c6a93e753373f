"""`make screening`: how many messages of each case type came out in which tier."""

import sys
from collections.abc import Iterable

from tests.screening.cases import EXPLICIT, HALVES, HYPERBOLE, IMPLIED, ORDINARY, messages, share, tiers
from tests.screening.house_chat import house_chat


def main() -> None:
    """Prints a table for each half, then the house chat."""
    for half in HALVES:
        written = list(messages(half))
        _line(f"{half}, {len(written)} messages", "crisis", "heavy", "none")
        for cases in (EXPLICIT, IMPLIED, ORDINARY, HYPERBOLE):
            for case in sorted(cases):
                for language in ("en", "es"):
                    _count(
                        f"{case} {language}", (m.text for m in written if (m.case, m.language) == (case, language))
                    )
        for name, cases in (("explicit", EXPLICIT), ("implied", IMPLIED), ("ordinary", ORDINARY)):
            counts = tiers(m.text for m in written if m.case in cases)
            caught = f"crisis {share(counts, 'crisis'):.1%}, either {share(counts, 'crisis', 'heavy'):.1%}"
            sys.stdout.write(f"  all {name}: {caught}\n")
    _line("house chat", "crisis", "heavy", "none")
    _count("made from parts", house_chat(4000, seed=1))


def _count(name: str, texts: Iterable[str]) -> None:
    counts = tiers(texts)
    _line(f"  {name}", *(str(counts[tier]) for tier in ("crisis", "heavy", "none")))


def _line(name: str, *cells: str) -> None:
    sys.stdout.write(f"{name:<32}" + "".join(f"{cell:>8}" for cell in cells) + "\n")


main()
