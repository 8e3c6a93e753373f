"""Skills: all of them, the ones to offer now, the memory of having practised, and what comes back later."""

from bot.care.skills import coming_back, helped, of_the_house, offering, practice, refusals, seen
from bot.conversation.registry import Registry


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for part in (practice, of_the_house, offering, seen, helped, coming_back, refusals):
        part.register(registry)
