"""The lists of words that are not used, and how they are looked for."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from dialogs.checks.places import in_every_language, placed, short
from dialogs.library import Problem, Source
from dialogs.reading import read_yaml

_LISTS = Path(__file__).with_suffix(".yaml")


class Unwanted(BaseModel):
    """A word not used, what to do instead, and where it may stand all the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: str
    instead: str
    unless: str | None = None
    because: str | None = None

    def met_in(self, words: str) -> str | None:
        """The word as it stands there, or None."""
        lowered = words.casefold().replace("’", "'")
        if self.unless is not None:
            lowered = re.sub(rf"\b(?:{self.unless})\b", " ", lowered)
        found = re.search(rf"(?<!\w)(?:{self.says})(?!\w)", lowered)
        return found[0] if found else None


class _Lists(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    shame: Mapping[str, tuple[Unwanted, ...]]
    promise: Mapping[str, tuple[Unwanted, ...]]


@cache
def lists() -> _Lists:
    """Every list, by language, read once."""
    return _Lists.model_validate(read_yaml(_LISTS.read_text(encoding="utf-8")))


def meetings(source: Source, unwanted: Mapping[str, tuple[Unwanted, ...]], why: str) -> Iterator[Problem]:
    """Every unwanted word in every text, in the languages there is a list for."""
    for piece in placed(source):
        for locale, words in in_every_language(source, piece.english, {}):
            for entry in unwanted.get(locale, ()):
                met = entry.met_in(words)
                if met is not None:
                    yield Problem(
                        piece.file,
                        piece.place,
                        f"“{met}” {why} (in “{short(words)}”)",
                        entry.instead[0].upper() + entry.instead[1:],
                    )
