"""Hellos: somebody is asked to look in on a person, slowly and in waking hours. A worry is no SOS."""

from bot.care.hellos import company, presses, raising, talking
from bot.conversation.registry import Registry


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    for part in (presses, raising, company, talking):
        part.register(registry)
