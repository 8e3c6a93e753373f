"""The language Hearth speaks with a person."""

from collections.abc import Mapping

from babel import Locale

from bot.conversation.arguments import words
from bot.conversation.desk import Desk
from bot.conversation.registry import Registry
from bot.policy import EVERYONE
from dialogs.values import Option, Value


def own_name(locale: str) -> str:
    """A language by the name its speakers give it: English, Español."""
    name = Locale.parse(locale).get_display_name() or locale
    return name[:1].upper() + name[1:]


async def language_options(desk: Desk) -> Value:
    """Every language Hearth speaks, by its own name."""
    return tuple(Option(key=each, label=own_name(each)) for each in desk.library.catalogues.locales)


async def language(desk: Desk) -> Value:
    """The one we speak with the person at the desk."""
    return desk.reader.locale


async def set_language(desk: Desk, arguments: Mapping[str, Value]) -> None:
    """Speaks this language with them from here on, in this turn already."""
    chosen = words(arguments, "language")
    if chosen not in desk.library.catalogues.locales:
        raise ValueError("this is not a language Hearth speaks")
    await desk.work.people.set_locale(desk.me.id, chosen)
    desk.know(locale=chosen)


def register(registry: Registry) -> None:
    """Adds what this subject tells and does."""
    registry.fact("language", EVERYONE, language)
    registry.fact("language_options", EVERYONE, language_options)
    registry.action("set_language", EVERYONE, set_language)
