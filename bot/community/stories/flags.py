"""What to look at in somebody's words before others see them: a net that flags, and never decides. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

from pydantic import TypeAdapter

from dialogs.messages import Message
from dialogs.reading import read_yaml

Sign: TypeAlias = Literal["contact", "address", "place", "dose", "method", "name", "unread"]

_LISTS: Final = Path(__file__).with_suffix(".yaml")
_SHORTEST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to look at: what it may be, and the words in which it stands."""

    sign: Sign
    words: str


def flags(message: Message, names: Iterable[str]) -> tuple[Flag, ...]:
    """What stands out, each once, in the order of the words. `names` are those of others in the house.

    A name counts where it is written with a capital letter: “hope” is a word, “Hope” may be somebody. What no rule
    can read (a voice, a photo) is flagged as such.
    """
    plain = _folded(message.text)
    found = [
        (met.start(), Flag(sign, message.text[met.start() : met.end()]))
        for sign, patterns in _patterns().items()
        for pattern in patterns
        for met in pattern.finditer(plain)
    ]
    for name in set(names):
        if len(name) >= _SHORTEST_NAME and name[:1].isupper():
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            found += [(met.start(), Flag("name", met[0])) for met in pattern.finditer(message.text)]
    unread = [Flag("unread", file.kind) for file in message.files]
    return tuple(dict.fromkeys([flag for _, flag in sorted(found, key=lambda one: one[0])] + unread))


@cache
def _patterns() -> Mapping[Sign, tuple[re.Pattern[str], ...]]:
    raw = read_yaml(_LISTS.read_text(encoding="utf-8"))
    lists = TypeAdapter(Mapping[Sign, tuple[str, ...]]).validate_python(raw)
    return {
        sign: tuple(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)") for pattern in patterns)
        for sign, patterns in lists.items()
    }


def _folded(text: str) -> str:
    """Small letters without accents, letter for letter, so that places in it are places in the text."""
    return "".join(_letter(each) for each in text)


def _letter(letter: str) -> str:
    small = unicodedata.normalize("NFD", letter)[0].lower()
    return small if len(small) == 1 else letter
