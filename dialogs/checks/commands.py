"""Each command opens one dialog, and its title reads as Telegram's menu wants it."""

from collections.abc import Iterator

from dialogs.checks.places import in_every_language
from dialogs.library import Problem, Source

SHORTEST, LONGEST = 3, 256
"""A command's description, says the Bot API."""


def find(source: Source) -> Iterator[Problem]:
    """Commands taken twice; titles that are no description, in any language."""
    taken: dict[str, str] = {}
    for name, dialog in source.dialogs.items():
        if dialog.command is None:
            continue
        file = source.files[name]
        if dialog.command in taken:
            yield Problem(
                file,
                "command",
                f"/{dialog.command} already opens {taken[dialog.command]}",
                "Give it a command of its own, or none",
            )
        taken.setdefault(dialog.command, source.files[name])
        for locale, words in in_every_language(source, dialog.title, {}):
            if not SHORTEST <= len(words.strip()) <= LONGEST or words != words.strip():
                yield Problem(
                    file,
                    "title",
                    f"as the description of /{dialog.command} ({locale}) it has {len(words.strip())} characters",
                    f"Use {SHORTEST} to {LONGEST}, without spaces at the ends",
                )
