"""Loneliness in somebody's own answers: a reason to introduce people. Never an alarm, never a name for somebody."""

from typing import Final

from bot.care.loneliness.rules import speaks_of_being_alone
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import MEMBERS
from dialogs.values import Value

LINES: Final = ("note", "words")
"""Where a dialog keeps what was written freely: the check-in's line, and what is going on."""


async def lonely_now(desk: Desk) -> Value:
    """Whether being lonely shows in this dialog's answers: ticked in HALT, or told in the person's own words.

    It lasts as long as the dialog does: nothing of it is kept, and nobody else reads of it.
    """
    halt = desk.answers.get("halt")
    if isinstance(halt, tuple) and "lonely" in halt:
        return True
    lines = [desk.answers.get(name) for name in LINES]
    return any(isinstance(line, str) and speaks_of_being_alone(line) for line in lines)


def register(registry: Registry) -> None:
    """Adds what this subject tells."""
    registry.fact("lonely_now", MEMBERS, lonely_now)
