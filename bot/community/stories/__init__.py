"""How somebody here did it: told, read by two first, shown, thanked for, taken back."""

from bot.community.stories import approving, inviting, reading, taking_back, telling
from bot.conversation.registry import Registry


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for part in (telling, inviting, approving, reading, taking_back):
        part.register(registry)
