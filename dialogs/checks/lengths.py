"""No text is longer than Telegram carries, and no button longer than a phone shows, in any language."""

from collections.abc import Iterator, Mapping

from dialogs.checks.places import Placed, examples, in_every_language, placed, short
from dialogs.library import Problem, Source

MESSAGE = 4096
CAPTION = 1024
TITLE = 40
"""A title stands on a button of its own, in lists of skills and of parked dialogs."""

BUTTON_BY_COLUMNS: Mapping[int, int] = {1: 40, 2: 22, 3: 14, 4: 10, 5: 8, 6: 7, 7: 5, 8: 4}
"""Telegram takes long labels and shows them cut off; this is about what a narrow phone shows in a row of so many."""


def find(source: Source) -> Iterator[Problem]:
    """Texts over the limit of the place they are shown in, with examples filled in."""
    values = examples(source)
    for piece in placed(source):
        most = _limit(piece)
        for locale, words in in_every_language(source, piece.english, values):
            if len(words) > most:
                yield Problem(
                    piece.file,
                    piece.place,
                    f"“{short(words)}” ({locale}) has {len(words)} characters, and {most} fit",
                    _remedy(piece),
                )


def _limit(piece: Placed) -> int:
    match piece.shown:
        case "button":
            return BUTTON_BY_COLUMNS[piece.columns]
        case "caption":
            return CAPTION
        case "title":
            return TITLE
        case "message" | "phrase" | "line":
            return MESSAGE


def _remedy(piece: Placed) -> str:
    return "Say it in fewer words, or use fewer columns" if piece.shown == "button" else "Say it in fewer words"
