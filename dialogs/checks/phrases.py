"""The engine speaks a few sentences of its own; each is there, and names what the engine can fill in."""

from collections.abc import Iterator

from dialogs.engine import PHRASES
from dialogs.library import Problem, Source
from dialogs.texts import placeholders


def find(source: Source) -> Iterator[Problem]:
    """Phrases of the engine that are missing, or that name something it does not give them."""
    file = source.files.get("phrases", "content")
    for name, given in PHRASES.items():
        if name not in source.phrases:
            yield Problem(file, name, "the engine says this, and it is not there", f"Add `{name}:` to the phrases")
            continue
        for strange in sorted(placeholders(source.phrases[name]) - given):
            known = ", ".join(f"{{{one}}}" for one in sorted(given)) or "nothing"
            yield Problem(file, name, f"nobody fills in “{strange}” here", f"The engine gives it {known}")
