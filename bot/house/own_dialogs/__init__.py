"""Dialogs that a house wrote itself: sent in as a file, checked, tried out, and switched on for its people."""

from bot.conversation.registry import Registry
from bot.house.own_dialogs import arriving, switching


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for part in (arriving, switching):
        part.register(registry)
