"""`hearth screen`: what screening says of each line of standard input, a JSON line each."""

import json
import sys
from typing import Final, cast

from bot.care.screening.screening import screen
from bot.care.screening.verdict import Language

LANGUAGES: Final = ("en", "es")


def judge_lines(language: str | None) -> None:
    """Reads until standard input ends; answers each line before it reads the next, and never repeats its words."""
    # Somebody else's file may hold bytes that are no text: they are read as what they are, not refused.
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # always a TextIOWrapper here
    for line in sys.stdin:
        verdict = screen(line.rstrip("\r\n"), lang=cast("Language | None", language))
        answer = {"tier": verdict.tier, "kind": verdict.kind, "rule": verdict.rule, "words": list(verdict.words)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
