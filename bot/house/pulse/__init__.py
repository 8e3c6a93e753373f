"""The house pulse: how it is to live here, asked of everybody and shown to everybody, and of nobody in particular."""

from bot.conversation.registry import Registry
from bot.house.pulse import subject


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    subject.register(registry)
