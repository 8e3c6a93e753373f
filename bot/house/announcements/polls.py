"""A question with answers to choose from: what can be chosen, what somebody chose, and what of it may be shown.

Who chose what is told to nobody, its author included; how many chose each only from five people on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.conversation.desk import Desk
from bot.conversation.lines import a_line_each
from bot.house.announcements.versions import Versions
from dialogs.messages import OPTION_LIMIT, OPTIONS_AT_MOST, Message
from dialogs.values import Text

POLL, OVER = "poll", "poll_over"
ASKS: Final = frozenset({POLL, OVER})
"""What an announcement asks that is one, and one that takes no answers any more."""

KEYS: Final = "0123456789ab"
"""A character for each option, by its place: an answer is those of the options chosen, in order."""

FEWEST: Final = 5
"""People who must have answered before anybody sees a count: of fewer, too much can be guessed."""

_BULLETS: Final = "-–•*▫️ \t"
_NARROW: Final = 30
"""Characters that fit on a button of a small phone; longer ones stand above the buttons, too."""


def options_in(typed: str) -> tuple[str, ...] | None:
    """The options that were typed, one a line; None where they are no choice: too few, too many, too long, twice."""
    lines = tuple(filter(None, (" ".join(line.strip(_BULLETS).split()) for line in typed.splitlines())))
    fits = 2 <= len(lines) <= OPTIONS_AT_MOST and all(len(line) <= OPTION_LIMIT for line in lines)
    return lines if fits and len(set(lines)) == len(lines) else None


def asking(versions: Versions, locale: str, options: tuple[str, ...], *, several: bool) -> Versions:
    """The same, with these options in a language; other options in the original leave no translation of the old."""
    messages = dict(versions.messages)
    if locale == versions.original and options != versions.first.options:
        messages = {each: replace(message, options=(), several=False) for each, message in messages.items()}
    messages[locale] = replace(messages[locale], options=options, several=several)
    return replace(versions, messages=messages)


def listed(message: Message) -> Message:
    """The question with its options below it: for those who have no buttons."""
    lines = "\n".join(f"▫️ {each}" for each in message.options)
    return replace(message, text=f"{message.text}\n\n{lines}".strip())


def wide(options: Sequence[str]) -> bool:
    """Whether one of them is too long for a button."""
    return any(len(each) > _NARROW for each in options)


def chosen(before: str | None, key: str, *, several: bool) -> str | None:
    """What somebody's answer is after a tap on an option; None when nothing is left of it."""
    held = set(before or "")
    after = held ^ {key} if several else {key} - held
    return "".join(sorted(after)) or None


def counted(answers: Mapping[str, int], options: int) -> tuple[int, ...] | None:
    """How many chose each option, of so many people by answer; None while too few have answered."""
    if sum(answers.values()) < FEWEST:
        return None
    return tuple(sum(people for answer, people in answers.items() if key in answer) for key in KEYS[:options])


def votes(desk: Desk, answers: Mapping[str, int], options: Sequence[str], *, over: bool) -> Text:
    """A line for each option, how many have answered last; only that while more can't be said."""
    numbers = counted(answers, len(options))
    lines = [
        desk.phrase("poll_votes", option=option, number=number)
        for option, number in zip(options, numbers or (), strict=False)
    ]
    too_few = "poll_stayed_few" if over else "poll_too_few"
    last = too_few if numbers is None else "poll_answered"
    return a_line_each([*lines, desk.phrase(last, number=sum(answers.values()))])
