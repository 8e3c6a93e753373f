"""What can be chosen, as it is typed for an announcement in the making: a line each."""

from collections.abc import Mapping

from bot.conversation.arguments import words, words_if, yes_or_no
from bot.conversation.desk import Desk
from bot.house.announcements import polls
from bot.house.announcements.composing import change, mine, under_hand
from bot.house.announcements.versions import Versions
from dialogs.values import Value
from storage.problems import Conflict


async def options_understood(desk: Desk) -> Value:
    """Whether `options` can be chosen from: 2 to 12 lines, and where a version has them (`locale`), as many."""
    typed = polls.options_in(str(desk.answers.get("options")))
    found = await under_hand(desk) if desk.answers.get("locale") else None
    wanted = None if found is None else len(Versions.from_bytes(found.letter).first.options)
    return typed is not None and wanted in {None, len(typed)}


async def composing_options(desk: Desk) -> Value:
    """What can be chosen, one a line, as it was written first; none where nothing can."""
    found = await under_hand(desk)
    return "\n".join(Versions.from_bytes(found.letter).first.options) or None if found is not None else None


async def compose_options(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """What can be chosen, one a line: in `locale`, or in the language it was written in first.

    Raises Conflict for what is no choice, or no translation of the one there is.
    """
    found = await mine(desk)
    versions = Versions.from_bytes(found.letter)
    locale = words_if(arguments, "locale") or versions.original
    options = polls.options_in(words(arguments, "options"))
    if options is None or locale not in versions.messages:
        raise Conflict("no options")
    several = versions.first.several if locale != versions.original else yes_or_no(arguments, "several")
    asked = polls.asking(versions, locale, options, several=several)
    await change(desk, found, asks="poll", letter=asked.to_bytes())
