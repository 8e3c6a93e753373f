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
        """The word as it stands in the `plain` words, or None."""
        if self.unless is not None:
            words = re.sub(rf"\b(?:{self.unless})\b", " ", words)
        found = re.search(rf"(?<!\w)(?:{self.says})(?!\w)", words)
        return found[0] if found else None


class _Lists(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    shame: Mapping[str, tuple[Unwanted, ...]]
    promise: Mapping[str, tuple[Unwanted, ...]]


def plain(words: str) -> str:
    """Words as the lists are written: small letters, straight apostrophes."""
    return words.casefold().replace("’", "'")


@cache
def lists() -> _Lists:
    """Every list, by language, read once."""
    return _Lists.model_validate(read_yaml(_LISTS.read_text(encoding="utf-8")))


def meetings(source: Source, unwanted: Mapping[str, tuple[Unwanted, ...]], why: str) -> Iterator[Problem]:
    """Every unwanted word in every text, in the languages there is a list for."""
    # Nearly every text has none of them, and one search for all of them tells so.
    any_of_them = {
        locale: re.compile("|".join(f"(?:{entry.says})" for entry in entries)) for locale, entries in unwanted.items()
    }
    for piece in placed(source):
        for locale, words in in_every_language(source, piece.english, {}):
            said = plain(words)
            if locale not in unwanted or any_of_them[locale].search(said) is None:
                continue
            for entry in unwanted[locale]:
                met = entry.met_in(said)
                if met is not None:
                    yield Problem(
                        piece.file,
                        piece.place,
                        f"“{met}” {why} (in “{short(words)}”)",
                        entry.instead[0].upper() + entry.instead[1:],
                    )
