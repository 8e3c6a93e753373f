"""Somebody whose hands shake can read it: English at most as hard as seventh grade, dialog by dialog.

The grade is Flesch-Kincaid's (Kincaid 1975), as the library `readability` counts it. It looks at long sentences and
long words, and at nothing else: it finds what is too hard, and can't tell that something is well said.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from readability import getmeasures

from dialogs.library import Problem, Source
from dialogs.model import Dialog
from dialogs.texts import placeholders

MOST: Final = 7.0

_ENOUGH: Final = 30
"""Words; of less the formula makes nothing but noise."""

_FILLED: Final = "Ana"
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS: Final = re.compile(r"[.!?…]+\s+|\n+")


def find(source: Source) -> Iterator[Problem]:
    """Dialogs that are harder to read than that."""
    for name, grade in grades(source).items():
        if grade > MOST:
            yield Problem(
                source.files[name],
                "",
                f"it reads as grade {grade:.1f}, and {MOST:g} is the most",
                "Make two sentences of a long one, and take shorter words",
            )


def grades(source: Source) -> Mapping[str, float]:
    """The grade of every dialog that has enough words to tell."""
    found = ((name, _sentences(dialog)) for name, dialog in source.dialogs.items())
    return {name: _grade(said) for name, said in found if sum(map(len, said)) >= _ENOUGH}


def _grade(sentences: list[list[str]]) -> float:
    measured = getmeasures("\n".join(" ".join(words) for words in sentences), lang="en")
    return float(measured["readability grades"]["Kincaid"])


def _sentences(dialog: Dialog) -> list[list[str]]:
    """What it says, sentence by sentence, word by word. Buttons are no sentences, and would only flatter."""
    said = []
    for node in dialog.nodes.values():
        text = next(node.texts(), "")
        for name in placeholders(text):
            text = text.replace(f"{{{name}}}", _FILLED)
        said += [_WORD.findall(sentence) for sentence in _ENDS.split(text)]
    return [words for words in said if words]
