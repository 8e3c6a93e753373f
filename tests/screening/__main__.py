"""`make screening`: how many messages of each case type came out in which tier."""

import sys
from collections.abc import Iterable
from statistics import median
from time import process_time

from bot.care.screening.screening import screen
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
    chat = house_chat(4000, seed=1)
    _count("made from parts", chat)
    longest = ". ".join(chat)[:4096]
    sys.stdout.write(f"a message: {median(map(_seconds, chat)) * 1e6:.0f} µs at the median; ")
    sys.stdout.write(f"4096 characters: {min(_seconds(longest) for _ in range(20)) * 1e3:.1f} ms\n")


def _seconds(text: str) -> float:
    """Processor time: what else the machine does is not counted."""
    started = process_time()
    screen(text)
    return process_time() - started


def _count(name: str, texts: Iterable[str]) -> None:
    counts = tiers(texts)
    _line(f"  {name}", *(str(counts[tier]) for tier in ("crisis", "heavy", "none")))


def _line(name: str, *cells: str) -> None:
    sys.stdout.write(f"{name:<32}" + "".join(f"{cell:>8}" for cell in cells) + "\n")


main()
