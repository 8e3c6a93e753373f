"""Skills: all of them, the ones to offer now, the memory of having practised, and what comes back later."""

from bot.care.skills import coming_back, offering, practice, refusals, seen
from bot.conversation.registry import Registry


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for part in (practice, offering, seen, coming_back, refusals):
        part.register(registry)
