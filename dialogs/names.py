"""Names, as they may stand in a sentence."""

import unicodedata

_JOINER = "\u200d"
"""It makes one emoji of several; every other invisible mark may go."""


def on_one_line(name: str) -> str:
    """A name with single spaces and without line breaks, or the invisible marks that turn a sentence around.

    Empty when nothing is left.
    """
    seen = (each if unicodedata.category(each)[0] != "C" or each == _JOINER else " " for each in name)
    return " ".join("".join(seen).split())
