"""The linter of the content: one rule a file, every problem at once."""

from collections.abc import Callable, Iterator

from dialogs.checks import (
    buttons,
    choice_keys,
    commands,
    dangling,
    dead_end,
    differing_placeholders,
    discreet,
    lengths,
    loop_without_wait,
    missing_translation,
    names,
    not_leavable,
    phrases,
    promise_words,
    reading_level,
    shame_words,
    shown,
    skills,
    stale_translation,
    stray_braces,
    turn_length,
    unknown_action,
    unknown_fact,
    unreachable,
    wrong_arguments,
)
from dialogs.library import Problem, Source

RULES: tuple[Callable[[Source], Iterator[Problem]], ...] = (
    names.find,
    dangling.find,
    unreachable.find,
    dead_end.find,
    not_leavable.find,
    loop_without_wait.find,
    unknown_fact.find,
    unknown_action.find,
    wrong_arguments.find,
    choice_keys.find,
    buttons.find,
    commands.find,
    phrases.find,
    skills.find,
    shown.find,
    lengths.find,
    turn_length.find,
    stray_braces.find,
    missing_translation.find,
    stale_translation.find,
    differing_placeholders.find,
    shame_words.find,
    promise_words.find,
    reading_level.find,
    discreet.find,
)


def check(source: Source) -> tuple[Problem, ...]:
    """Every problem that any rule finds, by file and place; each once."""
    return tuple(sorted({problem for rule in RULES for problem in rule(source)}))
